"""To which of ECETT's sectors a text of another body belongs: for lists that know nothing of our sectors.
Pure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from hosts.terms import terms
from hosts.thesaurus import fold

SECTORS = ("addiction", "social_work", "youth", "psychiatry")
FILE = Path(__file__).parent.parent / "data" / "sector_words.toml"
# Children in a text make no youth service of a hospital: whom a house serves says nothing of its sector.
_SAYING = frozenset({"sectors", "problems", "settings", "methods"})


@cache
def _words() -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """{sector: (beginnings of words, parts of words)}"""
    table = tomllib.loads(FILE.read_text("utf-8"))
    return {
        sector: (
            tuple(word for word in table[sector] if not word.startswith("*")),
            tuple(word[1:] for word in table[sector] if word.startswith("*")),
        )
        for sector in SECTORS
    }


def sectors_named(text: str, language: str) -> set[str]:
    """The sectors a text speaks of: by a concept of the thesaurus, or by a telling word of any language."""
    known = terms()
    codes = [code for code in known.mentions(text, language) if known.thesaurus[code].scheme in _SAYING]
    named = {*codes, *known.near(codes), *known.broader(codes)}
    found = {sector for sector in SECTORS if sector in named}
    words = set(fold(text).split())
    for sector, (beginnings, parts) in _words().items():
        if sector not in found and any(
            word.startswith(beginnings) or any(part in word for part in parts) for word in words
        ):
            found.add(sector)
    return found
