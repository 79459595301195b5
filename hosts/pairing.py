"""Which cards of a directory may be the same, found without holding each card against each. Pure: no Django."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from hosts.duplicates import LIKELY, Facts, Likeness, Prepared, compare, prepare

Progress = Callable[[int, int], None]
# A key that so many cards share tells nothing.
CROWD = 60
CELL = 0.004


def keys_of(card: Prepared) -> Iterator[str]:
    """What a card can be found by: two cards that may be the same share one of these at least."""
    country = card.facts.country
    yield f"n|{country}|{''.join(sorted(word.sound for word in card.words))}"
    starts = {word.sound[:4] for word in card.words if word.key[0] != "#"} or {
        word.sound for word in card.words
    }
    for town in card.town:
        yield f"w|{country}|{'|'.join(card.title)}"
        for start in starts:
            yield f"t|{country}|{town}|{start}"
        for word in card.street:
            for door in card.door or ("",):
                yield f"a|{country}|{town}|{word}|{door}"
    if card.facts.latitude is not None and card.facts.longitude is not None:
        row, column = math.floor(card.facts.latitude / CELL), math.floor(card.facts.longitude / CELL)
        for down in (0, 1):
            for aside in (0, 1):
                yield f"c|{row + down}|{column + aside}"
    if card.website:
        yield f"u|{card.website}"
    if card.email:
        yield f"e|{card.email}"


@dataclass(frozen=True)
class Pair:
    """Two cards that may be the same, ``one`` < ``other`` by key."""

    one: Facts
    other: Facts
    likeness: Likeness


def find_pairs(
    cards: Iterable[Facts], *, least: float = LIKELY, progress: Progress | None = None
) -> list[Pair]:
    """Every likely pair of a directory, the likeliest first.

    Only cards that share a key are held against each other; keys shared by more than ``CROWD`` cards are left
    out, but for those of the whole name in one town. ``progress(done, of)`` is called now and then.
    """
    prepared = [prepare(facts) for facts in cards]
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for at, card in enumerate(prepared):
        for key in set(keys_of(card)):
            blocks[key].append(at)
    neighbours: defaultdict[int, set[int]] = defaultdict(set)
    for key, members in blocks.items():
        if 2 <= len(members) <= CROWD or (len(members) > 1 and key[0] == "w"):
            for place, at in enumerate(members):
                neighbours[at].update(members[place + 1 :])
    found = []
    for done, at in enumerate(sorted(neighbours)):
        for to in neighbours[at]:
            result = compare(prepared[at], prepared[to])
            if result.score >= least:
                one, other = sorted((prepared[at].facts, prepared[to].facts), key=lambda facts: facts.key)
                found.append(Pair(one, other, result))
        if progress and done % 500 == 0:
            progress(done, len(neighbours))
    return sorted(found, key=lambda pair: (-pair.likeness.score, pair.one.key, pair.other.key))
