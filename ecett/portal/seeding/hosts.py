"""Host cards of the demonstration, in bulk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random

from django.db import transaction

from ecett.accounts.models import Organisation
from ecett.core.clock import today
from ecett.core.search import sort_key
from ecett.portal import demo
from ecett.portal.demo import DemoHost
from hosts.enums import ContactRole, HostStatus, Moderation, PeriodKind
from hosts.models import Concept, Host, HostCheck, HostContact, HostLanguage, HostLog, HostPeriod
from hosts.services import index_hosts

BATCH = 500
# Of so many partners one names more people than its spokesperson.
WITH_CONTACTS = 4
# Of so many cards one still waits for the desk.
UNREAD = 400
# Teams that have not answered: asked and written to last so many days ago, reminders, silent for so many days, and
# what they are now.
SILENT: tuple[tuple[int, int, int, int | None, str | None], ...] = (
    (250, 208, 2, 187, HostStatus.INACTIVE),
    (80, 38, 2, 17, HostStatus.POTENTIAL),
    (30, 9, 1, None, None),
    (12, 12, 0, None, None),
)
STEPS_OF_SILENCE: dict[str, tuple[tuple[str, str], ...]] = {
    HostStatus.POTENTIAL: (("doubt", HostStatus.POTENTIAL),),
    HostStatus.INACTIVE: (("doubt", HostStatus.POTENTIAL), ("rest", HostStatus.INACTIVE)),
}


@transaction.atomic
def make_hosts(drafts: Sequence[DemoHost]) -> list[Host]:
    """Cards from what was invented, in the same order, and found by search."""
    codes = dict(Concept.objects.filter(scheme=Concept.Scheme.ECETT).values_list("code", "pk"))
    day = today()
    hosts = Host.objects.bulk_create(
        [_card(draft, at, day) for at, draft in enumerate(drafts)], batch_size=BATCH
    )
    pairs = list(zip(hosts, drafts, strict=True))
    HostLanguage.objects.bulk_create(
        [
            HostLanguage(host=host, language=code, level=level)
            for host, draft in pairs
            for code, level in dict(draft.languages).items()
        ],
        batch_size=2000,
    )
    HostPeriod.objects.bulk_create(
        [period for host, draft in pairs for period in _periods(host, draft, day)], batch_size=2000
    )
    link = Host.concepts.through
    link.objects.bulk_create(
        [
            link(host_id=host.pk, concept_id=codes[code])
            for host, draft in pairs
            for code in dict.fromkeys(draft.concepts)
            if code in codes
        ],
        batch_size=2000,
    )
    _make_contacts(pairs)
    index_hosts([host.pk for host in hosts])
    _make_silent(hosts, day)
    return hosts


def _make_contacts(pairs: Sequence[tuple[Host, DemoHost]]) -> None:
    """Some partners name a director, and somebody who knows where visitors sleep."""
    chance = Random(len(pairs))
    named = [
        (host, draft, role)
        for host, draft in [pair for pair in pairs if pair[0].status == HostStatus.PARTNER][::WITH_CONTACTS]
        for role in (ContactRole.DIRECTOR, ContactRole.LOGISTICS)
    ]
    HostContact.objects.bulk_create(
        _contact(chance, host, draft, role, number) for number, (host, draft, role) in enumerate(named)
    )


def _contact(chance: Random, host: Host, draft: DemoHost, role: str, number: int) -> HostContact:
    who = demo.person(chance, draft.country, language=draft.text_lang, number=number)
    return HostContact(
        host=host,
        role=role,
        name=who.name,
        languages=[code for code, _level in draft.languages][:2],
        email=who.email if role == ContactRole.DIRECTOR else "",
        phone=f"+{chance.randrange(30, 49)} {chance.randrange(100, 999)} 000 {number % 90 + 10}",
    )


def _make_silent(hosts: Sequence[Host], day: dt.date) -> None:
    """Some teams that have not confirmed for over a year wait for an answer, one has lost its standing, one rests;
    the portal's own round writes to the others.
    """
    old = day - dt.timedelta(days=400)
    silent = [
        host
        for host in hosts
        if host.status == Host.Status.PARTNER
        and host.moderation == Moderation.PUBLISHED
        and host.last_confirmed_on is not None
        and host.last_confirmed_on <= old
    ][: len(SILENT)]
    for host, (asked, letter, reminders, doubted, status) in zip(silent, SILENT, strict=False):
        HostCheck.objects.create(
            host=host,
            email=host.spokesperson_email,
            name=host.spokesperson_name,
            language=host.spokesperson_language,
            asked_on=day - dt.timedelta(days=asked),
            last_letter_on=day - dt.timedelta(days=letter),
            reminders=reminders,
            doubted_on=_before(day, doubted),
        )
        if status is None:
            continue
        Host.objects.filter(pk=host.pk).update(status=status, silent_from=host.status)
        for step, to_state in STEPS_OF_SILENCE[status]:
            HostLog.objects.create(
                subject=host,
                step=step,
                from_state=Host.Status.PARTNER if step == "doubt" else Host.Status.POTENTIAL,
                to_state=to_state,
                actor_name="ECETT",
                actor_role="system",
            )
        host.status = status


def _card(draft: DemoHost, place: int, day: dt.date) -> Host:
    return Host(
        name=draft.name,
        sort_name=sort_key(draft.name)[:300],
        status=draft.status,
        moderation=Moderation.SUBMITTED if place % UNREAD == UNREAD - 1 else Moderation.PUBLISHED,
        country=draft.country,
        city=draft.city,
        address=draft.address,
        latitude=draft.lat,
        longitude=draft.lon,
        sectors=list(draft.sectors),
        target_groups=list(draft.target_groups),
        language=draft.text_lang,
        summary=draft.summary,
        expertise=draft.expertise,
        learning=draft.learn,
        programme=draft.programme,
        capacity=draft.capacity,
        step_free=draft.step_free,
        **draft.logistics,
        **{f"{item}_price": Decimal(euros) for item, (euros, _unit) in draft.prices.items()},
        **{f"{item}_unit": unit for item, (_euros, unit) in draft.prices.items()},
        **{f"{item}_note": note for item, note in draft.notes.items()},
        day_price=None if draft.day_price is None else Decimal(draft.day_price),
        spokesperson_name=draft.spokesperson.name,
        spokesperson_email=draft.spokesperson.email,
        spokesperson_language=draft.spokesperson.language,
        charter_accepted_on=_before(day, draft.charter_days_ago),
        last_confirmed_on=_before(day, draft.confirmed_days_ago),
        asked_count=draft.replies.asked,
        replied_count=draft.replies.answered,
        median_reply_days=draft.replies.median_days,
        is_demo=True,
    )


def _before(day: dt.date, days: int | None) -> dt.date | None:
    return None if days is None else day - dt.timedelta(days=days)


def _periods(host: Host, draft: DemoHost, day: dt.date) -> Iterator[HostPeriod]:
    """What repeats each year, as the dates that lie ahead: those of this year, the last and the next."""
    for each in draft.periods:
        for year in range(day.year - 1, day.year + 2):
            start = dt.date(year, *each.start)
            end = dt.date(year + (each.end < each.start), *each.end)
            if end >= day:
                kind = PeriodKind.OPEN if each.open else PeriodKind.CLOSED
                yield HostPeriod(host=host, kind=kind, start=start, end=end)


def make_persona_host(organisation: Organisation) -> Host:
    """The host whose spokesperson has a demo account: a partner in Göteborg, open and quick to answer."""
    host = Host.objects.create(
        name=organisation.name,
        organisation=organisation,
        status=Host.Status.PARTNER,
        moderation=Moderation.PUBLISHED,
        country=organisation.country,
        city=organisation.city,
        address="Första Långgatan 14",
        latitude=organisation.latitude,
        longitude=organisation.longitude,
        sectors=["addiction", "psychiatry"],
        target_groups=["people-with-alcohol-problems", "dual-diagnosis"],
        language="en",
        summary=(
            "Aftercare for adults who leave residential treatment, with a flat, a job coach and one phone "
            "number that is answered for a year."
        ),
        expertise="Aftercare, relapse prevention, dual diagnosis, peer support, mobile team",
        learning=(
            "How a team of nine stays reachable for 140 people without a waiting list, and how former "
            "residents work in it as paid colleagues."
        ),
        programme=(
            "Monday: the morning round and home visits\nTuesday: the phone and the peer group\n"
            "Wednesday: with the mobile team\nThursday: network meeting with the clinic\n"
            "Friday: looking back together"
        ),
        capacity=3,
        step_free=True,
        meals="free",
        meals_note="lunch with the team; the kitchen knows vegetarian and halal",
        transport="price",
        transport_price=Decimal(3),
        transport_unit="trip",
        transport_note="tram 11 from the station",
        accommodation="price",
        accommodation_price=Decimal("37.50"),
        accommodation_unit="night",
        accommodation_note="a room in our guest flat, two minutes from the team",
        spokesperson_name="Maja Lindqvist",
        spokesperson_email="host@demo.example",
        spokesperson_language="en",
        charter_accepted_on=today() - dt.timedelta(days=900),
        last_confirmed_on=today() - dt.timedelta(days=40),
        asked_count=10,
        replied_count=9,
        median_reply_days=4,
        is_demo=True,
    )
    HostContact.objects.create(
        host=host,
        role=ContactRole.LOGISTICS,
        name="Erik Sandberg",
        languages=["sv", "en"],
        phone="+46 31 000 00 12",
    )
    for language, level in (("sv", "C2"), ("en", "C1"), ("fi", "B1")):
        HostLanguage.objects.create(host=host, language=language, level=level)
    concepts = Concept.objects.filter(
        code__in=("aftercare", "relapse-prevention", "dual-diagnosis", "peer-support")
    )
    host.concepts.set(concepts)
    index_hosts([host.pk])
    return host
