"""Words made comparable: endings, compounds, spelling, alphabets (pure)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hosts.compounds import split
from hosts.gazetteer import country_named, romanised, town_asked, town_lexemes
from hosts.greeklish import sound
from hosts.search import parse
from hosts.spelling import closest, strange_words
from hosts.stems import distance, stem, stems
from hosts.terms import terms
from hosts.thesaurus import LANGUAGES, fold


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "addiction addictions"),
        ("en", "child children"),
        ("fr", "jeune jeunes"),
        ("fr", "psychiatrique psychiatriques"),
        ("nl", "gezin gezinnen"),
        ("nl", "dakloze dakloos daklozen"),
        ("nl", "kind kinderen"),
        ("de", "Krankheit Krankheiten"),
        ("es", "adicción adicciones"),
        ("it", "dipendenza dipendenze"),
        ("pt", "prisão prisões"),
        ("el", "εξάρτηση εξαρτήσεις εξαρτήσεων"),
        ("el", "σχολείο σχολεία σχολείων"),
        ("el", "νέος νέοι νέων νέους"),
        ("cs", "závislost závislosti závislostí závislostem"),
        ("cs", "sociální sociálního sociálních sociálním"),
        ("cs", "matka matky matek matce matkou"),
        ("pl", "uzależnienie uzależnień uzależnienia uzależnieniami"),
        ("pl", "bezdomny bezdomnych bezdomnymi bezdomnego"),
        ("hr", "ovisnost ovisnosti ovisnošću"),
        ("hr", "mladi mladih mladima"),
        ("sk", "závislosť závislosti závislostiam"),
        ("sl", "odvisnost odvisnosti odvisnostjo"),
        ("bg", "зависимост зависимости"),
        ("sv", "ungdom ungdomar"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, forms: str) -> None:
    assert len({stem(fold(form), language) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("nl", "gezin", "zin"),
        ("nl", "begeleiding", "beleid"),
        ("el", "αυτισμός", "αυτός"),
        ("it", "giovanni", "giovani"),
        ("cs", "dítě", "díla"),
    ],
)
def test_different_words_keep_different_stems(language: str, one: str, other: str) -> None:
    assert stem(fold(one), language) != stem(fold(other), language)


def test_accents_need_not_be_typed() -> None:
    for word, language in (
        ("závislostí", "cs"),
        ("uzależnień", "pl"),
        ("réductions", "fr"),
        ("ανηλίκων", "el"),
    ):
        assert stems(word, language) == stems(fold(word), language)


@given(st.text(max_size=30), st.sampled_from([*LANGUAGES, "", "hr", "xx"]))
def test_no_word_loses_all_its_letters(text: str, language: str) -> None:
    assert all(stem(word, language) for word in fold(text).split())


def test_compounds_come_apart_into_known_words_only() -> None:
    known = {"sucht", "hilfe", "suchthilfe", "einrichtung", "jugend"}.__contains__
    assert split("suchthilfeeinrichtung", "de", known) == ("suchthilfe", "einrichtung")
    assert split("jugendhilfeeinrichtung", "de", known) == ("jugend", "hilfe", "einrichtung")
    assert split("suchtxyzhilfe", "de", known) == ()
    assert split("suchthilfeeinrichtung", "fr", known) == ()


def test_a_compound_names_the_concepts_of_its_parts_but_no_verb_does() -> None:
    assert set(terms().mentions("jongerenopvang", "nl")) >= {"youth"}
    assert "hospital" in terms().mentions("Universitätsaugenklinik", "de")
    assert "addiction" not in terms().mentions("wir haben versucht, untersucht und besucht", "de")


def test_distance_counts_swapped_letters_once() -> None:
    assert [distance("psihiatrie", other) for other in ("psihiatrie", "psihiatire", "psychiatrie", "xy")] == [
        0,
        1,
        2,
        4,
    ]


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("psychaitrie", "fr", "psychiatrie"),
        ("adicion", "es", "adiccion"),
        ("verslving", "nl", "verslaving"),
        ("uzalznienie", "pl", "uzaleznienie"),
        ("alkohlismus", "cs", "alkoholismus"),
        ("eksartisi", "el", "εξαρτηση"),
        ("exarthsh", "el", "εξαρτηση"),
    ],
)
def test_mistyped_word_is_read_as_the_closest_known_one(typed: str, language: str, meant: str) -> None:
    assert strange_words(parse(typed, language)) == (typed,)
    assert closest(typed, language, ()) == meant


def test_word_that_only_cards_hold_is_a_correction_too() -> None:
    assert closest("Goteborgg".lower(), "en", [("@goteborg", 3), ("§x", 9), ("=goteborg", 3)]) == "goteborg"
    assert closest("zzzzzzz", "en", []) == ""


def test_known_words_and_short_ones_are_not_strange() -> None:
    assert strange_words(parse("harm reduction xy", "en")) == ()


def test_greek_letters_and_their_latin_spellings_sound_alike() -> None:
    assert sound("eksartisi") == sound("exartisi") == sound("εξαρτηση")
    assert romanised(fold("Ιωάννινα")) == "ioannina"


def test_town_is_indexed_and_asked_for_in_cases_and_alphabets() -> None:
    assert set(town_asked("krakowie", "pl")) & set(town_lexemes("Kraków"))
    assert set(town_asked("ioannina", "en")) & set(town_lexemes("Ιωάννινα"))
    assert set(town_asked(fold("Ιωάννινα"), "el")) & set(town_lexemes("Ioannina"))
    assert not set(town_asked("porto", "it")) & set(town_lexemes("Porta Westfalica"))


def test_country_of_two_words_and_none() -> None:
    assert country_named(["republique", "tcheque"], 0, "fr") == (2, "CZ")
    assert country_named(["mali"], 0, "cs") == (0, "")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "daño gran barba pan sudar Granada"),
        ("nl", "let den wallen"),
        ("pl", "pan dan"),
        ("cs", "pan"),
        ("it", "libero"),
        ("pt", "gran barba"),
    ],
)
def test_word_that_shares_a_short_stem_with_a_country_is_none(language: str, words: str) -> None:
    named = [country_named([word], 0, language)[1] for word in fold(words).split()]
    assert named == [""] * len(named)
    units = [unit for word in words.split() for unit in parse(f"{word} x", language).wanted]
    assert not any(unit.country for unit in units)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "danesas alemanes suizas checo"),
        ("nl", "Deense Duitse Zwitserse Tsjechische"),
        ("de", "dänischen deutscher Schweizer Tschechiens"),
        ("fr", "danoises allemands suisses tchèques"),
        ("it", "danesi tedesche svizzeri ceche"),
        ("pt", "dinamarquesas alemães suíças checos"),
        ("el", "Δανίας γερμανικά Ελβετία τσεχική"),
        ("cs", "Dánsku německé Švýcarsko českých"),
        ("pl", "Danii niemieckie Szwajcarii czeskich"),
        ("en", "Danish Germans Swiss Czech"),
    ],
)
def test_forms_of_a_country_and_its_adjective_name_it(language: str, words: str) -> None:
    named = [country_named([word], 0, language)[1] for word in fold(words).split()]
    assert named == ["DK", "DE", "CH", "CZ"]
