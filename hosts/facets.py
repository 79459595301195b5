"""How many cards each filter would leave: counted from groups of alike cards. Pure: no Django.

A *cube* is what one grouped question to the database gives: every combination of facet values that occurs,
with the number of cards in it. From it come the total, the counts beside each filter (each kind under the
filters of all the other kinds: AND between kinds, OR inside one) and what would be left without one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Combination:
    """Alike cards: {kind: the values they carry}, how many, and the sums of their coordinates (degrees)."""

    values: Mapping[str, tuple[str, ...]]
    count: int
    located: int = 0
    latitudes: float = 0.0
    longitudes: float = 0.0


@dataclass(frozen=True, slots=True)
class Counted:
    """What the chosen filters leave. ``without``: how many would be left if one kind were dropped."""

    total: int
    counts: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]
    left: Sequence[Combination] = field(default_factory=tuple)


def count(cube: Iterable[Combination], chosen: Mapping[str, Sequence[str]], kinds: Sequence[str]) -> Counted:
    """Counts of the values of each kind under the chosen values of the other kinds."""
    wanted = {kind: frozenset(values) for kind, values in chosen.items() if values}
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in kinds}
    without: Counter[str] = Counter()
    left = []
    total = 0
    for group in cube:
        failing = [kind for kind, values in wanted.items() if values.isdisjoint(group.values[kind])]
        if len(failing) > 1:
            continue
        if failing:
            # Counted where this kind itself is not asked.
            without[failing[0]] += group.count
            for value in group.values[failing[0]]:
                counts[failing[0]][value] += group.count
            continue
        total += group.count
        left.append(group)
        for kind in kinds:
            for value in group.values[kind]:
                counts[kind][value] += group.count
    return Counted(total, counts, {kind: total + without[kind] for kind in wanted}, left)
