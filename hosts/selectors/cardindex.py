"""What every listed card carries, kept in this process and brought up to date before each answer.

The database notes which cards have changed (``CardChange``); a process reads those again and keeps the rest. Built once
(a second for a hundred thousand cards), it answers how many cards any filter leaves without asking the database.
"""

from __future__ import annotations

import datetime as dt
import threading
from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.db import connection

from ecett.core import clock
from hosts.facets import FacetIndex, build, changed
from hosts.orders import Order, moved

# With more changes than these all cards are read again.
MOST_CHANGES = 2_000
# With more of them an order is read anew.
MOST_MOVED = 200
# Changes older than a day may be forgotten; whoever has not looked for so long reads all cards again.
LOOKED_WITHIN = dt.timedelta(hours=12)


@dataclass(frozen=True)
class Source:
    """A kind of cards. ``rows``: a query that gives (kind, value, id) of the cards in ``{scope}``; kind ``""`` for
    each that is listed. ``orders``: {name: what to order by}. ``above``: the values that a value of a kind implies.
    """

    label: str
    table: str
    listed: str
    rows: str
    orders: Mapping[str, str]
    parameters: Callable[[], Mapping[str, Any]] = dict
    above: Callable[[str, str], Sequence[str]] = lambda _kind, _value: ()


@dataclass(frozen=True)
class CardIndex:
    """The cards of a source as they were at one moment. ``edge``: the oldest transaction not seen for certain."""

    source: Source
    facets: FacetIndex
    edge: int
    file: tuple[Any, ...]
    looked: dt.datetime
    _orders: dict[str, Order] = field(default_factory=dict)
    # Orders as they were before these cards changed: mended when they are asked for.
    _behind: Mapping[str, tuple[Order, frozenset[int]]] = field(default_factory=dict)

    def order(self, name: str) -> Order:
        """The cards in one of the source's orders."""
        known = self._orders.get(name)
        if known is None:
            if name in self._behind:
                before, ids = self._behind[name]
                known = moved(before, ids, partial(self._ask, name))
            self._orders[name] = known = known or Order(self._ask(name), self.facets.first)
        return known

    def after(self, ids: Collection[int]) -> Mapping[str, tuple[Order, frozenset[int]]]:
        """The orders that are known, and the cards that have changed since."""
        behind = {name: (order, known | frozenset(ids)) for name, (order, known) in self._behind.items()}
        behind.update({name: (order, frozenset(ids)) for name, order in self._orders.items()})
        return {name: (order, known) for name, (order, known) in behind.items() if len(known) <= MOST_MOVED}

    def _ask(self, name: str, ids: Collection[int] | None = None) -> array[int]:
        """The ids of all cards, or of those among ``ids`` that are listed, in an order."""
        source = self.source
        scope = "" if ids is None else "AND id = ANY(%(ids)s)"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT string_agg(int8send(id), ''::bytea) FROM (SELECT id "
                f"FROM {source.table} WHERE {source.listed} {scope} ORDER BY {source.orders[name]}) AS listed",
                {"ids": None if ids is None else list(ids)},
            )
            return unpacked(cursor.fetchone()[0])


_held: dict[tuple[str, str], CardIndex] = {}
_lock = threading.Lock()


def card_index(source: Source) -> CardIndex:
    """The cards of a source as they are now."""
    key = (source.label, str(connection.settings_dict["NAME"]))
    held = _held.get(key)
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, "
            "pg_current_xact_id_if_assigned() IS NOT NULL, pg_relation_filenode(%(table)s), "
            "ARRAY(SELECT DISTINCT card FROM hosts_cardchange "
            "WHERE source = %(source)s AND transaction >= %(edge)s LIMIT %(most)s), "
            f"(SELECT min(id) FROM {source.table})",
            {
                "table": source.table,
                "source": source.label,
                "edge": held.edge if held else 2**62,
                "most": MOST_CHANGES + 1,
            },
        )
        edge, writing, number, ids, first = cursor.fetchone()
    # A table that was emptied is another file; how fresh a card is changes with the day.
    file = (number, clock.today())
    known = held is not None and held.file == file and now - held.looked < LOOKED_WITHIN
    if held is None or not known or len(ids) > MOST_CHANGES:
        every, rows = _read(source, None)
        index = CardIndex(source, build(first or 1, every, rows), edge, file, now)
    elif ids:
        every, rows = _read(source, ids)
        index = replace(
            held,
            facets=changed(held.facets, ids, every, rows),
            edge=edge,
            looked=now,
            _orders={},
            _behind=held.after(ids),
        )
    else:
        index = replace(held, edge=edge, looked=now)
    # What this very transaction has written may never come to be: nobody else is told of it.
    if not writing:
        with _lock:
            if key not in _held or _held[key].edge <= edge:
                _held[key] = index
    return index


def _read(
    source: Source, ids: Sequence[int] | None
) -> tuple[Sequence[int], list[tuple[str, str, Sequence[int]]]]:
    scope = "" if ids is None else "AND id = ANY(%(ids)s)"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, value, string_agg(int8send(id), ''::bytea) "
            f"FROM ({source.rows.format(scope=scope)}) AS carried GROUP BY kind, value",
            {"ids": None if ids is None else list(ids), **source.parameters()},
        )
        found = cursor.fetchall()
    every: Sequence[int] = ()
    rows: list[tuple[str, str, Sequence[int]]] = []
    for kind, value, packed in found:
        numbers = unpacked(packed)
        if not kind:
            every = numbers
            continue
        rows += [(kind, one, numbers) for one in (value, *source.above(kind, value))]
    return every, rows


def unpacked(packed: Any) -> array[int]:
    """Numbers as ``string_agg(int8send(…))`` packs them."""
    numbers = array("q")
    numbers.frombytes(bytes(packed or b""))
    numbers.byteswap()
    return numbers


def forget() -> None:
    """Begin anew with the next question (for tests and benchmarks)."""
    _held.clear()


def held() -> Iterator[CardIndex]:
    """What this process keeps, for those who measure it."""
    return iter(tuple(_held.values()))
