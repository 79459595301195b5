"""One search for hosts and good practices together: the best of both by one measure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Window

from goodpractices.models import GoodPractice
from goodpractices.selectors import listing as practices
from goodpractices.services.indexing import published_translations
from hosts.explaining import Reasons, Why
from hosts.models import Host
from hosts.search import CONCEPT, Query
from hosts.selectors import listing as hosts
from hosts.selectors.filtering import CardFilter
from hosts.selectors.searching import understand
from hosts.terms import terms

KINDS = ("host", "practice")
# A concept of a card and the weights of what speaks for it, as PostgreSQL prints them.
_MARK = re.compile(rf"'{CONCEPT}((?:[^']|'')+)':([0-9A-D,]+)")


@dataclass(frozen=True)
class Hit:
    """A card found. ``score``: 0 to 1, the same measure for both kinds; ``concepts``: what it is about."""

    kind: str
    card: Host | GoodPractice
    score: float
    why: tuple[Why, ...]
    concepts: tuple[str, ...]

    @property
    def title(self) -> str:
        """The name of a host, the title of a practice."""
        return self.card.name if isinstance(self.card, Host) else self.card.title


@dataclass(frozen=True)
class Found:
    """What a question finds: ``totals`` of each kind, and the first of each in their order."""

    queries: Mapping[str, Query]
    totals: Mapping[str, int] = field(default_factory=dict)
    hits: Mapping[str, Sequence[Hit]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many cards of both kinds."""
        return sum(self.totals.values())

    def mixed(self, limit: int) -> list[Hit]:
        """The best of both kinds; where they are equally good they take turns."""
        rows = [
            (-hit.score, place, number, hit)
            for number, kind in enumerate(self.hits)
            for place, hit in enumerate(self.hits[kind])
        ]
        return [hit for _score, _place, _number, hit in sorted(rows, key=lambda row: row[:3])[:limit]]


def find_cards(wanted: Mapping[str, CardFilter], *, language: str, limit: int) -> Found:
    """The best cards of each kind asked for: {"host": filter, "practice": filter}. Their number of questions to the
    database does not grow with what is found.
    """
    queries: dict[str, Query] = {}
    totals: dict[str, int] = {}
    hits: dict[str, list[Hit]] = {}
    for kind, asked in wanted.items():
        search = _hosts if kind == "host" else _practices
        queries[kind], totals[kind], hits[kind] = search(asked, language, limit)
    return Found(queries, totals, hits)


def _hosts(wanted: CardFilter, language: str, limit: int) -> tuple[Query, int, list[Hit]]:
    query = Query("", language)
    if wanted.q and not wanted.unknown:
        query = understand(wanted.q, language, hosts.narrowed(Host.objects.published(), wanted))
    rows = hosts.sorted_hosts(wanted, hosts.Listing(0, {}, {}, (), query))
    total, ranks = _first(rows, limit)
    reasons = Reasons(query, language=language)
    cards = Host.objects.defer("search").prefetch_related("concepts").in_bulk(list(ranks))
    return (
        query,
        total,
        [
            Hit(
                "host",
                card,
                ranks[pk],
                hosts.why_of(card, reasons),
                concepts_of(card, card.concepts.all()),
            )
            for pk in ranks
            if (card := cards.get(pk))
        ],
    )


def _practices(wanted: CardFilter, language: str, limit: int) -> tuple[Query, int, list[Hit]]:
    query = Query("", language)
    if wanted.q and not wanted.unknown:
        query = understand(wanted.q, language, practices.narrowed(GoodPractice.objects.published(), wanted))
    rows = practices.sorted_practices(wanted, practices.Listing(0, {}, {}, query))
    total, ranks = _first(rows, limit)
    reasons = Reasons(query, language=language)
    chosen = GoodPractice.objects.defer("search").prefetch_related(
        "concepts", "competences", published_translations()
    )
    cards = chosen.in_bulk(list(ranks))
    return (
        query,
        total,
        [
            Hit(
                "practice",
                card,
                ranks[pk],
                practices.why_of(card, reasons),
                concepts_of(card, (*card.concepts.all(), *card.competences.all())),
            )
            for pk in ranks
            if (card := cards.get(pk))
        ],
    )


def _first(rows: QuerySet[Any], limit: int) -> tuple[int, dict[int, float]]:
    """How many there are, and {id: rank} of the first."""
    found = rows.annotate(n=Window(Count("pk")))
    names = ("pk", "n", "rank") if "rank" in rows.query.annotations else ("pk", "n")
    listed = [(pk, n, *rank) for pk, n, *rank in found.values_list(*names)[:limit]]
    return (listed[0][1] if listed else 0), {pk: float(rank[0]) if rank else 0.0 for pk, _n, *rank in listed}


def concepts_of(card: Host | GoodPractice, chosen: Collection[Any]) -> tuple[str, ...]:
    """Codes of what a card is about: what its author chose, then what its title or text names."""
    known = terms().thesaurus
    found = dict.fromkeys((*card.sectors, *card.target_groups, *(concept.code for concept in chosen)))
    for code, weights in _MARK.findall(card.marks or ""):
        if code in known and not weights.endswith("4D"):
            found.setdefault(code)
    return tuple(found)
