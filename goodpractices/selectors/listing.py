"""The list of good practices: one page of it, with counts beside each filter. Works as the list of hosts
does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, QuerySet

from ecett.core.languages import CODES as LANGUAGES
from goodpractices.enums import PracticeKind
from goodpractices.models import GoodPractice
from goodpractices.services.indexing import practice_text
from hosts.explaining import Said, Why, explain
from hosts.facets import Combination, count
from hosts.search import Query
from hosts.selectors.filtering import CardFilter, read_filter
from hosts.selectors.searching import matching, ranked, understand
from hosts.selectors.versions import data_version, keep, kept_for, key_of, recall

PAGE_SIZE = 25
KINDS = ("sector", "kind", "country", "target", "language")
SORTS = ("relevance", "newest", "title")
# Where practices differ from hosts; the other kinds are the same.
_KNOWN = {
    "kind": frozenset(PracticeKind.values),
    # The language a card is written in.
    "language": frozenset(LANGUAGES),
}
_ROW_FIELDS = (
    "public_id", "title", "kind", "state", "country", "city", "host", "host_name", "author_name", "sectors",
    "target_groups", "language", "description", "published_at",
)  # fmt: skip
_TEXT_FIELDS = ("objectives", "steps", "results", "resources", "transfer", "competences_text", "keywords")


@dataclass(frozen=True)
class Listing:
    """What a question leaves, without the rows; see ``hosts.selectors.listing.Listing``."""

    total: int
    counts: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]
    query: Query


@dataclass(frozen=True)
class PracticePage:
    """One page of the list. ``why``: {practice id: reasons} and ``ranks``, when something was searched."""

    listing: Listing
    practices: Sequence[GoodPractice]
    number: int
    pages: int
    why: Mapping[int, tuple[Why, ...]] = field(default_factory=dict)
    ranks: Mapping[int, float] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many cards the question leaves."""
        return self.listing.total


def read_practice_filter(values: Mapping[str, Sequence[str]]) -> CardFilter:
    """The filter of an address."""
    return read_filter(values, kinds=KINDS, sorts=SORTS, known=_KNOWN)


def practice_page(
    wanted: CardFilter, *, language: str, number: int = 1, size: int = PAGE_SIZE, version: int | None = None
) -> PracticePage:
    """A page of published practices. ``number`` beyond the last gives the last."""
    version = data_version(GoodPractice) if version is None else version
    listing = practice_listing(wanted, language=language, version=version)
    pages = max(1, -(-listing.total // size))
    number = min(max(1, number), pages)
    if not listing.total:
        return PracticePage(listing, [], number, pages)
    key = key_of(GoodPractice, version, "ids", wanted.canonical(), language, str(number), str(size))
    ids = recall(key)
    if ids is None:
        start = (number - 1) * size
        rows = sorted_practices(wanted, listing)[start : start + size]
        ids = [(card.pk, float(getattr(card, "rank", 0.0))) for card in rows.only("pk")]
        keep(key, ids, seconds=kept_for(wanted.q))
    needed = (*_ROW_FIELDS, *_TEXT_FIELDS) if wanted.q else _ROW_FIELDS
    rows = GoodPractice.objects.only(*needed)
    if wanted.q:
        rows = rows.prefetch_related("concepts", "competences")
    found = rows.in_bulk([pk for pk, _rank in ids])
    practices = [found[pk] for pk, _rank in ids if pk in found]
    why = {card.pk: why_of(card, listing.query, language) for card in practices} if wanted.q else {}
    return PracticePage(listing, practices, number, pages, why, dict(ids))


def practice_listing(wanted: CardFilter, *, language: str, version: int | None = None) -> Listing:
    """Total and counts of a question (kept in the cache)."""
    version = data_version(GoodPractice) if version is None else version
    key = key_of(GoodPractice, version, "listing", wanted.canonical(), language, repr(wanted.unknown))
    listing: Listing | None = recall(key)
    if listing is None:
        listing = _listing(wanted, language, version)
        keep(key, listing, seconds=kept_for(wanted.q))
    return listing


def filtered_practices(wanted: CardFilter, listing: Listing) -> QuerySet[GoodPractice]:
    """Exactly the cards that the list shows, in no order."""
    rows: QuerySet[GoodPractice] = GoodPractice.objects.published()
    if wanted.unknown:
        return rows.none()
    if wanted.q:
        rows = matching(rows, listing.query)
    return narrowed(rows, wanted)


def narrowed(rows: QuerySet[GoodPractice], wanted: CardFilter) -> QuerySet[GoodPractice]:
    """Those of the cards that the filters leave, whatever the words."""
    lookups: dict[str, str] = {
        "sector": "sectors__overlap",
        "target": "target_groups__overlap",
        "country": "country__in",
        "kind": "kind__in",
        "language": "language__in",
    }
    conditions: dict[str, Any] = {
        lookups[kind]: list(values) for kind, values in wanted.chosen.items() if values
    }
    return rows.filter(**conditions)


def sorted_practices(wanted: CardFilter, listing: Listing) -> QuerySet[GoodPractice]:
    """The cards of the list in its order."""
    rows = filtered_practices(wanted, listing)
    if wanted.sort == "title":
        return rows.order_by("sort_title", "pk")
    if wanted.sort == "relevance" and wanted.q and not listing.query.empty:
        return ranked(rows, listing.query).order_by(F("rank").desc(), *NEWEST)
    return rows.order_by(*NEWEST)


NEWEST = (F("published_at").desc(nulls_last=True), "sort_title", "pk")


def _listing(wanted: CardFilter, language: str, version: int) -> Listing:
    query = Query("", language)
    rows = GoodPractice.objects.published()
    if wanted.q:
        query = understand(wanted.q, language, narrowed(rows, wanted))
        counted = count(_cube(matching(rows, query)), wanted.chosen, KINDS)
    else:
        counted = count(_whole_cube(version), wanted.chosen, KINDS)
    if wanted.unknown:
        return Listing(0, counted.counts, {}, query)
    without = {} if counted.total else dict(counted.without)
    if wanted.q and not counted.total:
        without["q"] = count(_whole_cube(version), wanted.chosen, KINDS).total
    return Listing(counted.total, counted.counts, without, query)


def _cube(rows: QuerySet[GoodPractice]) -> list[Combination]:
    groups = (
        rows.order_by()
        .values_list("country", "kind", "sectors", "target_groups", "language")
        .annotate(n=Count("pk"))
    )
    return [
        Combination(
            {
                "country": (str(country),) if country else (),
                "kind": (kind,),
                "sector": tuple(sectors),
                "target": tuple(targets),
                "language": (language,),
            },
            number,
        )
        for country, kind, sectors, targets, language, number in groups
    ]


def _whole_cube(version: int) -> list[Combination]:
    key = key_of(GoodPractice, version, "cube")
    cube: list[Combination] | None = recall(key)
    if cube is None:
        cube = _cube(GoodPractice.objects.published())
        keep(key, cube)
    return cube


def why_of(practice: GoodPractice, query: Query, language: str) -> tuple[Why, ...]:
    """Why this card answers the question, in the language of the reader."""
    concepts = [concept.code for concept in (*practice.concepts.all(), *practice.competences.all())]
    said = Said(
        f"{practice.title}\n{practice_text(practice)}",
        practice.language,
        (*practice.sectors, *practice.target_groups, *concepts),
        practice.city,
        str(practice.country),
    )
    return explain(query, said, language=language)
