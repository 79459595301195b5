"""Who travels in the demonstration, and how far each has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from ecett.accounts.models import Organisation, User
from ecett.portal import demo
from ecett.portal.demo import DemoPractice
from ecett.portal.seeding.past import days_ago
from ecett.portal.seeding.people import HOMES, People, Workplace
from ecett.portal.seeding.trips import Stage, Trip
from helpdesk import services as desk_services
from hosts.enums import HostStatus, Moderation
from hosts.models import Host
from trainees import services
from trainees.enums import Party

# (language, days ago, stage): trips like any others, besides those the demo accounts stand for.
USUAL = (
    ("en", 130, Stage.LOOKED_BACK),
    ("es", 118, Stage.SUBMITTED),
    ("fr", 112, Stage.SUBMITTED),
    ("fr", 57, Stage.AGREED),
    ("nl", 40, Stage.AGREED),
    ("it", 23, Stage.SIGNING),
    ("es", 19, Stage.PLANNED),
    ("en", 17, Stage.PLANNED),
    ("fr", 14, Stage.MATCHED),
    ("en", 14, Stage.FILED),
    ("nl", 12, Stage.ASKED),
    ("it", 10, Stage.ASKED),
    ("fr", 9, Stage.FILED),
    ("en", 8, Stage.FILED),
    ("nl", 7, Stage.FILED),
    ("es", 6, Stage.FILED),
    ("it", 5, Stage.FILED),
    ("nl", 5, Stage.FILED),
    ("en", 4, Stage.FILED),
    ("fr", 3, Stage.DRAFTED),
    ("it", 2, Stage.DRAFTED),
    ("en", 1, Stage.STARTED),
)
# Candidates of level B: trips that led to a published practice.
CANDIDATES = (
    ("en", 390),
    ("fr", 350),
    ("it", 330),
    ("nl", 310),
    ("es", 290),
    ("en", 270),
    ("fr", 250),
    ("nl", 240),
)
# Older requests were not ranked: their helpdesks knew whom to ask.
RANKED_SINCE = 60
# One person on her way to level C has been away three times.
THREE_TRIPS = (900, 620, 300)
LANGUAGES = ("en", "fr", "nl", "es", "it")
QUESTIONS = {
    "en": "May I bring a colleague who speaks no English? And is there a room we could stay in?",
    "fr": "Serait-il possible de partir à deux, avec ma collègue de nuit ?",
    "nl": "Kan mijn collega van de nachtdienst mee? Zij spreekt geen Engels.",
    "es": "¿Podría acompañarme una compañera del turno de noche?",
    "it": "Potrei venire con una collega del turno di notte?",
}
ANSWERS = {
    "en": "Two people are no problem for the first host. I will ask about the room.",
    "fr": "À deux, c’est possible chez le premier hôte. Je demande pour la chambre.",
    "nl": "Met twee kan bij de eerste gastheer. Ik vraag naar de kamer.",
    "es": "Dos personas no son problema para el primer anfitrión. Pregunto por la habitación.",
    "it": "In due va bene per il primo ospitante. Chiedo per la camera.",
}


@dataclass
class Cast:
    """Everybody and everything the trips need; `trips` by the name of a persona or a running number."""

    rng: Random
    people: People
    accounts: dict[str, User]
    places: dict[str, Organisation]
    host: Host
    cards: list[Host]
    tales: dict[str, Iterator[DemoPractice]]
    workplaces: dict[tuple[str, str], Workplace] = field(default_factory=dict)
    trips: dict[str, Trip] = field(default_factory=dict)

    def desk(self, language: str) -> User:
        return self.accounts[f"helpdesk-{language}"]

    def workplace(self, language: str, country: str = "") -> Workplace:
        """An employer of the language, shared by some trainees."""
        country = country or self.rng.choice(HOMES[language])
        key = (language, country)
        if key not in self.workplaces:
            self.workplaces[key] = self.people.workplace(country, language)
        return self.workplaces[key]

    def de_oever(self) -> Workplace:
        boss = self.accounts["employer"]
        return Workplace(self.places["sending"], str(boss), boss.email, boss.language)

    def walk(self, name: str, trainee: User, language: str, began: int, stage: Stage, **options: Any) -> Trip:
        if began > RANKED_SINCE and "host" not in options:
            options["host"] = self.partner(trainee, options.pop("countries", ()))
        trip = Trip(
            trainee=trainee,
            desk=self.desk(language),
            expert=self.accounts["chair"],
            rng=self.rng,
            began=began,
            stage=stage,
            language=language,
            tales=self.tales[language],
            **options,
        )
        self.trips[name] = trip.walk()
        return trip

    def partner(self, trainee: User, countries: Sequence[str]) -> Host:
        """A partner abroad, of one of the countries if any are named."""
        employer = trainee.trainee_profile.employer
        assert employer is not None, "people of the demonstration have an employer"
        home = str(employer.country)
        found = [
            host
            for host in self.cards
            if host.status == HostStatus.PARTNER
            and host.moderation == Moderation.PUBLISHED
            and host.country != home
            and (not countries or host.country in countries)
        ]
        return self.rng.choice(found or [self.host])

    def somebody(self, language: str, began: int, workplace: Workplace | None = None) -> User:
        sector = self.rng.choice(("addiction", "social_work", "youth", "psychiatry"))
        return self.people.trainee(
            language, workplace or self.workplace(language), sector=sector, known_for=began + 4
        )


def make_trips(cast: Cast, *, scale: int) -> dict[str, Trip]:
    """Every trip of the demonstration, the oldest first in each part."""
    _path_to_c(cast)
    for place, (language, began) in enumerate(CANDIDATES):
        # Those of Belgian houses travel on a contract.
        country = "BE" if language in ("fr", "nl") else ""
        person = cast.somebody(language, began, cast.workplace(language, country))
        days = 3 + place % 3
        cast.walk(f"candidate-{place}", person, language, began, Stage.PUBLISHED, days=days)
    _personas(cast)
    for round_ in range(scale):
        for place, (language, began, stage) in enumerate(USUAL):
            person = cast.somebody(language, began)
            options: dict[str, Any] = {"signed_by": (Party.TRAINEE,)} if stage == Stage.SIGNING else {}
            cast.walk(f"usual-{round_}-{place}", person, language, began, stage, **options)
    _answers(cast)
    _endings(cast)
    _conversations(cast)
    return cast.trips


def _path_to_c(cast: Cast) -> None:
    person = cast.somebody("fr", THREE_TRIPS[0], cast.workplace("fr", "BE"))
    for place, began in enumerate(THREE_TRIPS):
        country = (("SE", "NO", "FI"), ("ES", "PT"), ("IT", "NL"))[place]
        cast.walk(f"path-{place}", person, "fr", began, Stage.DONE, days=4, countries=country)


def _personas(cast: Cast) -> None:
    """What waits for the demo accounts."""
    home = cast.de_oever()
    lotte, joris = cast.accounts["trainee"], cast.accounts["colleague"]
    with days_ago(360):
        cast.people.profile(lotte, home, sector="addiction", profession="Social worker")
        cast.people.profile(joris, home, sector="addiction", profession="Opvoeder")
    cast.walk("trainee-before", lotte, "en", 350, Stage.DONE, sector="addiction", countries=("IT",), days=4)
    kristine = cast.accounts["juror"]
    with days_ago(230):
        tilleuls = Workplace(cast.places["colleague"], "Claire Dumont", "claire.dumont@demo.example", "fr")
        cast.people.profile(kristine, tilleuls, sector="youth", profession="Educator")
    cast.walk("juror", kristine, "en", 220, Stage.DONE, days=3)

    staff = [cast.people.trainee("nl", home, sector="addiction", known_for=200) for _ in range(3)]
    # A stay with the persona host whose employer has not looked back.
    cast.walk(
        "employer-evaluates", staff[0], "en", 82, Stage.CONFIRMED, host=cast.host, sector="addiction",
        looked_back=(Party.TRAINEE, Party.HOST),
    )  # fmt: skip
    # A stay with the persona host that has just ended: the days are to be confirmed.
    cast.walk("host-confirms", staff[1], "en", 63, Stage.AGREED, host=cast.host, sector="psychiatry")
    # An agreement that only the employer has not signed.
    cast.walk(
        "employer-signs", staff[2], "nl", 24, Stage.SIGNING, sector="addiction",
        signed_by=(Party.TRAINEE, Party.HOST),
    )  # fmt: skip
    # The persona's own trip: a host has said yes, everything is to be planned, with a colleague.
    cast.walk(
        "trainee", lotte, "en", 16, Stage.MATCHED, host=cast.host, sector="addiction",
        title="One number that is answered after discharge", companions=f"{joris}, {joris.email}",
    )  # fmt: skip
    asking = cast.somebody("en", 9)
    cast.walk("host-answers", asking, "en", 9, Stage.ASKED, host=cast.host, sector="psychiatry")


def _answers(cast: Cast) -> None:
    """Hosts that say no or propose other days."""
    declining = cast.walk("declined", cast.somebody("fr", 13), "fr", 13, Stage.ASKED)
    refusing = cast.walk("all-declined", cast.somebody("fr", 15), "fr", 15, Stage.ASKED)
    countering = cast.walk("countered", cast.somebody("en", 12), "en", 12, Stage.ASKED)
    with days_ago(2):
        _decline(cast, declining, 0)
    for place in range(len(refusing.proposals)):
        with days_ago(6 - 1.5 * place):
            _decline(cast, refusing, place)
    with days_ago(1):
        proposal = countering.proposals[0]
        week = dt.timedelta(days=14)
        desk_services.counter_proposal(
            proposal=proposal,
            actor=countering.spokesperson(proposal),
            start=proposal.start + week,
            end=proposal.end + week,
            answer=demo.reply(cast.rng, proposal.contact_language, "dates"),
        )


def _decline(cast: Cast, trip: Trip, place: int) -> None:
    proposal = trip.proposals[place]
    proposal.refresh_from_db()
    desk_services.decline_proposal(
        proposal=proposal,
        actor=trip.spokesperson(proposal),
        reason=demo.reply(cast.rng, proposal.contact_language, "decline"),
    )


def _endings(cast: Cast) -> None:
    """Trips that did not come to their end: cancelled, given up, closed by the desk."""
    cancelled = cast.walk("cancelled", cast.somebody("it", 45), "it", 45, Stage.PLANNED)
    with days_ago(11):
        stay = cancelled.internship
        assert stay is not None
        stay.refresh_from_db()
        services.cancel_internship(
            internship=stay, actor=cancelled.trainee, comment=_reason(cast, cancelled.language)
        )
    dropped = cast.walk("dropped", cast.somebody("nl", 70), "nl", 70, Stage.FILED)
    with days_ago(50):
        services.drop_project(
            project=dropped.project, actor=dropped.trainee, comment=_reason(cast, dropped.language)
        )
    closed = cast.walk("closed", cast.somebody("es", 95), "es", 95, Stage.FILED)
    with days_ago(60):
        desk_services.close_request(
            request=closed.request, actor=cast.desk("es"), comment=_reason(cast, closed.language)
        )


def _reason(cast: Cast, language: str) -> str:
    return demo.reply(cast.rng, language, "decline")


def _conversations(cast: Cast) -> None:
    """Questions to the helpdesk; every second one is answered."""
    open_trips = [trip for trip in cast.trips.values() if trip.stage in (Stage.FILED, Stage.ASKED)]
    living = [trip for trip in open_trips if trip.began < 60]
    for place, trip in enumerate(living[::2]):
        with days_ago(min(2.5, trip.ago(trip.stage) / 2)):
            desk_services.post_message(
                request=trip.request, author=trip.trainee, text=QUESTIONS[trip.language]
            )
        if place % 2:
            with days_ago(min(1.2, trip.ago(trip.stage) / 3)):
                desk_services.post_message(
                    request=trip.request, author=trip.desk, text=ANSWERS[trip.language]
                )
