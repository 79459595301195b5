"""How many cards each filter leaves, counted with sets of bits. Pure: no Django.

Of every value of every filter the cards that carry it are one whole number, a bit a card. What a question leaves is
an AND of such numbers and a count is how many bits are set: a few microseconds for a hundred thousand cards, however
many cards a question finds and however many kinds of filters there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

# (kind, value, ids of the cards that carry it)
Rows = Iterable[tuple[str, str, Sequence[int]]]
Chosen = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class FacetIndex:
    """Cards by what they carry. ``first``: the id of the card of bit 0; ``every``: all the cards that are listed."""

    first: int = 1
    every: int = 0
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def of(self, kind: str, values: Iterable[str]) -> int:
        """The cards that carry one of the values."""
        known = self.values.get(kind, {})
        return reduce(or_, (known.get(value, 0) for value in values), 0)

    def bits(self, ids: Iterable[int]) -> int:
        """Ids of cards as a set of bits."""
        return bits_of(ids, self.first)

    def ids(self, bits: int) -> Iterator[int]:
        """The cards of a set of bits, by their numbers."""
        return (self.first + at for at in places_of(bits))


@dataclass(frozen=True, slots=True)
class Counted:
    """What a question leaves.

    ``left``: its cards; ``counts``: {kind: {value: cards it would leave}}, each kind under the filters of the others;
    ``without``: cards left if one kind were dropped; ``less``: if one value of it were dropped.
    """

    left: int
    counts: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]
    less: Mapping[tuple[str, str], int]

    @property
    def total(self) -> int:
        """How many cards are left."""
        return self.left.bit_count()


def bits_of(ids: Iterable[int], first: int) -> int:
    """A set of bits: that of the card ``first`` is the lowest. Cards before it have none."""
    places = [number - first for number in ids]
    if not places:
        return 0
    packed = bytearray(max(0, max(places) >> 3) + 1)
    for place in places:
        if place >= 0:
            packed[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(packed, "little")


def places_of(bits: int) -> Iterator[int]:
    """The places of the bits that are set, the lowest first."""
    packed = bits.to_bytes((bits.bit_length() + 7) >> 3, "little")
    for at, byte in enumerate(packed):
        while byte:
            low = byte & -byte
            yield (at << 3) + low.bit_length() - 1
            byte ^= low


def build(first: int, every: Sequence[int], rows: Rows) -> FacetIndex:
    """The index of the listed cards (``every``: their ids, none below ``first``) and of what they carry."""
    return FacetIndex(first, bits_of(every, first), _gathered(rows, first, {}, -1))


def changed(index: FacetIndex, ids: Sequence[int], every: Sequence[int], rows: Rows) -> FacetIndex:
    """The index after some cards (``ids``) have changed: those of them that are listed now, and what they carry."""
    kept = ~index.bits(ids)
    return FacetIndex(
        index.first, index.every & kept | index.bits(every), _gathered(rows, index.first, index.values, kept)
    )


def _gathered(
    rows: Rows, first: int, before: Mapping[str, Mapping[str, int]], kept: int
) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, defaultdict[str, int]] = {
        kind: defaultdict(int, {value: left for value, bits in values.items() if (left := bits & kept)})
        for kind, values in before.items()
    }
    for kind, value, ids in rows:
        found.setdefault(kind, defaultdict(int))[value] |= bits_of(ids, first)
    return {kind: dict(values) for kind, values in found.items()}


def count(
    index: FacetIndex,
    matches: int,
    chosen: Chosen,
    *,
    kinds: Sequence[str],
    all_of: Sequence[str] = (),
    limits: Mapping[str, int] | None = None,
) -> Counted:
    """What the chosen values leave of the ``matches``.

    Between kinds AND, inside a kind OR (AND for those in ``all_of``). ``limits``: {name: cards} of filters that
    have no values to count, such as a distance.
    """
    passed = {kind: _passed(index, kind, values, kind in all_of) for kind, values in chosen.items() if values}
    passed.update(limits or {})
    others = _each_without(passed, matches)
    left = reduce(and_, passed.values(), matches)
    counts = {}
    for kind in kinds:
        # What is alike inside a kind adds up, so its counts leave its own filter aside.
        base = left if kind in all_of else others.get(kind, left)
        known = index.values.get(kind, {})
        counts[kind] = {
            value: number for value, bits in known.items() if (number := (bits & base).bit_count())
        }
    less = {}
    for kind, values in chosen.items():
        for value in values if len(values) > 1 else ():
            rest = [one for one in values if one != value]
            less[kind, value] = (others[kind] & _passed(index, kind, rest, kind in all_of)).bit_count()
    return Counted(left, counts, {name: bits.bit_count() for name, bits in others.items()}, less)


def _passed(index: FacetIndex, kind: str, values: Sequence[str], every: bool) -> int:
    if every:
        return reduce(and_, (index.of(kind, [value]) for value in values), index.every)
    return index.of(kind, values)


def _each_without(passed: Mapping[str, int], matches: int) -> dict[str, int]:
    """{name: what all the other filters leave}"""
    return {
        name: reduce(and_, (bits for other, bits in passed.items() if other != name), matches)
        for name in passed
    }
