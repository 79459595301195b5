"""What most tests of certification need: a candidate with a full B path, a jury, a session."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from certification import services
from certification.models import Dossier, JurySession
from ecett.accounts.enums import Role
from ecett.accounts.models import Membership, User
from ecett.core.clock import now, today
from tests.factories import (
    DossierFactory,
    HostFactory,
    JurySessionFactory,
    OrganisationFactory,
    PresentationFactory,
    ProfileFactory,
    ProjectFactory,
    WorkshopFactory,
    authored_practice,
    confirmed_internship,
    person,
    seat,
)
from trainees.models import Internship, ReportedPractice


@dataclass
class Jury:
    """A session of three, with the dossier before it."""

    session: JurySession
    chair: User
    second: User
    third: User

    @property
    def people(self) -> list[User]:
        return [self.chair, self.second, self.third]


def stay_of(user: User, *, days: str = "5.0", ago: int = 10, **fields: Any) -> Internship:
    """A confirmed stay of hers."""
    fields.setdefault("host", HostFactory(name="Vågbrytaren", city="Göteborg"))
    project = ProjectFactory(trainee=user, state="check")
    return confirmed_internship(project=project, days=days, ended_days_ago=ago, **fields)


def practice_of(user: User, stay: Internship, **fields: Any) -> Any:
    """A published practice she saw there, its competences named."""
    fields.setdefault("competences_text", "Listening; working with families")
    practice = authored_practice(user, host=stay.host, **fields)
    ReportedPractice.objects.create(internship=stay, practice=practice)
    return practice


def full_candidate(**fields: Any) -> User:
    """A trainee from Namur who has all that level B asks for."""
    user = person(Role.TRAINEE, first_name="Marta", last_name="Zielińska", **fields)
    ProfileFactory(user=user, employer=OrganisationFactory(city="Gdańsk", country="PL"))
    practice = practice_of(user, stay_of(user), title="The evening café run by former residents")
    workshop = WorkshopFactory(title="Lyon workshop", day=today() - dt.timedelta(days=3))
    PresentationFactory(workshop=workshop, practice=practice, presenter=user, confirmed_at=now())
    return user


def jury(*, level: str = "B", quorum: int = 3) -> Jury:
    """Three jurors without any interest; the first presides."""
    session = JurySessionFactory(title=f"Jury {level}, Torino", level=level, quorum=quorum, place="Torino")
    names = [("Giulia", "Ferraris"), ("Luc", "Vandamme"), ("Ana", "Costa")]
    roles = (Role.CHAIR, Role.JUROR, Role.JUROR)
    people = [
        person(role, first_name=first, last_name=last)
        for role, (first, last) in zip(roles, names, strict=True)
    ]
    for number, one in enumerate(people):
        seat(session, one, chair=number == 0)
    return Jury(session, *people)


def before_jury(found: Jury, candidate: User | None = None, **fields: Any) -> Dossier:
    """A dossier before the session."""
    candidate = candidate or full_candidate()
    level = found.session.level
    return DossierFactory(candidate=candidate, level=level, state="jury", session=found.session, **fields)


def vote_all(dossier: Dossier, people: list[Any], *votes: str) -> None:
    for juror, vote in zip(people, votes, strict=True):
        services.cast_vote(
            dossier=dossier, juror=juror, vote=vote, reason="" if vote == "yes" else "Too thin."
        )


def colleague(candidate: Any, juror: Any) -> None:
    # The same interest may be drawn twice; one membership says it.
    employer = candidate.trainee_profile.employer
    Membership.objects.get_or_create(user=juror, role="juror", organisation=employer)
