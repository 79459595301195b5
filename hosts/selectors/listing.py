"""The list of hosts: one page of it, with counts beside each filter and the groups on the map.

What a question leaves (total, counts, map, the page's ids) is kept in the cache under the version of the
data, so that a page that somebody has seen before costs two small questions: the version, and the rows it
shows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, F, OuterRef, QuerySet, Sum, Value, When
from django.db.models.fields import SmallIntegerField

from ecett.core import clock
from hosts.enums import HostStatus
from hosts.explaining import Said, Why, explain
from hosts.facets import Combination, Counted, count
from hosts.models import Host, HostLanguage
from hosts.search import Query
from hosts.selectors.filtering import FRESH_YEAR, KINDS, CardFilter
from hosts.selectors.searching import matching, ranked, understand
from hosts.selectors.versions import data_version, keep, kept_for, key_of, recall

PAGE_SIZE = 25
FRESH_DAYS = 365
# More pages than this nobody turns over; filters lead further.
_ROW_FIELDS = (
    "public_id", "name", "status", "moderation", "country", "city", "latitude", "longitude", "sectors",
    "target_groups",
    "language", "summary", "expertise", "last_confirmed_on", "asked_count", "replied_count",
    "median_reply_days",
)  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """Hosts of one country on the map: their middle and their number."""

    country: str
    latitude: float
    longitude: float
    count: int


@dataclass(frozen=True)
class Listing:
    """What a question leaves, without the rows.

    ``without``: {kind or "q": how many cards would be left without it}, filled when nothing is left.
    """

    total: int
    counts: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]
    spots: tuple[Spot, ...]
    query: Query


@dataclass(frozen=True)
class HostPage:
    """One page of the list. ``why``: {host id: reasons} and ``ranks``, when something was searched."""

    listing: Listing
    hosts: Sequence[Host]
    number: int
    pages: int
    why: Mapping[int, tuple[Why, ...]] = field(default_factory=dict)
    ranks: Mapping[int, float] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many cards the question leaves."""
        return self.listing.total


