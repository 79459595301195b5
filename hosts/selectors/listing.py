"""The list of hosts: one page of it, with counts beside each filter and where the hosts are.

What a question leaves is kept in the cache under the version of the data, so that whoever turns the page or comes
back asks two small questions: the version, and the rows that are shown.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, TypeVar, cast

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    F,
    ManyToManyField,
    Model,
    QuerySet,
    SmallIntegerField,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import RawSQL

from ecett.core import clock
from hosts.enums import HostStatus
from hosts.explaining import Reasons, Said, Why
from hosts.facets import FacetIndex, count
from hosts.models import Host
from hosts.search import Query
from hosts.selectors.answering import Answer, Counting, Limit, Wider, alone, answer, wider_words
from hosts.selectors.cardindex import CardIndex, card_index
from hosts.selectors.conditions import chosen_condition
from hosts.selectors.filtering import (
    AGES,
    FRESH_YEAR,
    KINDS,
    MOST_KM,
    CardFilter,
    corner,
    country_of,
)  # fmt: skip
from hosts.selectors.nearby import hosts_near, hosts_taken, metres_from, near_condition, room_condition
from hosts.selectors.ranking import ranked
from hosts.selectors.searching import by_index, matching
from hosts.selectors.sources import host_source
from hosts.selectors.versions import data_version, keep, kept_for, key_of, recall

Rows = TypeVar("Rows", bound=QuerySet[Any])
PAGE_SIZE = 25
FRESH_DAYS = AGES[FRESH_YEAR][1]
_ROW_FIELDS = (
    "public_id", "name", "status", "moderation", "country", "city", "latitude", "longitude", "sectors",
    "target_groups",
    "language", "summary", "expertise", "last_confirmed_on", "asked_count", "replied_count",
    "median_reply_days", "stay_count", "cancelled_by_host", "cancelled_by_trainee",
)  # fmt: skip
# What is tried when a question leaves nothing: how much farther, how many days sooner or later.
FARTHER = (2, 5)
SHIFTS = (14, 30, 60)


@dataclass(frozen=True)
class Spot:
    """Hosts of one country, or of one area of a degree, on the map: their middle and their number."""

    kind: str
    value: str
    latitude: float
    longitude: float
    count: int


@dataclass(frozen=True)
class Listing:
    """What a question leaves, without the rows.

    ``without``: {kind, "q", "near" or "free": how many cards would be left without it}, ``wider``: other ways to ask;
    both filled when nothing is left.
    """

    total: int
    counts: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]
    spots: tuple[Spot, ...]
    query: Query
    wider: tuple[Wider, ...] = ()


@dataclass(frozen=True)
class HostPage:
    """One page of the list. ``why``: {host id: reasons} and ``ranks``, when something was searched; ``metres``: how
    far away, when a place was named.
    """

    listing: Listing
    hosts: Sequence[Host]
    number: int
    pages: int
    why: Mapping[int, tuple[Why, ...]] = field(default_factory=dict)
    ranks: Mapping[int, float] = field(default_factory=dict)
    metres: Mapping[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many cards the question leaves."""
        return self.listing.total


