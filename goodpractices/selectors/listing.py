"""The list of good practices: one page of it, with counts beside each filter. Works as the list of hosts does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from django.db.models import F, Q, QuerySet

from ecett.core.languages import CODES as LANGUAGES
from goodpractices.enums import PracticeKind
from goodpractices.evidence import CODES
from goodpractices.models import GoodPractice
from goodpractices.selectors.sources import PRACTICES
from goodpractices.services.indexing import practice_text, published_translations, translated_texts
from hosts.explaining import Reasons, Said, Why
from hosts.facets import count
from hosts.search import Query
from hosts.selectors.answering import Answer, Counting, Wider, alone, answer, wider_words
from hosts.selectors.cardindex import CardIndex, card_index
from hosts.selectors.filtering import CardFilter, narrower, read_filter
from hosts.selectors.listing import codes_of, with_codes
from hosts.selectors.ranking import ranked
from hosts.selectors.searching import by_index, matching
from hosts.selectors.versions import data_version, keep, kept_for, key_of, recall

PAGE_SIZE = 25
KINDS = ("sector", "kind", "country", "target", "expertise", "language", "evidence")
SORTS = ("relevance", "newest", "title")
# Where practices differ from hosts; the other kinds are the same.
KNOWN = {
    "kind": frozenset(PracticeKind.values),
    # The language a card is written in.
    "language": frozenset(LANGUAGES),
    # How well it has proved itself elsewhere.
    "evidence": frozenset(CODES),
}
_ROW_FIELDS = (
    "public_id", "title", "kind", "state", "country", "city", "host", "host_name", "author_name", "sectors",
    "target_groups", "language", "description", "published_at", "evidence_level",
)  # fmt: skip
_TEXT_FIELDS = ("objectives", "steps", "results", "resources", "transfer", "competences_text", "keywords")


@dataclass(frozen=True)
class Listing:
    """What a question leaves, without the rows; see ``hosts.selectors.listing.Listing``."""

    total: int
    counts: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]
    query: Query
    wider: tuple[Wider, ...] = ()


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
    return read_filter(values, kinds=KINDS, sorts=SORTS, known=KNOWN, placed=False)


def practice_page(
    wanted: CardFilter, *, language: str, number: int = 1, size: int = PAGE_SIZE, version: int | None = None
) -> PracticePage:
    """A page of published practices. ``number`` beyond the last gives the last."""
    version = data_version(GoodPractice) if version is None else version
    asked = (wanted.canonical(), repr(wanted.unknown), language)
    listing_key = key_of(GoodPractice, version, "listing", *asked)
    rows_key = key_of(GoodPractice, version, "ids", *asked, str(number), str(size))
    listing, ids = recall(listing_key, rows_key)
    if listing is None or ids is None:
        index = card_index(PRACTICES)
        found = _answer(wanted, index, language)
        listing = _listing(wanted, found, index)
        number = min(max(1, number), max(1, -(-listing.total // size)))
        ids = found.page((number - 1) * size, size)
        keep({listing_key: listing, rows_key: ids}, seconds=kept_for(wanted.q))
    pages = max(1, -(-listing.total // size))
    number = min(max(1, number), pages)
    needed = (*_ROW_FIELDS, *_TEXT_FIELDS, "mentions") if wanted.q else _ROW_FIELDS
    rows = GoodPractice.objects.only(*needed).order_by().prefetch_related(published_translations())
    if wanted.q:
        rows = with_codes(rows, "concepts", "competences")
    known = rows.in_bulk([pk for pk, _rank in ids]) if ids else {}
    practices = [known[pk] for pk, _rank in ids if pk in known]
    reasons = Reasons(listing.query, language=language)
    why = {card.pk: why_of(card, reasons) for card in practices} if wanted.q else {}
    return PracticePage(listing, practices, number, pages, why, dict(ids))


def practice_listing(wanted: CardFilter, *, language: str, version: int | None = None) -> Listing:
    """Total and counts of a question (kept in the cache)."""
    version = data_version(GoodPractice) if version is None else version
    key = key_of(GoodPractice, version, "listing", wanted.canonical(), repr(wanted.unknown), language)
    (listing,) = recall(key)
    if listing is None:
        index = card_index(PRACTICES)
        listing = _listing(wanted, _answer(wanted, index, language), index)
        keep({key: listing}, seconds=kept_for(wanted.q))
    return listing


def found_ids(wanted: CardFilter, *, language: str) -> list[int]:
    """Ids of all the published practices that a question leaves."""
    index = card_index(PRACTICES)
    return list(index.facets.ids(_answer(wanted, index, language).counted.left))


def first_of(
    ids: Collection[int], wanted: CardFilter, *, language: str, limit: int
) -> list[tuple[GoodPractice, tuple[Why, ...]]]:
    """The first of these practices in the order of the list, with why they were found."""
    index = card_index(PRACTICES)
    answered = _answer(wanted, index, language)
    reasons = Reasons(answered.query, language=language)
    order = (pk for pk, _rank in answered.page(0, answered.counted.total) if pk in ids)
    first = list(islice(order, limit))
    cards = (
        GoodPractice.objects.defer("search", "marks")
        .prefetch_related("concepts", "competences", published_translations())
        .in_bulk(first)
    )
    return [(cards[pk], why_of(cards[pk], reasons)) for pk in first if pk in cards]


def filtered_practices(wanted: CardFilter, listing: Listing) -> QuerySet[GoodPractice]:
    """Exactly the cards that the list shows, in no order."""
    rows: QuerySet[GoodPractice] = GoodPractice.objects.published()
    if wanted.nothing:
        return rows.none()
    if wanted.q:
        rows = matching(rows, listing.query)
    return narrowed(rows, wanted)


def narrowed(rows: QuerySet[GoodPractice], wanted: CardFilter) -> QuerySet[GoodPractice]:
    """Those of the cards that the filters leave, whatever the words."""
    return rows.filter(_condition(wanted))


def sorted_practices(wanted: CardFilter, listing: Listing) -> QuerySet[GoodPractice]:
    """The cards of the list in its order."""
    rows = filtered_practices(wanted, listing)
    if wanted.sort == "title":
        return rows.order_by("sort_title", "pk")
    if wanted.sort == "relevance" and wanted.q and not listing.query.empty:
        return ranked(rows, listing.query).order_by(F("rank").desc(), *NEWEST)
    return rows.order_by(*NEWEST)


NEWEST = (F("published_at").desc(nulls_last=True), "sort_title", "pk")


def _condition(wanted: CardFilter) -> Q:
    lookups = {
        "sector": "sectors__overlap",
        "target": "target_groups__overlap",
        "country": "country__in",
        "kind": "kind__in",
        "language": "language__in",
    }
    conditions: dict[str, Any] = {
        lookups[kind]: list(values) for kind, values in wanted.chosen.items() if values and kind in lookups
    }
    condition = Q(**conditions)
    if levels := wanted.chosen.get("evidence"):
        condition &= Q(evidence_level__in=[CODES.index(level) for level in levels])
    if about := wanted.chosen.get("expertise"):
        links = GoodPractice.concepts.through.objects
        about_it = links.filter(concept__code__in=narrower("expertise", about)).values("goodpractice")
        condition &= Q(pk__in=about_it)
    return condition


def _answer(wanted: CardFilter, index: CardIndex, language: str) -> Answer:
    return answer(
        wanted,
        language=language,
        index=index,
        rows=GoodPractice.objects.published(),
        condition=_condition(wanted),
        kinds=KINDS,
    )


def _listing(wanted: CardFilter, found: Answer, index: CardIndex) -> Listing:
    counted = found.counted
    listing = Listing(counted.total, counted.counts, {}, found.query)
    if wanted.nothing:
        return replace(listing, counts=count(index.facets, index.facets.every, {}, kinds=KINDS).counts)
    if counted.total:
        return listing
    without = dict(counted.without)
    counting = Counting(found.reading, lambda asked: narrowed(GoodPractice.objects.published(), asked))
    with by_index():
        if wanted.q:
            without["q"] = counting.total(replace(wanted, q=""))
        ways = wider_words(wanted, found, counting)
        if not ways and not any(without.values()):
            ways = alone(wanted, counting)
    return replace(listing, without=without, wider=ways)


def why_of(practice: GoodPractice, reasons: Reasons) -> tuple[Why, ...]:
    """Why this card answers a question."""
    concepts = codes_of(practice, "concepts", "competences")
    said = Said(
        f"{practice.title}\n{practice_text(practice)}",
        practice.language,
        (*practice.sectors, *practice.target_groups, *concepts),
        practice.city,
        str(practice.country) if reasons.placed else "",
        practice.mentions.get(practice.language[:2], {}),
    )
    found = list(reasons.of(said))
    # What the original does not answer a translation may.
    for spoken, title, text in translated_texts(practice):
        answered = {why.asked for why in found}
        said = Said(f"{title}\n{text}", spoken, mentions=practice.mentions.get(spoken, {}))
        found += [why for why in reasons.of(said) if why.asked not in answered]
    return tuple(found)