def host_page(
    wanted: CardFilter, *, language: str, number: int = 1, size: int = PAGE_SIZE, version: int | None = None
) -> HostPage:
    """A page of published hosts. ``number`` beyond the last gives the last."""
    version = data_version(Host) if version is None else version
    listing = host_listing(wanted, language=language, version=version)
    pages = max(1, -(-listing.total // size))
    number = min(max(1, number), pages)
    if not listing.total:
        return HostPage(listing, [], number, pages)
    key = key_of(Host, version, "ids", wanted.canonical(), language, str(number), str(size))
    ids = recall(key)
    if ids is None:
        start = (number - 1) * size
        rows = sorted_hosts(wanted, listing)[start : start + size]
        ids = [(card.pk, float(getattr(card, "rank", 0.0))) for card in rows.only("pk")]
        keep(key, ids, seconds=kept_for(wanted.q))
    needed = (*_ROW_FIELDS, "learning", "programme") if wanted.q else _ROW_FIELDS
    rows = Host.objects.only(*needed)
    if wanted.q:
        rows = rows.prefetch_related("concepts")
    found = rows.in_bulk([pk for pk, _rank in ids])
    hosts = [found[pk] for pk, _rank in ids if pk in found]
    why = {host.pk: why_of(host, listing.query, language) for host in hosts} if wanted.q else {}
    return HostPage(listing, hosts, number, pages, why, dict(ids))


def host_listing(wanted: CardFilter, *, language: str, version: int | None = None) -> Listing:
    """Total, counts and map of a question (kept in the cache)."""
    version = data_version(Host) if version is None else version
    key = key_of(Host, version, "listing", wanted.canonical(), language, repr(wanted.unknown))
    listing: Listing | None = recall(key)
    if listing is None:
        listing = _listing(wanted, language, version)
        keep(key, listing, seconds=kept_for(wanted.q))
    return listing


def filtered_hosts(wanted: CardFilter, listing: Listing) -> QuerySet[Host]:
    """Exactly the cards that the list shows, in no order: for exports too."""
    rows: QuerySet[Host] = Host.objects.published()
    if wanted.unknown:
        return rows.none()
    if wanted.q:
        rows = matching(rows, listing.query)
    return narrowed(rows, wanted)


def narrowed(rows: QuerySet[Host], wanted: CardFilter) -> QuerySet[Host]:
    """Those of the cards that the filters leave, whatever the words."""
    for kind, values in wanted.chosen.items():
        if values:
            rows = _narrowed(rows, kind, values)
    return rows


def sorted_hosts(wanted: CardFilter, listing: Listing) -> QuerySet[Host]:
    """The cards of the list in its order."""
    rows = filtered_hosts(wanted, listing)
    if wanted.sort == "name":
        return rows.order_by("sort_name", "pk")
    if wanted.sort == "fresh":
        return rows.order_by(F("last_confirmed_on").desc(nulls_last=True), "sort_name", "pk")
    if wanted.q and not listing.query.empty:
        # Equally good answers stand in the same order whatever the language of the question.
        return ranked(rows, listing.query).order_by(F("rank").desc(), *LIKED)
    return rows.order_by(*LIKED)


# Partners first, then those who may become some (with a sector of ours before those without), then those who
# take
# nobody now.
STANDING = Case(
    When(status=HostStatus.PARTNER, then=Value(0)),
    When(status=HostStatus.POTENTIAL, sectors__len__gt=0, then=Value(1)),
    When(status=HostStatus.POTENTIAL, then=Value(2)),
    default=Value(3),
    output_field=SmallIntegerField(),
)
LIKED = (STANDING, F("last_confirmed_on").desc(nulls_last=True), "sort_name", "pk")


def fresh_since() -> dt.date:
    """Cards confirmed on or after this day count as fresh."""
    return clock.today() - dt.timedelta(days=FRESH_DAYS)


def _listing(wanted: CardFilter, language: str, version: int) -> Listing:
    query = Query("", language)
    rows = Host.objects.published()
    if wanted.q:
        query = understand(wanted.q, language, narrowed(rows, wanted))
        counted = count(host_cube(matching(rows, query)), wanted.chosen, KINDS)
    else:
        counted = count(_whole_cube(version), wanted.chosen, KINDS)
    if wanted.unknown:
        return Listing(0, counted.counts, {}, (), query)
    without = {} if counted.total else dict(counted.without)
    if wanted.q and not counted.total:
        without["q"] = count(_whole_cube(version), wanted.chosen, KINDS).total
    return Listing(counted.total, counted.counts, without, _spots(counted), query)


def host_cube(rows: QuerySet[Host]) -> list[Combination]:
    """Groups of alike cards: one question."""
    spoken = HostLanguage.objects.filter(host=OuterRef("pk")).order_by("language").values("language")
    groups = (
        rows.order_by()
        .annotate(
            spoken=ArraySubquery(spoken),
            is_fresh=Case(When(last_confirmed_on__gte=fresh_since(), then=Value(1)), default=Value(0)),
        )
        .values_list("country", "status", "sectors", "target_groups", "spoken", "is_fresh")
        .annotate(n=Count("pk"), located=Count("latitude"), lats=Sum("latitude"), lons=Sum("longitude"))
    )
    return [
        Combination(
            {
                "country": (str(country),),
                "status": (status,),
                "sector": tuple(sectors),
                "target": tuple(targets),
                "language": tuple(languages),
                "fresh": (FRESH_YEAR,) if fresh else (),
            },
            number,
            located,
            lats or 0.0,
            lons or 0.0,
        )
        for country, status, sectors, targets, languages, fresh, number, located, lats, lons in groups
    ]


def _whole_cube(version: int) -> list[Combination]:
    key = key_of(Host, version, "cube")
    cube: list[Combination] | None = recall(key)
    if cube is None:
        cube = host_cube(Host.objects.published())
        keep(key, cube)
    return cube


def _spots(counted: Counted) -> tuple[Spot, ...]:
    sums: dict[str, list[float]] = {}
    for group in counted.left:
        total = sums.setdefault(group.values["country"][0], [0, 0, 0.0, 0.0])
        for at, more in enumerate((group.count, group.located, group.latitudes, group.longitudes)):
            total[at] += more
    return tuple(
        Spot(country, lats / located, lons / located, int(number))
        for country, (number, located, lats, lons) in sorted(sums.items())
        if located
    )


def _narrowed(rows: QuerySet[Host], kind: str, values: tuple[str, ...]) -> QuerySet[Host]:
    conditions: dict[str, Any] = {
        "sector": {"sectors__overlap": list(values)},
        "target": {"target_groups__overlap": list(values)},
        "country": {"country__in": values},
        "status": {"status__in": values},
        "fresh": {"last_confirmed_on__gte": fresh_since()},
    }
    if kind == "language":
        # A host that speaks two of them is one host.
        return rows.filter(pk__in=HostLanguage.objects.filter(language__in=values).values("host"))
    return rows.filter(**conditions[kind])


def why_of(host: Host, query: Query, language: str) -> tuple[Why, ...]:
    """Why this card answers the question, in the language of the reader."""
    chosen = (*host.sectors, *host.target_groups, *(concept.code for concept in host.concepts.all()))
    parts = (host.name, host.summary, host.expertise, host.learning, host.programme)
    said = Said("\n".join(parts), host.language, chosen, host.city, str(host.country))
    return explain(query, said, language=language)
