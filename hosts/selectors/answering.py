"""What a question leaves of a kind of cards, and a page of it in any order: the same for hosts and practices.

Counts come from the index of this process (`cardindex`), so they cost the same however many cards a question finds;
words are asked of the database once, which gives the cards that answer and how well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Case, Q, QuerySet, Value, When

from hosts.facets import Counted, FacetIndex, count
from hosts.orders import Order, best
from hosts.search import Query
from hosts.selectors.cardindex import CardIndex, unpacked
from hosts.selectors.filtering import ALL_OF, CardFilter
from hosts.selectors.ranking import STEPS, graded
from hosts.selectors.searching import Reading, by_index, how_many, matching, read, settle

# Words of a question that are left out one by one when it finds nothing.
MOST_WORDS = 6
# (start, size) → [(id, rank 0 to 1)]
Pages = Callable[[int, int], list[tuple[int, float]]]


@dataclass(frozen=True)
class Limit:
    """A filter that has no values to count: the cards it leaves, as bits and as a condition of the database. ``near``:
    (ids, metres) of cards by their distance.
    """

    bits: int
    condition: Q
    near: tuple[Sequence[int], Sequence[int]] | None = None


@dataclass(frozen=True)
class Answer:
    """The cards that a question leaves, a ``page`` of them, and how far they are where a place was named; ``reading``:
    how its words were read, if it has any.
    """

    counted: Counted
    query: Query
    reading: Reading
    page: Pages
    metres: Mapping[int, int] = field(default_factory=dict)


def answer(
    wanted: CardFilter,
    *,
    language: str,
    index: CardIndex,
    rows: QuerySet[Any],
    condition: Q,
    kinds: Sequence[str],
    limits: Mapping[str, Limit] | None = None,
) -> Answer:
    """What a question leaves of the cards of an index. ``rows``: the same cards in the database; ``condition``: what
    the chosen values leave of them.
    """
    limits = limits or {}
    facets = index.facets
    matches = facets.every
    query = Query("", language)
    reading = Reading(query)
    groups: dict[int, int] = {}
    if wanted.nothing:
        matches = 0
    elif wanted.q:
        for limit in limits.values():
            condition &= limit.condition
        with by_index():
            reading = read(wanted.q, language, rows.model)
            query = settle(reading, rows.filter(condition))
            groups = _found(
                matching(rows, query), query, condition, facets, ranking=wanted.sort == "relevance"
            )
        matches &= reduce(or_, groups.values(), 0)
    counted = count(
        facets,
        matches,
        wanted.chosen,
        kinds=kinds,
        all_of=ALL_OF,
        limits={name: limit.bits for name, limit in limits.items()},
    )
    near = next((limit.near for limit in limits.values() if limit.near), None)
    return Answer(
        counted,
        query,
        reading,
        _pages(wanted.sort, index, counted.left, groups, near),
        dict(zip(*near, strict=True)) if near else {},
    )


@dataclass(frozen=True)
class Wider:
    """The question with one thing asked differently, and what it would leave. ``kind``: "value" (without one of several
    values), "word" (without a word), "km" (farther away), "time" (sooner or later), "alone" (one part and no other).
    """

    kind: str
    wanted: CardFilter
    count: int
    name: str = ""
    value: str = ""


@dataclass(frozen=True)
class Counting:
    """How many cards other questions would leave than the one that was read. ``narrowed``: the cards that the filters
    of a question leave, whatever its words.
    """

    reading: Reading
    narrowed: Callable[[CardFilter], QuerySet[Any]]

    def total(self, asked: CardFilter) -> int:
        """The same words, or none, with other filters."""
        return how_many(self.reading, self.narrowed(asked)) if asked.q else self.narrowed(asked).count()

    def less(self, wanted: CardFilter, shown: str) -> tuple[CardFilter, int]:
        """The question without one of its words, and its number."""
        part = self.reading.without(shown)
        return replace(wanted, q=part.query.typed), how_many(part, self.narrowed(wanted))


def wider_words(wanted: CardFilter, found: Answer, counting: Counting) -> tuple[Wider, ...]:
    """The question without one of several values of a kind, or without one of several words, where that helps."""
    ways = []
    for (kind, value), number in found.counted.less.items():
        rest = tuple(one for one in wanted.chosen[kind] if one != value)
        ways.append(
            Wider("value", replace(wanted, chosen={**wanted.chosen, kind: rest}), number, kind, value)
        )
    # The parts of a compound were typed as one word.
    words = list(dict.fromkeys(unit.shown for unit in found.query.wanted))[:MOST_WORDS]
    for shown in words if len(words) > 1 else ():
        ways.append(Wider("word", *counting.less(wanted, shown), value=shown))
    return tuple(way for way in ways if way.count)


def alone(wanted: CardFilter, counting: Counting) -> tuple[Wider, ...]:
    """Each part of the question by itself: for one of which no part can be given up so that something is left."""
    bare = replace(wanted, q="", chosen={}, near=None, free=None)
    parts = {kind: replace(bare, chosen={kind: values}) for kind, values in wanted.chosen.items() if values}
    if wanted.q:
        parts["q"] = replace(bare, q=wanted.q)
    if wanted.near:
        parts["near"] = replace(bare, near=wanted.near)
    if wanted.free:
        parts["free"] = replace(bare, free=wanted.free)
    ways = (Wider("alone", asked, counting.total(asked), kind) for kind, asked in parts.items())
    return tuple(way for way in ways if way.count)


def _pages(
    sort: str,
    index: CardIndex,
    left: int,
    groups: Mapping[int, int],
    near: tuple[Sequence[int], Sequence[int]] | None,
) -> Pages:
    if sort == "distance" and near:
        return partial(_in_order, lambda: Order(near[0], index.facets.first), left)
    if sort == "relevance" and groups:
        return partial(_by_rank, groups, index, left)
    return partial(_in_order, lambda: index.order("liked" if sort == "relevance" else sort), left)


def _in_order(order: Callable[[], Order], left: int, start: int, size: int) -> list[tuple[int, float]]:
    return [(number, 0.0) for number in order().page(left, start, size)]


def _by_rank(
    groups: Mapping[int, int], index: CardIndex, left: int, start: int, size: int
) -> list[tuple[int, float]]:
    return [
        (number, score / STEPS) for number, score in best(groups, left, index.order("liked"), start, size)
    ]


def _found(
    rows: QuerySet[Any], query: Query, condition: Q, facets: FacetIndex, *, ranking: bool
) -> dict[int, int]:
    """{how well in ``STEPS``: the cards that answer the words so well, as bits}: one question, however many there are.
    How well is asked only of those that the filters leave.
    """
    if query.empty or not query.condition:
        return {}
    score: Any = graded(rows.model, query) if ranking else Value(0)
    if ranking and condition:
        score = Case(When(condition, then=score), default=Value(0))
    found = rows.order_by().annotate(score=score).values_list("pk", "score")
    sql, values = found.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT score, string_agg(int8send(id::bigint), ''::bytea) "
            f"FROM ({sql}) AS found (id, score) GROUP BY score",
            values,
        )
        return {score: facets.bits(unpacked(ids)) for score, ids in cursor.fetchall()}
