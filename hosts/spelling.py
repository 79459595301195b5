"""Mistyped words: which known word was meant. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable

from hosts.gazetteer import CASE, EXACT, PLACE
from hosts.greeklish import greek_for
from hosts.search import CONCEPT, Query
from hosts.stems import distance, stem
from hosts.terms import Terms, terms

# Shorter words are too like too many others.
SHORTEST = 4
# Beside a concept most words are no riddle: so many slips at most, in words of at least so many letters.
CAREFUL = ((5, 1), (8, 2), (12, 3))
# A first letter that is not heard, and left out.
SILENT = "h"
# So many strange words of one question are looked up.
MOST = 4


def slips(word: str) -> int:
    """How many letters may be wrong in a word."""
    return 1 if len(word) < 6 else 2 if len(word) < 10 else 3


def strange_words(query: Query, known: Terms | None = None) -> tuple[str, ...]:
    """Words of the question that name nothing: they stand on some card, or they are mistyped."""
    known = known or terms()
    found = (
        unit.words[0]
        for unit in query.wanted
        if len(unit.words) == 1
        and not unit.country
        and not unit.close
        and (not unit.concepts or derived(unit.words[0], query.language, known))
    )
    return tuple(
        word
        for word in dict.fromkeys(found)
        if len(word) >= SHORTEST
        and (
            typed_in_latin(word, query.language, known)
            or not (
                known.knows(word, query.language)
                or any(word in known.words_of(language) for language in known.languages)
            )
        )
    )[:MOST]


def derived(word: str, language: str, known: Terms) -> bool:
    """Whether a word was read by its family alone ("thérapeuthique" as a therapist): it may be a slip as well."""
    return bool(known.family(word, language)) and not known.knows(word, language)


def typed_in_latin(word: str, language: str, known: Terms | None = None) -> bool:
    """Whether a Greek typed exactly a word of the thesaurus in Latin letters, whatever else it may be."""
    return language[:2] == "el" and bool(greek_for(word, known or terms(), 0))


def closest(
    word: str,
    language: str,
    on_cards: Iterable[tuple[str, int]],
    known: Terms | None = None,
    *,
    careful: bool = False,
) -> str:
    """The known word that a mistyped one was meant to be, "" when none is near. ``careful``: only a word of the
    thesaurus in the asker's own language.

    ``on_cards``: (lexeme, number of cards) of similar terms of cards. The asker's own language goes before the
    others, a word of the thesaurus before one of the cards, what is on many cards before what is on few.
    """
    known = known or terms()
    language = language[:2]
    most = 1 if derived(word, language, known) else slips(word)
    if careful:
        most = min(most, max((few for least, few in CAREFUL if len(word) >= least), default=0))
    if language == "el" and (heard := greek_for(word, known, 1)):
        return heard
    found: list[tuple[float, int, int, int, str]] = []
    others = () if careful else known.languages
    for number, other in enumerate(dict.fromkeys((language, *others))):
        found += [
            # Of equally near ones the longer: letters are left out more often than added.
            (far + (0.0 if number == 0 else 0.5), 0, 0, -len(near), near)
            for far, near in known.alike(word, other, most)
            # A prefix is no slip: who types "scolarisation" does not mean "déscolarisation".
            if (near[0] == word[0] or (far == 1 and (not careful or near[0] == SILENT)))
            and not known.spelled(near).isupper()
        ]
    key = stem(word, language)
    for lexeme, cards in () if careful else on_cards:
        if lexeme[:1] in (CONCEPT, EXACT) or lexeme.startswith(CASE):
            continue
        term = lexeme.removeprefix(PLACE)
        far = min(distance(word, term, most), distance(key, term, most))
        if far <= most:
            found.append((far + 0.25, 1, -cards, 0, term))
    if found:
        return min(found)[-1]
    return greek_for(word, known, most) if language == "el" else ""
