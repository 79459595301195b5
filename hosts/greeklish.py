"""Greek typed in Latin letters: ``eksartisi``, ``exarthsh`` → εξάρτηση. Pure: no Django."""

from __future__ import annotations

import re
from functools import cache

from hosts.gazetteer import romanised
from hosts.stems import distance
from hosts.terms import Terms

# Many spellings, one sound; in order.
_SOUNDS = (
    ("ks", "x"), ("3", "x"), ("ps", "y"), ("8", "th"), ("w", "o"), ("ou", "u"), ("ai", "e"), ("ei", "i"),
    ("oi", "i"), ("ch", "h"), ("mp", "b"), ("nt", "d"), ("gk", "g"), ("gg", "g"), ("ph", "f"), ("y", "i"),
)  # fmt: skip
# Eta is often typed as it looks.
_ETA = re.compile("(?<=[^aeioutcs])h|h$")


def sound(word: str) -> str:
    """The same for every way to type a Greek word in Latin letters."""
    heard = _ETA.sub("i", romanised(word).replace("th", "8"))
    for written, spoken in _SOUNDS:
        heard = heard.replace(written, spoken)
    return re.sub(r"(.)\1+", r"\1", heard)


@cache
def _sounds(known: Terms) -> dict[str, str]:
    return {sound(word): word for word in sorted(known.words_of("el"))}


def greek_for(word: str, known: Terms, most: int) -> str:
    """The Greek word of the thesaurus that a word in Latin letters sounds like; "" for none."""
    if not word.isascii() or not word.isalpha():
        return ""
    heard = sound(word)
    best = min(((distance(heard, other, most), other) for other in _sounds(known)), default=(most + 1, ""))
    return _sounds(known)[best[1]] if best[0] <= most else ""
