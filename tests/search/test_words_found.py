"""Every word of the thesaurus finds its concept, however it is typed: without accents, at the end of a
sentence, with one letter wrong; a country too. Made from the thesaurus itself, so that a new word enters by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from hosts.gazetteer import country_words, romanised
from hosts.search import Query, parse
from hosts.terms import terms
from hosts.thesaurus import LANGUAGES, Concept, fold
from tests.search.reading import read

# Of words with one letter wrong; some are right words that mean something else (mediation, medication).
LEAST_SLIPS = 0.98
# Of Greek labels typed in Latin letters.
LEAST_LATIN = 0.95
# Words of so few letters become other words by one slip.
LONG = 7
# Every slip is looked up among all words: one concept of so many for each kind of slip.
STEP = 4
# A worker beside another: "trabajador" alone begins the group of working.
READ_OTHERWISE = {("es", "trabajador par"), ("pt", "trabalhador par")}


def named(query: Query) -> set[str]:
    return {code for unit in query.wanted for code in (*unit.concepts, *unit.sides)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_finds_its_concept(language: str) -> None:
    lost = [
        (concept.code, text)
        for concept in terms().thesaurus.concepts.values()
        for word in concept.terms[language]
        if (language, word) not in concept.weak | READ_OTHERWISE
        for text in ways(word, concept, language)
        if concept.code not in named(parse(text, language))
    ]
    assert lost == []


def ways(word: str, concept: Concept, language: str) -> Iterator[str]:
    yield word
    if word == concept.label(language):
        yield fold(word)
        yield f"{word}?"
        yield word.capitalize()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_with_one_letter_wrong_finds_its_concept(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [
        (concept.code, label.replace(word, slip))
        for number, concept in enumerate(terms().thesaurus.concepts.values())
        if (label := concept.label(language))
        and len(word := max(label.split(), key=len)) >= LONG
        and word.isalpha()
        and (slip := slips(word, Random(concept.code + language))[number % STEP])
    ][:: STEP - 1]
    lost = [(code, text) for code, text in asked if code not in named(read(text, language))]

    found = 1 - len(lost) / len(asked)
    with capsys.disabled():
        print(f"\none letter wrong, {language}: {found:.3f} of {len(asked)}")
    assert found >= LEAST_SLIPS, lost


def test_a_greek_label_in_latin_letters_finds_its_concept(capsys: pytest.CaptureFixture[str]) -> None:
    labels = {
        concept.code: romanised(fold(concept.label("el"))) for concept in terms().thesaurus.concepts.values()
    }
    lost = {code: text for code, text in labels.items() if code not in named(read(text, "el"))}

    found = 1 - len(lost) / len(labels)
    with capsys.disabled():
        print(f"\nin Latin letters, el: {found:.3f} of {len(labels)}")
    assert found >= LEAST_LATIN, lost


def slips(word: str, random: Random) -> tuple[str, str, str, str]:
    """The word with a letter left out, two swapped, one doubled, one wrong; never the first or the last."""
    at = random.randrange(1, len(word) - 2)
    before, letter, after, rest = word[:at], word[at], word[at + 1], word[at + 2 :]
    return (
        before + after + rest,
        before + after + letter + rest,
        before + letter + letter + after + rest,
        before + random.choice("aeiourtlns".replace(letter, "")) + after + rest,
    )


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("de", "Naloxon in Grossbritanien", "GB"),
        ("nl", "daklozen in Frankijk", "FR"),
        ("en", "night care in Portugl", "PT"),
        ("fr", "alcool en Alemagne", "DE"),
        ("pl", "alkohol w Hiszpnii", "ES"),
        ("el", "alkool Portogalia", "PT"),
        ("el", "εξάρτηση Ολανδία", "NL"),
    ],
)
def test_a_country_that_is_mistyped_or_typed_in_latin_letters_is_that_country(
    language: str, text: str, country: str
) -> None:
    assert country in {unit.country for unit in read(text, language).units}


def test_words_of_countries_are_those_of_the_language() -> None:
    assert {"frankrijk", "groot"} <= country_words("nl")
    assert country_words("xx") == frozenset()


@pytest.mark.parametrize(
    ("language", "text", "concept"),
    [
        # Parts that are known hide no compound that is.
        ("nl", "zieekenhuis", "hospital"),
        ("nl", "gokkverslaving", "gambling-addiction"),
        ("de", "Gruppeentherapie", "group-therapy"),
        ("de", "Pflegeeheim", "nursing-home"),
        # Portuguese as it was written before 2009.
        ("pt", "novas substâncias psicoactivas", "new-psychoactive-substances"),
        ("pt", "reacções de stress", ""),
        # A stem that is known is a slip all the same when no word of the thesaurus has this form.
        ("it", "persone con disturbo di personaità", "people-with-personality-disorders"),
        ("es", "soldad", "loneliness"),
        # Stems that are one in the rules of a language and two in what they mean.
        ("nl", "ouderen die te veel drinken", "older-people"),
    ],
)
def test_spelling_by_class(language: str, text: str, concept: str) -> None:
    assert not concept or concept in named(read(text, language))


@pytest.mark.parametrize(
    ("language", "text"), list(product(LANGUAGES, ["", "?", "'", "Þþþþþþþþþ", "a" * 500]))
)
def test_anything_is_read(language: str, text: str) -> None:
    assert read(text, language).text == text.strip()
