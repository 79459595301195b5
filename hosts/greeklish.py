"""Greek typed in Latin letters: ``eksartisi``, ``exarthsh`` → εξάρτηση. Pure: no Django."""

from __future__ import annotations

import re
from functools import cache

from hosts.gazetteer import country_words, romanised
from hosts.stems import distance
from hosts.terms import Terms

# Many spellings, one sound; in order.
_SOUNDS = (
    ("ks", "x"), ("3", "x"), ("ps", "5"), ("8", "th"), ("w", "o"), ("ou", "u"), ("ai", "e"), ("ei", "i"),
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


def _meant(word: str) -> dict[str, None]:
    """Every sound that may be meant: x is typed for ξ and for χ, u for ου and for υ."""
    u = re.sub("(?<!o)u", "y", word)
    return dict.fromkeys(map(sound, (word, word.replace("x", "ch"), u, u.replace("x", "ch"))))


@cache
def _sounds(known: Terms) -> dict[str, str]:
    return {sound(word): word for word in sorted(known.words_of("el") | country_words("el"))}


def greek_for(word: str, known: Terms, most: int) -> str:
    """The Greek word of the thesaurus that a word in Latin letters sounds like; "" for none."""
    if not word.isascii() or not word.isalpha():
        return ""
    sounds, meant = _sounds(known), _meant(word)
    exact = next((heard for heard in meant if heard in sounds), "")
    if exact or not most:
        return sounds.get(exact, "")
    best = min(
        ((distance(heard, other, most), other) for heard in meant for other in sounds), default=(most + 1, "")
    )
    return sounds[best[1]] if best[0] <= most else ""