def host_page(
    wanted: CardFilter, *, language: str, number: int = 1, size: int = PAGE_SIZE, version: int | None = None
) -> HostPage:
    """A page of published hosts. ``number`` beyond the last gives the last."""
    version = data_version(Host) if version is None else version
    asked = (wanted.canonical(), repr(wanted.unknown), language)
    listing_key = key_of(Host, version, "listing", *asked)
    rows_key = key_of(Host, version, "ids", *asked, str(number), str(size))
    listing, rows = recall(listing_key, rows_key)
    if listing is None or rows is None:
        index = card_index(host_source())
        found = _answer(wanted, index, language)
        listing = _listing(wanted, found, index)
        pages = max(1, -(-listing.total // size))
        number = min(max(1, number), pages)
        ids = found.page((number - 1) * size, size)
        rows = [(pk, rank, found.metres.get(pk)) for pk, rank in ids]
        keep({listing_key: listing, rows_key: rows}, seconds=kept_for(wanted.q))
    pages = max(1, -(-listing.total // size))
    number = min(max(1, number), pages)
    needed = (*_ROW_FIELDS, "learning", "programme", "mentions") if wanted.q else _ROW_FIELDS
    cards = Host.objects.only(*needed).order_by()
    if wanted.q:
        cards = with_codes(cards, "concepts")
    known = cards.in_bulk([pk for pk, _rank, _far in rows]) if rows else {}
    hosts = [known[pk] for pk, _rank, _far in rows if pk in known]
    reasons = Reasons(listing.query, language=language)
    return HostPage(
        listing,
        hosts,
        number,
        pages,
        {host.pk: why_of(host, reasons) for host in hosts} if wanted.q else {},
        {pk: rank for pk, rank, _far in rows},
        {pk: far for pk, _rank, far in rows if far is not None},
    )


def host_listing(wanted: CardFilter, *, language: str, version: int | None = None) -> Listing:
    """Total, counts and map of a question (kept in the cache)."""
    version = data_version(Host) if version is None else version
    key = key_of(Host, version, "listing", wanted.canonical(), repr(wanted.unknown), language)
    (listing,) = recall(key)
    if listing is None:
        index = card_index(host_source())
        listing = _listing(wanted, _answer(wanted, index, language), index)
        keep({key: listing}, seconds=kept_for(wanted.q))
    return listing


def found_ids(wanted: CardFilter, *, language: str) -> list[int]:
    """Ids of all the published hosts that a question leaves."""
    index = card_index(host_source())
    return list(index.facets.ids(_answer(wanted, index, language).counted.left))


def first_of(
    ids: Collection[int], wanted: CardFilter, *, language: str, limit: int
) -> list[tuple[Host, tuple[Why, ...]]]:
    """The first of these hosts in the order of the list, with why they were found."""
    index = card_index(host_source())
    answered = _answer(wanted, index, language)
    reasons = Reasons(answered.query, language=language)
    order = (pk for pk, _rank in answered.page(0, answered.counted.total) if pk in ids)
    first = list(islice(order, limit))
    cards = Host.objects.defer("search", "marks").prefetch_related("concepts").in_bulk(first)
    return [(cards[pk], why_of(cards[pk], reasons)) for pk in first if pk in cards]


def filtered_hosts(wanted: CardFilter, listing: Listing) -> QuerySet[Host]:
    """Exactly the cards that the list shows, in no order: for exports too."""
    rows: QuerySet[Host] = Host.objects.published()
    if wanted.nothing:
        return rows.none()
    if wanted.q:
        rows = matching(rows, listing.query)
    return narrowed(rows, wanted)


def narrowed(rows: QuerySet[Host], wanted: CardFilter) -> QuerySet[Host]:
    """Those of the cards that the filters leave, whatever the words."""
    condition = chosen_condition(wanted)
    if wanted.near:
        condition &= near_condition(wanted.near)
    if wanted.free:
        condition &= room_condition(wanted.free)
    return rows.filter(condition)


def sorted_hosts(wanted: CardFilter, listing: Listing) -> QuerySet[Host]:
    """The cards of the list in its order."""
    rows = filtered_hosts(wanted, listing)
    if wanted.sort == "distance" and wanted.near:
        return rows.order_by(metres_from(wanted.near), "pk")
    if wanted.sort == "name":
        return rows.order_by("sort_name", "pk")
    if wanted.sort == "fresh":
        return rows.order_by(F("last_confirmed_on").desc(nulls_last=True), "sort_name", "pk")
    if wanted.q and not listing.query.empty:
        # Equally good answers stand in the same order whatever the language of the question.
        return ranked(rows, listing.query).order_by(F("rank").desc(), *LIKED)
    return rows.order_by(*LIKED)


# Partners first, then those who may become some (with a sector of ours before those without), then those who take
# nobody now; as `sources.STANDING`.
STANDING = Case(
    When(status=HostStatus.PARTNER, then=Value(0)),
    When(status=HostStatus.POTENTIAL, sectors__len__gt=0, then=Value(1)),
    When(status=HostStatus.POTENTIAL, then=Value(2)),
    default=Value(3),
    output_field=SmallIntegerField(),
)
LIKED = (STANDING, F("last_confirmed_on").desc(nulls_last=True), "sort_name", "pk")


# ── What a question leaves
def _answer(wanted: CardFilter, index: CardIndex, language: str) -> Answer:
    return answer(
        wanted,
        language=language,
        index=index,
        rows=Host.objects.published(),
        condition=chosen_condition(wanted),
        kinds=KINDS,
        limits=_limits(wanted, index.facets),
    )


def _limits(wanted: CardFilter, facets: FacetIndex) -> dict[str, Limit]:
    limits = {}
    if wanted.near:
        ids, metres = hosts_near(wanted.near, listed=host_source().listed)
        limits["near"] = Limit(facets.bits(ids), near_condition(wanted.near), (ids, metres))
    if wanted.free:
        # A team that does not say how many it takes may take them.
        small = [
            value for value in facets.values.get("room", {}) if value and int(value) < wanted.free.people
        ]
        refused = facets.of("room", small) | facets.bits(hosts_taken(wanted.free))
        limits["free"] = Limit(facets.every & ~refused, room_condition(wanted.free))
    return limits


def _listing(wanted: CardFilter, found: Answer, index: CardIndex) -> Listing:
    counted = found.counted
    listing = Listing(counted.total, counted.counts, {}, (), found.query)
    if wanted.nothing:
        # Other values are counted beside nothing, so that one of them may be chosen instead.
        return replace(listing, counts=count(index.facets, index.facets.every, {}, kinds=KINDS).counts)
    if counted.total:
        return replace(listing, spots=_spots(counted.left, index.facets))
    without = dict(counted.without)
    counting = Counting(found.reading, lambda asked: narrowed(Host.objects.published(), asked))
    with by_index():
        if wanted.q:
            without["q"] = counting.total(replace(wanted, q=""))
        return replace(listing, without=without, wider=_wider(wanted, found, counting, without))


def _wider(
    wanted: CardFilter, found: Answer, counting: Counting, without: Mapping[str, int]
) -> tuple[Wider, ...]:
    """Other ways to ask that leave something: without a value or a word, a little farther, at another time. Where none
    does, and giving up a kind does not either, each part by itself.
    """
    ways = list(wider_words(wanted, found, counting))
    farther = (
        replace(wanted, near=replace(wanted.near, km=min(MOST_KM, wanted.near.km * times)))
        for times in (FARTHER if wanted.near else ())
        if wanted.near
    )
    for kind, others in (("km", farther), ("time", _other_times(wanted))):
        # The first that helps is enough.
        found_ways = (Wider(kind, other, number) for other in others if (number := counting.total(other)))
        ways += [way for way in (next(found_ways, None),) if way]
    return tuple(ways) if ways or any(without.values()) else alone(wanted, counting)


def _other_times(wanted: CardFilter) -> Iterator[CardFilter]:
    for days in SHIFTS if wanted.free else ():
        for shift in (dt.timedelta(days=days), dt.timedelta(days=-days)):
            if wanted.free and wanted.free.start + shift >= clock.today():
                free = replace(wanted.free, start=wanted.free.start + shift, end=wanted.free.end + shift)
                yield replace(wanted, free=free)


def _spots(left: int, facets: FacetIndex) -> tuple[Spot, ...]:
    """The countries with what is left of them, each where its hosts are; of one country its areas."""
    countries: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for area, bits in facets.values.get("area", {}).items():
        if number := (bits & left).bit_count():
            countries[country_of(area)][area] = number
    if len(countries) == 1:
        ((_country, areas),) = countries.items()
        return tuple(
            Spot("area", area, *_middle({area: number}), number) for area, number in sorted(areas.items())
        )
    return tuple(
        Spot("country", country, *_middle(areas), (facets.of("country", [country]) & left).bit_count())
        for country, areas in sorted(countries.items())
    )


def _middle(areas: Mapping[str, int]) -> tuple[float, float]:
    total = sum(areas.values())
    corners = [(*corner(area), number) for area, number in areas.items()]
    return (
        sum(south * number for south, _west, number in corners) / total + 0.5,
        sum(west * number for _south, west, number in corners) / total + 0.5,
    )


def with_codes(rows: Rows, *relations: str) -> Rows:
    """Cards that bring the codes of their concepts with them, instead of the concepts in a question of their own."""
    codes = {_codes_name(relation): _codes_linked(rows.model, relation) for relation in relations}
    return rows.annotate(**codes)


def _codes_linked(model: type[Model], relation: str) -> RawSQL:
    field = cast("ManyToManyField[Any, Any]", model._meta.get_field(relation))
    links = cast("type[Model]", field.remote_field.through)._meta.db_table
    concepts = field.related_model._meta.db_table
    return RawSQL(  # noqa: S611 - names of ours
        f"ARRAY(SELECT concept.code FROM {links} AS link JOIN {concepts} AS concept "
        f"ON concept.id = link.{field.m2m_reverse_name()} "
        f"WHERE link.{field.m2m_column_name()} = {model._meta.db_table}.id)",
        (),
        output_field=ArrayField(TextField()),
    )


def codes_of(card: Model, *relations: str) -> tuple[str, ...]:
    """The codes of a card's concepts, whether it came `with_codes` or not."""
    found: list[str] = []
    for relation in relations:
        known = card.__dict__.get(_codes_name(relation))
        found += [concept.code for concept in getattr(card, relation).all()] if known is None else known
    return tuple(found)


def _codes_name(relation: str) -> str:
    return f"{relation}_codes"


def why_of(host: Host, reasons: Reasons) -> tuple[Why, ...]:
    """Why this card answers a question."""
    chosen = (*host.sectors, *host.target_groups, *codes_of(host, "concepts"))
    parts = (host.name, host.summary, host.expertise, host.learning, host.programme)
    mentions = host.mentions.get(host.language[:2], {})
    country = str(host.country) if reasons.placed else ""
    said = Said("\n".join(parts), host.language, chosen, host.city, country, mentions)
    return reasons.of(said)
