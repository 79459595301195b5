"""The thesaurus: complete in ten languages, without contradictions, and it answers what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hosts.enums import Sector
from hosts.terms import Terms
from hosts.thesaurus import LANGUAGES, SCHEMES, ThesaurusError, build, default, fold, load

WORDS = default()


def entry(word: str, **more: list[str]) -> dict[str, list[str]]:
    return {language: [f"{word} {language}"] for language in LANGUAGES} | more


def test_shipped_thesaurus_holds_every_language_and_scheme():
    assert len(WORDS) >= 250
    assert {concept.scheme for concept in WORDS.concepts.values()} == set(SCHEMES)
    for concept in WORDS.concepts.values():
        for language in LANGUAGES:
            assert concept.label(language).strip() == concept.label(language) != ""
            assert concept.synonyms(language), f"{concept.code} has no synonym in {language}"


def test_sectors_are_those_of_host_cards():
    assert {concept.code for concept in WORDS.scheme("sectors")} == set(Sector.values)


def test_greek_is_written_in_greek_letters():
    latin_only = {
        concept.code
        for concept in WORDS.concepts.values()
        if not any("α" <= char <= "ω" for char in fold(concept.label("el")))
    }
    assert latin_only == {"chemsex"}


@pytest.mark.parametrize(
    ("language", "typed", "code"),
    [
        ("fr", "toxicomanie", "substance-dependence"),
        ("fr", "Réduction des risques", "harm-reduction"),
        ("fr", "reduction des risques", "harm-reduction"),
        ("fr", "MENA", "unaccompanied-minors"),
        ("nl", "ama", "unaccompanied-minors"),
        ("nl", "niet-begeleide minderjarigen", "unaccompanied-minors"),
        ("nl", "verslaving", "addiction"),
        ("de", "umF", "unaccompanied-minors"),
        ("it", "MSNA", "unaccompanied-minors"),
        ("it", "riduzione del danno", "harm-reduction"),
        ("es", "patología dual", "dual-diagnosis"),
        ("pt", "sem-abrigo", "homeless-people"),
        ("el", "διπλη διαγνωση", "dual-diagnosis"),
        ("cs", "duální diagnóza", "dual-diagnosis"),
        ("pl", "podwojna diagnoza", "dual-diagnosis"),
    ],
)
def test_words_that_workers_use_are_found(language, typed, code):
    assert code in WORDS.find(typed, language)
    assert code in WORDS.find(typed)


def test_unknown_word_finds_nothing():
    assert WORDS.find("zeppelin") == ()
    assert WORDS.find("toxicomanie", "en") == ()
    assert WORDS.scheme("colours") == ()


def test_mentions_take_the_longest_words_in_order():
    text = "We receive unaccompanied minors; our street work and harm reduction reach young adults."
    assert Terms(WORDS).mentions(text, "en") == (
        "unaccompanied-minors",
        "street-work",
        "harm-reduction",
        "young-adults",
    )


def test_weak_word_is_understood_when_asked_and_not_read_into_a_text():
    table = {"methods": {"a": entry("x") | {"en": ["grief", "~loss"]}}}
    words = Terms(build(table, {"hr": {"a": ["tuga", "~gubitak"]}}))
    assert words.thesaurus["a"].terms["en"] == ("grief", "loss")
    assert words.mentions("a loss of time", "en") == ()
    assert words.mentions("our grief", "en") == words.mentions("tuge", "hr") == ("a",)
    assert words.asked(words.tokens(["loss"], "en"), 0, "en") == (1, ("a",))


def test_kinship_goes_both_ways():
    assert "migrants" in WORDS.ancestors("unaccompanied-minors")
    assert "unaccompanied-minors" in WORDS.descendants("migrants")
    assert "unaccompanied-minors" in WORDS.narrower("young-migrants")
    assert "unaccompanied-minors" not in WORDS.ancestors("unaccompanied-minors")


def test_what_lies_near_does_so_both_ways_but_for_a_sector():
    assert "aggression" in WORDS["non-violent-resistance"].related
    assert "non-violent-resistance" in WORDS.related("aggression")
    assert "social_work" in WORDS.related("housing-need")
    assert "housing-need" not in WORDS.related("social_work")


def test_label_falls_back_to_english_for_a_language_not_served():
    assert WORDS["harm-reduction"].label("sv") == WORDS["harm-reduction"].label("en") == "harm reduction"
    assert WORDS["harm-reduction"].label("fr-BE") == "réduction des risques"
    assert WORDS["harm-reduction"].synonyms("sv") == ()


@pytest.mark.parametrize(
    ("tables", "fault"),
    [
        ({"methods": {"a": entry("x", en=[])}}, "a: no word or an empty word in en"),
        ({"methods": {"a": entry("x", broader=["b"])}}, "a: unknown concept b"),
        ({"methods": {"a": entry("x"), "b": entry("x")}}, "b: same label as a in en: x en"),
        ({"methods": {"a": entry("x")}, "problems": {"a": entry("x")}}, "a: in methods and in problems"),
        ({"methods": {"A b": entry("x")}}, "A b: a code is written in small letters, digits and hyphens"),
        ({"methods": {"a": entry("x", sv=["y"])}}, "a: unknown key sv"),
        ({"methods": {"a": entry("x", en=["~y"])}}, "a: the label in en is weak"),
        ({"colours": {"a": entry("x")}}, "colours: unknown scheme"),
        (
            {"methods": {"a": entry("x", broader=["b"]), "b": entry("y", broader=["a"])}},
            "b: is broader than itself",
        ),
        (
            {"methods": {"a": entry("x", broader=["b"])}, "problems": {"b": entry("y")}},
            "a: broader b is in another scheme",
        ),
    ],
)
def test_contradictory_tables_are_refused_with_the_fault(tables, fault):
    with pytest.raises(ThesaurusError) as refused:
        build(tables)
    assert fault in refused.value.problems


def test_missing_file_is_named(tmp_path):
    with pytest.raises(ThesaurusError, match=r"sectors.toml is missing"):
        load(tmp_path)


@given(st.sampled_from(sorted(WORDS.concepts)), st.sampled_from(LANGUAGES), st.booleans())
def test_every_word_is_found_whatever_its_case(code, language, upper):
    for word in WORDS[code].terms[language]:
        assert code in WORDS.find(word.upper() if upper else word, language)


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)
