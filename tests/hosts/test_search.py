"""What a question asks for, and why a card answers it (pure)."""

from hypothesis import given
from hypothesis import strategies as st

from hosts.search import explain, expression, lexeme, parse, relaxed, terms, with_closest
from hosts.stems import stem


def units(text: str, language: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(unit.shown, unit.concepts) for unit in parse(text, language).units]


def test_stem_makes_singular_and_plural_alike() -> None:
    pairs = [
        ("jeune", "jeunes"),
        ("adiccion", "adicciones"),
        ("verslaving", "verslavingen"),
        ("family", "families"),
    ]
    assert [stem(one) == stem(other) for one, other in pairs] == [True] * len(pairs)


def test_stem_keeps_a_name_apart_from_a_word() -> None:
    assert stem("giovanni") != stem("giovani")


def test_group_of_words_that_names_a_concept_is_one_unit() -> None:
    assert units("réduction des risques pour jeunes", "fr") == [
        ("réduction des risques", ("harm-reduction",)),
        ("jeunes", ("youth",)),
    ]


def test_same_concept_from_words_of_three_languages() -> None:
    found = [
        units(text, language)[0][1]
        for text, language in (("verslaving", "nl"), ("Sucht", "de"), ("dipendenze", "it"))
    ]
    assert all("addiction" in codes for codes in found)


def test_word_of_another_language_is_understood_too() -> None:
    assert "addiction" in units("verslaving", "fr")[0][1]


def test_quotes_minus_and_operators_are_no_words() -> None:
    query = parse('"day centre" AND youth -alcohol OR', "en")
    assert [(unit.phrase, unit.excluded) for unit in query.units] == [
        ("day centre", False),
        ("youth", False),
        ("alcohol", True),
    ]


def test_question_without_words_is_empty() -> None:
    for text in ("", "   ", "😀😀", "\u202e\u200f", "((((", "' | & ! <-> :*", '""', "\x00"):
        assert parse(text, "en").empty, text


def test_question_of_stop_words_alone_still_asks_for_them() -> None:
    assert [unit.phrase for unit in parse("de la", "fr").wanted] == ["de", "la"]


def test_long_question_is_answered_for_its_beginning() -> None:
    query = parse("word " * 5_000 + "last", "en")
    assert [unit.phrase for unit in query.units] == ["word"]


def test_mistyped_word_is_read_as_the_closest_of_the_thesaurus() -> None:
    unit = with_closest(parse("psihiatrie", "fr").units[0])
    assert (unit.close, "psychiatry" in unit.concepts) == ("psychiatrie", True)


def test_word_like_no_other_is_looked_for_by_its_spelling() -> None:
    unit = with_closest(parse("Göteborgg", "en").units[0])
    assert (unit.close, unit.loose) == ("", True)


def test_relaxed_takes_groups_apart() -> None:
    query = relaxed(parse("dakloze jongeren", "nl"))
    assert [unit.phrase for unit in query.units] == ["dakloze", "jongeren"]


def test_expression_quotes_what_could_be_syntax() -> None:
    unit = parse("aftercare", "en").units[0]
    assert expression(unit, wide=False) == "(('aftercar') | ('§aftercare'))"
    assert lexeme("http://data.europa.eu/esco/skill/0005c151-5b5a") == "§0005c151-5b5a"


def test_mentions_passes_over_a_word_that_means_something_else_in_another_language() -> None:
    assert "addiction" in terms().mentions("Závislost v rodině", "cs")
    assert "addiction" not in terms().mentions("v závislosti od podmienok", "sk")


def test_explain_says_word_concept_and_declaration() -> None:
    query = parse("toxicomanie Porto xyz", "fr")
    card = "suchthilfe porto"
    found = explain(query, card, language="fr", declared=(), card_language="de")
    assert [(why.kind, why.asked, why.found) for why in found] == [
        ("concept", "toxicomanie", "suchthilfe"),
        ("word", "Porto", "porto"),
    ]
    declared = explain(query, "porto", language="fr", declared=("addiction",), card_language="pt")
    assert [(why.kind, why.found) for why in declared] == [("declared", "dépendances"), ("word", "porto")]


@given(st.text(max_size=300), st.sampled_from(["en", "fr", "el", "xx", ""]))
def test_parse_understands_whatever_is_typed(text: str, language: str) -> None:
    query = parse(text, language)
    assert len(query.units) <= 12
    assert all(unit.words and all(unit.words) for unit in query.units)
    for unit in query.units:
        assert expression(unit, wide=True).count("'") % 2 == 0
