"""Invented trainees with their workplaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from django.contrib.auth.hashers import make_password

from ecett.accounts.enums import OrganisationKind, Role
from ecett.accounts.models import Organisation, User
from ecett.accounts.services import grant_role
from ecett.portal import demo
from ecett.portal.demo import DemoHost, DemoPerson
from ecett.portal.seeding.accounts import PASSWORD, make_person
from ecett.portal.seeding.past import days_ago
from trainees.services import save_profile

# Where people of a language work.
HOMES = {"en": ("IE", "MT"), "fr": ("FR", "BE"), "nl": ("NL", "BE"), "es": ("ES",), "it": ("IT",)}
LEVELS = ("B1", "B2", "C1")


@dataclass(frozen=True)
class Workplace:
    """An employer and who approves departures there."""

    organisation: Organisation
    contact: str
    email: str
    language: str


class People:
    """Makes trainees, each with an address that is hers alone; all of them may sign in with the password."""

    def __init__(self, rng: Random, workplaces: Iterator[DemoHost]) -> None:
        self.rng = rng
        self.workplaces = workplaces
        self.password = make_password(PASSWORD)
        self.count = 0

    def workplace(self, country: str, language: str) -> Workplace:
        """An employer in a country, invented with its approver."""
        place = next(place for place in self.workplaces if place.country == country)
        boss = self.person(country, language)
        organisation = Organisation.objects.create(
            name=place.name,
            kind=OrganisationKind.SENDING,
            country=country,
            city=place.city,
            latitude=place.lat,
            longitude=place.lon,
            language=language,
            is_demo=True,
        )
        return Workplace(organisation, boss.name, boss.email, language)

    def person(self, country: str, language: str) -> DemoPerson:
        self.count += 1
        return demo.person(self.rng, country, language=language, number=self.count)

    def trainee(self, language: str, workplace: Workplace, *, sector: str, known_for: int) -> User:
        """A trainee who signed up `known_for` days ago, with profile, languages and a résumé."""
        somebody = self.person(str(workplace.organisation.country), language)
        with days_ago(known_for):
            user = make_person(
                email=somebody.email,
                first_name=somebody.first_name,
                last_name=somebody.last_name,
                language=language,
                password=self.password,
            )
            grant_role(user=user, role=Role.TRAINEE, organisation=workplace.organisation)
            self.profile(user, workplace, sector=sector, profession=somebody.job)
        return user

    def profile(self, user: User, workplace: Workplace, *, sector: str, profession: str) -> None:
        """What a trainee says of herself."""
        spoken = {user.language: "C2"} | ({} if user.language == "en" else {"en": self.rng.choice(LEVELS)})
        if self.rng.random() < 0.4:
            spoken.setdefault(self.rng.choice(("fr", "es", "it", "de")), "B1")
        began = 1998 + self.rng.randrange(20)
        save_profile(
            user=user,
            profession=profession,
            sector=sector,
            qualification=self.rng.choice((5, 6, 6, 7)),
            employer=workplace.organisation,
            employer_contact=workplace.contact,
            employer_email=workplace.email,
            employer_language=workplace.language,
            languages=spoken.items(),
            resume=[
                {"title": line, "place": workplace.organisation.name, "start_year": began + 3 * place}
                for place, line in enumerate(demo.resume(self.rng, user.language))
            ],
        )
