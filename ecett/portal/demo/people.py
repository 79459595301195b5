"""Invented people with names of their country."""

from dataclasses import dataclass
from random import Random

from ecett.portal.demo.content import content, in_language
from hosts.thesaurus import fold

DOMAIN = "demo.example"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who does not exist; `female` decides the form of the last name, `language` is ISO 639-1."""

    first_name: str
    last_name: str
    female: bool
    country: str
    language: str
    email: str
    job: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def countries() -> tuple[str, ...]:
    """Codes of the countries that have demo content, sorted."""
    return tuple(sorted(content("countries")))


def person(
    rng: Random,
    country: str,
    *,
    language: str | None = None,
    female: bool | None = None,
    number: int | None = None,
) -> DemoPerson:
    """A person of a country; KeyError for one without demo content.

    `number` makes the e-mail address unique; `female` is left to chance when None.
    """
    facts = content("countries")[country]
    woman = rng.random() < 0.6 if female is None else female
    first = rng.choice(facts["women" if woman else "men"].split())
    forms = rng.choice(facts["last"].split()).split("/")
    last = forms[-1] if woman else forms[0]
    spoken = language or (facts["languages"] or ["en"])[0]
    job = rng.choice(in_language("stories", spoken)["jobs"]).split("/")
    address = ".".join(fold(part).replace(" ", "-") for part in (first, last))
    return DemoPerson(
        first_name=first,
        last_name=last,
        female=woman,
        country=country,
        language=spoken,
        email=f"{address}{'' if number is None else f'.{number}'}@{DOMAIN}",
        job=job[-1] if woman else job[0],
    )
