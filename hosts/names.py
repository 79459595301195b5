"""The words of a house's name, and what each says of it. Pure: no Django.

Legal forms and little words say nothing; the kind of house ("hospital", "Klinik", "νοσοκομείο") says little and is the
same in every language; a word for a part of a house ("day hospital", "Ambulanz") says which team of several it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from anyascii import anyascii

from ecett.core.search import normalise
from hosts.gazetteer import romanised

FILE = Path(__file__).parent / "data" / "name_words.toml"
# How much a word of a name weighs.
WORD, KIND, INITIAL, TOWN = 1.0, 0.3, 0.2, 0.1
# Words for parts that stand inside longer ones.
WITHIN = ("polikli", "ambulan", "psihiatr", "psykiatr", "psychiatr", "kinderkli")

# One sound, many spellings; in order.
_SOUNDS = (
    ("tsch", "c"), ("sch", "s"), ("sh", "s"), ("zh", "z"), ("kh", "h"), ("ph", "f"), ("th", "t"), ("ch", "c"),
    ("ck", "k"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ou", "u"), ("ei", "i"), ("oi", "i"),
    ("w", "v"), ("y", "i"), ("j", "i"), ("q", "k"), ("x", "ks"),
)  # fmt: skip
_TS = re.compile("ts(?=[aeiou])")
_DOTTED = re.compile(r"\b\w(?:\.\s?\w\b)+\.?")


@dataclass(frozen=True)
class Word:
    """A word of a name: what it counts as (its sound, or the kind of house it means), as written in Latin letters,
    its sound, its weight, and whether it names a part of a house.
    """

    key: str
    piece: str
    sound: str
    weight: float
    part: bool = False


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """The same for many ways to write a word: alphabets, accents, double letters. ``Ψυχιατρικό`` and
    ``psychiatriko`` sound alike.
    """
    heard = anyascii(romanised(normalise(word))).lower()
    heard = re.sub(r"[^a-z0-9]", "", heard)
    for written, spoken in _SOUNDS:
        heard = heard.replace(written, spoken)
    heard = _TS.sub("c", heard).replace("c", "k")
    return re.sub(r"([a-z])\1+", r"\1", heard)


def pieces(text: str) -> list[str]:
    """The words of a text in Latin letters, abbreviations with dots as one: ``s.r.o.`` → ``sro``."""
    bare = anyascii(romanised(normalise(text))).lower()
    bare = _DOTTED.sub(lambda match: re.sub(r"[.\s]", "", match[0]) + " ", bare)
    return re.findall(r"[a-z0-9]+", bare)


@cache
def _little() -> frozenset[str]:
    return frozenset(tomllib.loads(FILE.read_text("utf-8"))["little"]["words"].split())


@cache
def _lists() -> tuple[Mapping[str, str], frozenset[str], frozenset[str], tuple[str, ...]]:
    """({sound: kind}, legal forms, words for parts, beginnings of such words)."""
    data = tomllib.loads(FILE.read_text("utf-8"))
    kinds: dict[str, str] = {}
    for kind, words in data["kinds"].items():
        for word in words.split():
            kinds[sound(word.rstrip("*")) + ("*" if word.endswith("*") else "")] = kind
    legal = frozenset(sound(word) for words in data["legal"].values() for word in words.split())
    parts = data["parts"]["words"].split()
    whole = frozenset(sound(word) for word in parts if not word.endswith("*"))
    return kinds, legal, whole, tuple(sound(word[:-1]) for word in parts if word.endswith("*"))


@lru_cache(maxsize=200_000)
def word_of(piece: str) -> Word | None:
    """What a word of a name says; None for one that says nothing."""
    kinds, legal, parts, beginnings = _lists()
    heard = sound(piece)
    if not heard or heard in legal or piece in _little():
        return None
    kind = kinds.get(heard) or next(
        (kind for start, kind in kinds.items() if start.endswith("*") and heard.startswith(start[:-1])), None
    )
    if kind:
        return Word(f"#{kind}", piece, heard, KIND)
    if heard in parts or heard.startswith(beginnings) or any(word in heard for word in WITHIN):
        return Word(heard, piece, heard, WORD, part=True)
    return Word(heard, piece, heard, INITIAL if len(heard) == 1 else WORD)
