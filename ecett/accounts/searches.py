"""What may be searched and kept: each database says how its questions are read and which cards they find.

register(SearchKind("host", _("Hosts"), "hosts:host_list", read=…, find=…, cards=…))
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

# {name: values} of an address
Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class FoundCard:
    """A card as a letter tells of it: ``why`` it was found, ``path`` of its page."""

    title: str
    place: str
    why: str
    path: str


@dataclass(frozen=True)
class SearchKind:
    """A database whose questions may be kept.

    ``read``: the values of an address → the same question as an address in one order ("" asks for nothing, None: it
    holds what nobody knows); ``find``: an address and a language → the ids of the cards that everybody may see now;
    ``cards``: ids, address, language → those cards, the best first, at most as many as asked for.
    """

    name: str
    label: str | Promise
    url_name: str
    read: Callable[[Values], str | None]
    find: Callable[[str, str], Collection[int]]
    cards: Callable[[Collection[int], str, str, int], list[FoundCard]]


_kinds: dict[str, SearchKind] = {}


def register(kind: SearchKind) -> None:
    """Let questions to a database be kept."""
    _kinds[kind.name] = kind


def kind_of(name: str) -> SearchKind | None:
    """The database of this name, if there is one."""
    return _kinds.get(name)


def pack(ids: Iterable[int]) -> bytes:
    """Ids of cards in few bytes: ascending, each as its distance from the one before."""
    steps, last = array("Q"), 0
    for number in sorted(set(ids)):
        steps.append(number - last)
        last = number
    return zlib.compress(steps.tobytes(), 6)


def unpack(packed: bytes) -> set[int]:
    """The ids that were packed."""
    if not packed:
        return set()
    steps = array("Q")
    steps.frombytes(zlib.decompress(bytes(packed)))
    ids, last = set(), 0
    for step in steps:
        last += step
        ids.add(last)
    return ids
