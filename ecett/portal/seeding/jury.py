"""Workshops, dossiers and jury sessions of the demonstration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random

from certification import services
from certification.enums import Vote
from certification.models import Dossier, JurySession
from ecett.accounts.enums import Role
from ecett.accounts.models import Organisation, User
from ecett.accounts.services import grant_role
from ecett.core.clock import now, today
from ecett.portal import demo
from ecett.portal.seeding.accounts import make_person
from ecett.portal.seeding.past import days_ago
from ecett.portal.seeding.people import People
from ecett.portal.seeding.trips import Trip
from goodpractices.models import GoodPractice
from network.models import Presentation, Workshop

# Title, town, country, language, how many days ago (below zero: ahead).
WORKSHOPS = (
    ("Autumn workshop: after discharge", "Namur", "BE", "fr", 400),
    ("Spring workshop: working with families", "Bologna", "IT", "it", 190),
    ("Summer workshop: close to the street", "online", "", "en", 62),
    ("Winter workshop: what former residents teach us", "Gent", "BE", "nl", -40),
)


def make_workshops() -> list[Workshop]:
    """Those of the last year and the next one."""
    return [
        Workshop.objects.create(
            title=title,
            city=city,
            country=country,
            language=language,
            day=today() - dt.timedelta(days=ago),
            is_demo=True,
        )
        for title, city, country, language, ago in WORKSHOPS
    ]


def present(trips: Sequence[Trip], workshop: Workshop, confirmer: User) -> None:
    """Practices shown at a workshop, and confirmed the day after."""
    ago = (today() - workshop.day).days
    with days_ago(max(ago - 1, 0.1)):
        for trip in trips:
            if trip.practice is not None:
                Presentation.objects.create(
                    workshop=workshop,
                    practice=trip.practice,
                    presenter=trip.trainee,
                    confirmed_by=confirmer,
                    confirmed_at=now(),
                )


def make_juries(
    rng: Random,
    people: People,
    accounts: dict[str, User],
    network: Organisation,
    candidates: Sequence[Trip],
    path: Sequence[Trip],
) -> None:
    """A session that has decided, one that is voting, dossiers that wait, one being written.

    `candidates` have each a published practice, presented; `path` are three trips of one person.
    """
    chair, juror, secretary = (accounts[name] for name in ("chair", "juror", "secretary"))
    jurors = [chair, juror, *_more_jurors(rng, people, network)]
    ready = [trip for trip in candidates if trip.practice is not None]
    with days_ago(54):
        past = services.save_session(
            actor=secretary, title="Jury B, autumn", day=today() + dt.timedelta(days=12), place="online",
            level="B", quorum=3, jurors=jurors, chair=chair, is_demo=True,
        )  # fmt: skip
    for place, trip in enumerate(ready[:3]):
        awarded = place < 2
        dossier = _scheduled(rng, trip, past, secretary, opened=52, sent=50, given=48)
        with days_ago(42):
            _vote(rng, dossier, jurors, Vote.YES if awarded else Vote.NO)
            reason = demo.jury_reason(rng, "en", "award" if awarded else "defer")
            services.decide(dossier=dossier, actor=chair, reason=reason)
    with days_ago(15):
        coming = services.save_session(
            actor=secretary, title="Jury B, winter", day=today() + dt.timedelta(days=27), place="Namur",
            level="B", quorum=3, jurors=jurors, chair=chair, is_demo=True,
        )  # fmt: skip
        services.save_session(
            actor=secretary, title="Jury C, winter", day=today() + dt.timedelta(days=34), place="Namur",
            level="C", quorum=3, jurors=jurors, chair=chair, is_demo=True,
        )  # fmt: skip
    before_jury = [
        _scheduled(rng, trip, coming, secretary, opened=14, sent=13, given=11 - place)
        for place, trip in enumerate(ready[3:6])
    ]
    with days_ago(3):
        for dossier in before_jury[:1]:
            # Only the chair's own word is missing, then the votes can be closed.
            _vote(rng, dossier, jurors[2:], Vote.YES)
        for dossier in before_jury[1:2]:
            _vote(rng, dossier, jurors[2:3], Vote.YES)
    for trip in ready[6:7]:
        _sent(rng, trip, opened=9, sent=7)
    for trip in ready[7:8]:
        with days_ago(5):
            services.open_dossier(candidate=trip.trainee, level="B", is_demo=True)
    _level_c(rng, path)


def _more_jurors(rng: Random, people: People, network: Organisation) -> list[User]:
    found = []
    for country, language in (("IT", "it"), ("PT", "en")):
        somebody = people.person(country, language)
        user = make_person(
            email=somebody.email,
            first_name=somebody.first_name,
            last_name=somebody.last_name,
            language=language,
            password=people.password,
        )
        with days_ago(1000):
            grant_role(user=user, role=Role.JUROR, organisation=network)
        found.append(user)
    return found


def _practices(trips: Sequence[Trip]) -> list[GoodPractice]:
    return [trip.practice for trip in trips if trip.practice]


def _sent(rng: Random, trip: Trip, *, opened: float, sent: float) -> Dossier:
    with days_ago(opened):
        dossier = services.open_dossier(candidate=trip.trainee, level="B", is_demo=True)
        dossier = services.save_dossier(
            dossier=dossier,
            actor=trip.trainee,
            statement=demo.evaluation(rng, trip.language, "trainee"),
            practices=_practices([trip]),
        )
    with days_ago(sent):
        return services.submit_dossier(dossier=dossier, actor=trip.trainee)


def _scheduled(
    rng: Random,
    trip: Trip,
    session: JurySession,
    secretary: User,
    *,
    opened: float,
    sent: float,
    given: float,
) -> Dossier:
    dossier = _sent(rng, trip, opened=opened, sent=sent)
    with days_ago(given):
        return services.schedule_dossier(dossier=dossier, session=session, actor=secretary)


def _vote(rng: Random, dossier: Dossier, jurors: Sequence[User], vote: str) -> None:
    """Those who may judge give their vote."""
    outcome = "award" if vote == Vote.YES else "defer"
    for juror in jurors:
        if juror.has_perm("certification.judge_dossier", dossier):
            reason = demo.jury_reason(rng, juror.language, outcome)
            services.cast_vote(dossier=dossier, juror=juror, vote=vote, reason=reason)


def _level_c(rng: Random, path: Sequence[Trip]) -> None:
    """Three stays at three centres, three practices and a project: sent, and waiting for a session."""
    if len(_practices(path)) < len(path):
        return
    person = path[0].trainee
    with days_ago(8):
        dossier = services.open_dossier(candidate=person, level="C", is_demo=True)
        services.save_dossier(
            dossier=dossier,
            actor=person,
            statement=demo.evaluation(rng, person.language, "trainee"),
            practices=_practices(path),
            work_title=path[-1].project.title,
            work_text=f"{path[-1].told.text}\n\n{path[-1].told.goals[0].text}",
        )
    with days_ago(6):
        services.submit_dossier(dossier=dossier, actor=person)
