"""Cards in an order that does not hang on the question, and pages of it. Pure: no Django.

When a few cards have changed, an order is mended and not read anew: where those cards now stand is asked of the
database twice (`moved`), however many cards there are.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import islice, pairwise
from math import isqrt

from hosts.facets import places_of

# The listed ones of these cards, by their ids, in the order in question.
Ask = Callable[[Sequence[int]], Sequence[int]]


class Order:
    """Cards by name, by date; ``ids``: in this order; ``first``: no card has a lower id."""

    def __init__(self, ids: Iterable[int], first: int) -> None:
        self._places = array("I", (number - first for number in ids))
        self._rank = array("I", bytes(4 * (max(self._places, default=-1) + 1)))
        for at, place in enumerate(self._places):
            self._rank[place] = at
        self._first = first

    def __len__(self) -> int:
        return len(self._places)

    def ids(self, start: int = 0, end: int | None = None, step: int = 1) -> list[int]:
        """A slice of it."""
        return [self._first + place for place in self._places[start:end:step]]

    def without(self, ids: Iterable[int]) -> Order:
        """It without these cards."""
        left = self._places[:]
        known = [one - self._first for one in ids if one - self._first in range(len(self._rank))]
        # A place that no card has may look like the first card's.
        at = {self._rank[place] for place in known if left and left[self._rank[place]] == place}
        for rank in sorted(at, reverse=True):
            del left[rank]
        return Order((self._first + place for place in left), self._first)

    def joined(self, runs: Iterable[tuple[int, Sequence[int]]]) -> Order:
        """It with more cards. ``runs``: (how many of its cards stand before them, cards in their order)."""
        places = self._places[:]
        for at, ids in sorted(runs, reverse=True):
            places[at:at] = array("I", (number - self._first for number in ids))
        return Order((self._first + place for place in places), self._first)

    def page(self, left: int, start: int, size: int) -> list[int]:
        """Ids of the cards of a set of bits from the ``start``-th on, in this order."""
        return [self._first + place for place in islice(self._in(left), start, start + size)]

    def _in(self, left: int) -> Iterable[int]:
        rank = self._rank
        if left.bit_count() < len(self._places) >> 3:
            # Few are sorted sooner than found among all.
            places = (place for place in places_of(left) if place < len(rank))
            return sorted(
                (place for place in places if self._places[rank[place]] == place), key=rank.__getitem__
            )
        packed = left.to_bytes((left.bit_length() + 7) >> 3, "little")
        edge = len(packed) << 3
        return (place for place in self._places if place < edge and packed[place >> 3] & (1 << (place & 7)))


def best(groups: Mapping[int, int], left: int, order: Order, start: int, size: int) -> list[tuple[int, int]]:
    """(id, score) of a page of the best cards that are left. ``groups``: {score: its cards, a bit each}; equally good
    ones stand in ``order``.

    Only the cards that are as good as those of the page are sorted: a late page costs what the first one does.
    """
    found: list[tuple[int, int]] = []
    for score in sorted(groups, reverse=True):
        group = groups[score] & left
        number = group.bit_count()
        if start >= number:
            start -= number
            continue
        found += [(one, score) for one in order.page(group, start, size - len(found))]
        start = 0
        if len(found) == size:
            break
    return found


def moved(order: Order, ids: Collection[int], ask: Ask) -> Order | None:
    """The order after the cards ``ids`` have changed, come or gone; nothing when others have changed meanwhile too.

    The cards that stay are halfway marks: each changed card is compared with every n-th of them, then with those
    between the two it fell in, n being the square root of their number.
    """
    stay = order.without(ids)
    step = isqrt(len(stay)) + 1
    marks = {number: at * step for at, number in enumerate(stay.ids(step=step))}
    runs = _runs(ask([*marks, *ids]), marks)
    if runs is None:
        return None
    near = {
        number: at
        for start in (at for at, run in runs if run and at >= 0)
        for at, number in enumerate(stay.ids(start, start + step), start)
    }
    runs = _runs(ask([*near, *ids]), near)
    return None if runs is None else stay.joined((at + 1, run) for at, run in runs if run)


def _runs(asked: Sequence[int], known: dict[int, int]) -> list[tuple[int, list[int]]] | None:
    """[(place of a known card or -1, the other cards right after it)]; nothing when the known ones are not in the
    order of their places.
    """
    found: list[tuple[int, list[int]]] = [(-1, [])]
    for number in asked:
        if number in known:
            found.append((known[number], []))
        else:
            found[-1][1].append(number)
    if len(found) <= len(known) or any(one >= other for (one, _), (other, _) in pairwise(found)):
        return None
    return found
