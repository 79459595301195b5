"""The whole demonstration, in one transaction: all of it or nothing."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from random import Random

from django.db import transaction
from django.db.models import F

from ecett.core.clock import now
from ecett.core.models import Notification
from ecett.core.models.notification import NotificationState
from ecett.core.stock import take_stock
from ecett.portal import demo
from ecett.portal.demo import DemoPractice
from ecett.portal.seeding.accounts import ensure_accounts, ensure_places
from ecett.portal.seeding.adoptions import make_adoptions
from ecett.portal.seeding.cast import CANDIDATES, LANGUAGES, THREE_TRIPS, Cast, make_trips
from ecett.portal.seeding.doubles import make_doubles
from ecett.portal.seeding.edits import invite_colleague, make_photos, make_suggestions
from ecett.portal.seeding.history import hide_words, make_history
from ecett.portal.seeding.hosts import make_hosts, make_persona_host
from ecett.portal.seeding.jury import make_juries, make_workshops, present
from ecett.portal.seeding.money import charge, make_contracts
from ecett.portal.seeding.people import People
from ecett.portal.seeding.practices import make_practices
from ecett.portal.seeding.walk import make_pictures, make_walk
from goodpractices.models import Innovation
from hosts.models import Host

SEED = 2008
ONE_DAY = dt.timedelta(days=1)
HOSTS = 1200
PRACTICES = 400
# Practices that trainees report in the course of their trips.
TALES = 120
# Fewer hosts give no choice to a helpdesk.
FEWEST_HOSTS = 30
# (language, country) of employers who have sent people for years.
EMPLOYERS = (("fr", "BE"), ("nl", "BE"), ("fr", "FR"), ("it", "IT"), ("es", "ES"), ("en", "IE"))


class AlreadySeeded(Exception):
    """There are data already; demo data are not mixed with others or made twice."""


def nobody(_line: str) -> None:
    """For those who want no progress."""


@contextmanager
def quiet() -> Iterator[None]:
    """No line in the log for each of the thousand steps of demo data; warnings stay."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


@quiet()
@transaction.atomic
def seed(*, hosts: int = HOSTS, scale: int = 1, say: Callable[[str], object] = nobody) -> None:
    """Make all demo data, the same content for the same numbers; `say` hears what took how long.

    Raises AlreadySeeded when there are hosts.
    """
    if Host.objects.exists():
        raise AlreadySeeded("There are hosts already: demo data go into a portal without data.")

    @contextmanager
    def part(name: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        say(f"{name}: {time.monotonic() - started:.1f} s")

    rng = Random(SEED)
    with part("accounts"):
        accounts, places = ensure_accounts(), ensure_places()
        persona_host = make_persona_host(places["host"])
    with part("hosts"):
        drafts = list(demo.hosts(rng, max(hosts - 1, FEWEST_HOSTS)))
        cards = make_hosts(drafts)
        make_photos([persona_host, *cards])
        make_suggestions([persona_host, *cards], accounts["trainee"], accounts["helpdesk-en"])
        invite_colleague(persona_host, accounts["helpdesk-en"])
    with part("practices"):
        told = list(demo.practices(rng, PRACTICES * max(scale, 1) + TALES, drafts))
        practices = make_practices(told[TALES:], cards)
        make_adoptions(Random(SEED + 2), practices, drafts)
        make_walk(accounts, persona_host)
        make_pictures(Innovation.objects.order_by("pk").first())
        take_stock()
    if not scale:
        return
    with part("second cards"):
        make_doubles(drafts)
    people = People(rng, demo.hosts(Random(SEED + 1), 100_000))
    cast = Cast(rng, people, accounts, places, persona_host, cards, _by_language(told[:TALES]))
    with part("history"):
        # De Oever has sent most.
        employers = [places["sending"]] * 3 + [places["colleague"]]
        employers += [cast.workplace(*key).organisation for key in EMPLOYERS]
        travellers = [
            people.person(str(rng.choice(demo.countries())), rng.choice(LANGUAGES)) for _ in range(300)
        ]
        make_history(rng, travellers, employers, cards, favourite=persona_host)
        hide_words(persona_host, accounts["helpdesk-en"])
        take_stock()
    with part("trips"):
        trips = make_trips(cast, scale=scale)
    with part("workshops and juries"):
        candidates = [trips[f"candidate-{place}"] for place in range(len(CANDIDATES))]
        path = [trips[f"path-{place}"] for place in range(len(THREE_TRIPS))]
        workshops = make_workshops()
        present(candidates[:3], workshops[1], accounts["secretary"])
        present([*candidates[3:], trips["trainee-before"]], workshops[2], accounts["secretary"])
        make_juries(rng, people, accounts, places["ecett"], candidates, path)
    with part("contracts"):
        members = [
            places["colleague"],
            *(cast.workplace(language, "BE").organisation for language in ("fr", "nl")),
        ]
        contracts = make_contracts(accounts["coordinator"], places["sending"], members)
        charge(accounts["coordinator"], *contracts)
    with part("letters"):
        deliver_old_letters()


def deliver_old_letters() -> None:
    """Letters of earlier days have arrived; those of today are sent when the worker runs."""
    Notification.objects.filter(state=NotificationState.QUEUED, created_at__lt=now() - ONE_DAY).update(
        state=NotificationState.SENT, sent_at=F("created_at"), leased_until=None
    )


def _by_language(tales: list[DemoPractice]) -> dict[str, Iterator[DemoPractice]]:
    """Practices that nobody has written yet, by language."""
    return {language: cycle([tale for tale in tales if tale.lang == language]) for language in LANGUAGES}
