"""Mistyped words: which known word was meant. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable

from hosts.gazetteer import CASE, EXACT, PLACE, country_words
from hosts.greeklish import greek_for
from hosts.search import CONCEPT, Query, Unit
from hosts.stems import common_words, distance, stem
from hosts.terms import Terms, terms
from hosts.weighing import bare

# Shorter words are too like too many others.
SHORTEST = 4
# Beside a concept most words are no riddle: so many slips at most, in words of at least so many letters.
CAREFUL = ((5, 1), (8, 2), (12, 3))
# A first letter that is not heard, and left out.
SILENT = "h"
# A name of a country that is mistyped has more letters than these.
COUNTRY = 5
# In a name of so many letters two may be wrong.
LONG = 10
# An ending that another language's rules may take off.
ENDING = 1
# So many strange words of one question are looked up.
MOST = 8


def slips(word: str) -> int:
    """How many letters may be wrong in a word."""
    return 1 if len(word) < 6 else 2 if len(word) < 10 else 3


def strange_words(query: Query, known: Terms | None = None) -> tuple[str, ...]:
    """Words of the question that name nothing: they stand on some card, or they are mistyped."""
    known = known or terms()
    common = common_words(query.language)
    found = (
        unit.words[0]
        for unit in query.wanted
        if len(unit.words) == 1
        and not unit.country
        and not unit.close
        and (
            not unit.concepts
            or derived(unit.words[0], query.language, known)
            # What a Greek types in Latin letters may be a word of another language by chance.
            or typed_in_latin(unit.words[0], query.language, known)
        )
    )
    return tuple(
        word
        for word in dict.fromkeys(found)
        if len(word) >= SHORTEST
        and word not in common
        and (
            typed_in_latin(word, query.language, known)
            or not any(word in known.words_of(language) for language in known.languages)
        )
    )[:MOST]


def derived(word: str, language: str, known: Terms) -> bool:
    """Whether a word was read by its family alone ("thérapeuthique" as a therapist): it may be a slip as well."""
    return bool(known.family(word, language)) and not known.knows(word, language)


def written_so(unit: Unit, language: str) -> tuple[str, ...]:
    """How cards hold a word that was typed as it was meant: what the rules of another language cut off a slip may
    leave the stem of a right word.
    """
    word = unit.words[0]
    own = stem(word, language)
    return tuple(key for key in bare(unit) if key == own or len(key) >= len(word) - ENDING)


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
    # A stem that is known is an ending more often than a slip.
    by_stem = known.knows(word, language)
    most = 1 if by_stem or derived(word, language, known) else slips(word)
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
            and not (by_stem and stem(near, language) == stem(word, language))
        ]
    # A country is meant when a long name is nearly right.
    few = min(most, 1 if len(word) < LONG else 2)
    found += [
        (far + 0.1, 0, 0, -len(name), name)
        for name in sorted(country_words(language) if len(word) > COUNTRY else ())
        if name[0] == word[0] and (far := distance(word, name, few)) <= few
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
