"""Cards of a sheet held against the table of hosts, and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ecett.core.clock import now
from ecett.core.imports.engine import Message
from ecett.core.imports.keys import with_keys
from ecett.core.search import clean, sort_key
from hosts.enums import HostStatus, Moderation, Offer
from hosts.imports.people import Contact, rows_for, told
from hosts.imports.values import Period
from hosts.logistics import ITEMS
from hosts.models import Concept, Host, HostContact, HostLanguage, HostPeriod
from hosts.models.host import SPOKESPERSON
from hosts.models.logistics import terms_of
from hosts.services import index_hosts

BATCH = 2_000
# Texts and simple values that a sheet may fill, as they stand in the table.
PLAIN = (
    "name",
    "status",
    "city",
    "address",
    "postcode",
    "latitude",
    "longitude",
    "website",
    "language",
    "summary",
    "expertise",
    "learning",
    "programme",
    "capacity",
    "step_free",
    "meals",
    "transport",
    "accommodation",
    "day_price",
    "charter_accepted_on",
    "last_confirmed_on",
    "source_note",
)
WRITTEN = (*PLAIN, "country", "sectors", "target_groups")
# What a sheet may say of each item of logistics; a sheet of before has no such columns.
TERMS = tuple(name for item in ITEMS for name in terms_of(item)[1:])
# What only some sheets have a column for; without it the card keeps what it says.
SOMETIMES = (*TERMS, *SPOKESPERSON)


@dataclass
class Card:
    """What one or several rows say about one host. ``remarks``: what was put right on the way, by field."""

    values: dict[str, Any]
    languages: dict[str, str]
    concepts: tuple[str, ...]
    key: tuple[str, str]
    public_id: str = ""
    # None: the sheet says nothing of them.
    periods: tuple[Period, ...] | None = None
    # Those of `SOMETIMES` for which the sheet has a column.
    sometimes: dict[str, Any] = field(default_factory=dict)
    contacts: tuple[Contact, ...] | None = None
    remarks: list[tuple[str, Message]] = field(default_factory=list)


def known_hosts(cards: list[Card]) -> dict[tuple[str, str], Host]:
    """The cards that are there already, by public id and by the key of their source."""
    wanted = with_keys((card.key for card in cards), (card.public_id for card in cards))
    found: dict[tuple[str, str], Host] = {}
    for host in (
        Host.objects.filter(wanted)
        .prefetch_related("languages", "concepts", "periods", "contacts")
        .defer("search", "marks")
    ):
        found["id", host.public_id] = host
        if host.source_key:
            found[host.source, host.source_key] = host
    return found


def known_concepts(cards: Iterator[Card] | Iterable[Card]) -> dict[str, Concept]:
    """The concepts that the cards name and the table has."""
    codes = {code for card in cards for code in card.concepts}
    return {concept.code: concept for concept in Concept.objects.filter(code__in=codes)}


def new_host(card: Card, actor: Any) -> Host:
    """A published card of what a sheet says."""
    source, key = card.key
    host = Host(
        **card.values, moderation=Moderation.PUBLISHED, source=source, source_key=key, created_by=actor
    )
    _set_terms(host, card)
    if card.public_id:
        host.public_id = card.public_id
    host.sort_name = sort_key(host.name)[:300]
    return host


def same(host: Host, card: Card) -> bool:
    """Whether a card says what the sheet says."""
    periods = sorted((row.kind, row.start, row.end) for row in host.periods.all())
    return (
        all(_plain(getattr(host, name)) == _plain(card.values[name]) for name in WRITTEN)
        and all(_plain(getattr(host, name)) == _plain(value) for name, value in card.sometimes.items())
        and (card.contacts is None or sorted(map(told, host.contacts.all())) == list(card.contacts))
        and (card.periods is None or periods == list(card.periods))
        and {row.language: row.level for row in host.languages.all()} == card.languages
        and {concept.code for concept in host.concepts.all()} == set(card.concepts)
    )


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return sorted(value)
    if isinstance(value, float):
        # A centimetre: sheets keep fifteen digits of a number.
        return round(value, 7)
    return value if value is None or isinstance(value, bool | int | Decimal) else clean(str(value))


def in_hand(host: Host) -> bool:
    """Whether people have begun to look after an imported card."""
    return bool(host.last_confirmed_on or host.spokesperson_email or host.status != HostStatus.POTENTIAL)


def write(
    fresh: list[tuple[Host, Card]], changed: list[tuple[Host, Card]], concepts: Mapping[str, Concept]
) -> None:
    """Write new and changed cards with what hangs on them."""
    Host.objects.bulk_create([host for host, _card in fresh], batch_size=BATCH)
    moment = now()
    for host, card in changed:
        for name in WRITTEN:
            setattr(host, name, card.values[name])
        _set_terms(host, card)
        host.sort_name, host.changed_at = sort_key(host.name)[:300], moment
    Host.objects.bulk_update(
        [host for host, _card in changed], [*WRITTEN, *SOMETIMES, "sort_name", "changed_at"], batch_size=500
    )
    ids = [host.pk for host, _card in changed]
    HostLanguage.objects.filter(host__in=ids).delete()
    links = Host.concepts.through
    links.objects.filter(host_id__in=ids).delete()
    both = fresh + changed
    HostLanguage.objects.bulk_create(
        [
            HostLanguage(host=host, language=code, level=level)
            for host, card in both
            for code, level in card.languages.items()
        ],
        batch_size=BATCH,
    )
    links.objects.bulk_create(
        [
            links(host_id=host.pk, concept_id=concepts[code].pk)
            for host, card in both
            for code in set(card.concepts)
        ]
    )
    _write_periods(both)
    named = [(host, card.contacts) for host, card in both if card.contacts is not None]
    HostContact.objects.filter(host__in=[host.pk for host, _contacts in named]).delete()
    HostContact.objects.bulk_create(
        [row for host, contacts in named for row in rows_for(host, contacts)], batch_size=BATCH
    )
    if both:
        index_hosts([host.pk for host, _card in both])


def _set_terms(host: Host, card: Card) -> None:
    """Prices, notes and people of a sheet; a price goes when its item is no more offered at one."""
    for name, value in card.sometimes.items():
        setattr(host, name, value)
    for item in ITEMS:
        offer, price, unit, _note = terms_of(item)
        if getattr(host, offer) != Offer.PRICE:
            setattr(host, price, None)
            setattr(host, unit, "")


def _write_periods(cards: list[tuple[Host, Card]]) -> None:
    """Periods as the sheet says them; those that are there already keep their notes."""
    fresh, over = [], []
    for host, card in cards:
        if card.periods is None:
            continue
        wanted = set(card.periods)
        known = {(row.kind, row.start, row.end): row.pk for row in host.periods.all()}
        over += [pk for period, pk in known.items() if period not in wanted]
        fresh += [
            HostPeriod(host=host, kind=kind, start=start, end=end)
            for kind, start, end in card.periods
            if (kind, start, end) not in known
        ]
    HostPeriod.objects.filter(pk__in=over).delete()
    HostPeriod.objects.bulk_create(fresh, batch_size=BATCH)
