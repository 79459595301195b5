"""What a question asks for, and why a card answers it (pure)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hosts.explaining import Reasons, Said, Words
from hosts.search import Query, lexeme, parse
from hosts.steps import expression, steps
from hosts.terms import terms
from hosts.weighing import weighed, with_towns, without_strangers


def units(text: str, language: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(unit.shown, unit.concepts) for unit in parse(text, language).units]


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


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("uzależnień", "pl", "addiction"),
        ("osobom bezdomnym", "pl", "homeless-people"),
        ("závislostí", "cs", "addiction"),
        ("lidí bez domova", "cs", "homeless-people"),
        ("εξαρτήσεων", "el", "addiction"),
        ("αστεγους", "el", "homeless-people"),
        ("jeugdhulpverleners jongerenopvang", "nl", "youth"),
        ("Suchthilfeeinrichtungen", "de", "addiction"),
        ("adicciones", "es", "addiction"),
        ("prisões", "pt", "prison"),
        ("children", "en", "children"),
    ],
)
def test_inflected_and_compound_words_name_their_concept(text: str, language: str, code: str) -> None:
    assert code in {one for _shown, codes in units(text, language) for one in codes}


def test_word_of_a_group_alone_does_not_name_its_concept() -> None:
    assert units("health", "en") == [("health", ())]
    assert units("e-health", "en") == [("e-health", ("digital-help",))]
    assert units("Haus", "de") == [("Haus", ())]


def test_country_is_understood_by_name_and_adjective() -> None:
    for text, language in (
        ("belges", "fr"), ("Belgische", "nl"), ("v Belgii", "cs"), ("w Belgii", "pl"), ("βελγικές", "el"),
        ("Bélgica", "es"), ("belgischen", "de"),
    ):  # fmt: skip
        assert [unit.country for unit in parse(text, language).units] == ["BE"], text


@pytest.mark.parametrize(("word", "language", "country"), [("Suíça", "pt", "CH"), ("Romania", "it", "RO")])
def test_country_goes_before_a_word_of_the_same_stem(word: str, language: str, country: str) -> None:
    (unit,) = parse(word, language).units
    assert (unit.country, unit.concepts) == (country, ())


def test_town_is_asked_for_by_all_its_names_once_a_card_has_one() -> None:
    query = with_towns(parse("Gand", "fr"), {"@gent": 3})
    assert query.units[0].town
    assert {"'@gent'", "'@ghent'", "'=gent'"} <= set(query.units[0].lexemes)
    assert not with_towns(parse("Gand", "fr"), {}).units[0].town
    # A word in small letters that cards use stays a word.
    assert not with_towns(parse("port", "en"), {"@port": 1, "port": 9}).units[0].town


def test_quotes_minus_and_operators_are_no_words() -> None:
    query = parse('"day centre" AND youth -alcohol OR NOT prison', "en")
    assert [(unit.phrase, unit.excluded) for unit in query.units] == [
        ("day centre", False),
        ("youth", False),
        ("alcohol", True),
        ("prison", True),
    ]


def test_question_without_words_is_empty() -> None:
    for text in ("", "   ", "😀😀", "\u202e\u200f", "((((", "' | & ! <-> :*", '""', "\x00", "\ud800", "- -"):
        assert parse(text, "en").empty, text


def test_question_of_stop_words_alone_still_asks_for_them() -> None:
    assert [unit.phrase for unit in parse("de la", "fr").wanted] == ["de", "la"]


def test_long_question_is_answered_for_its_beginning() -> None:
    query = parse("word " * 5_000 + "last", "en")
    assert [unit.phrase for unit in query.units] == ["word"]


def test_correction_is_read_before_groups_are_made() -> None:
    query = parse("reducion de daños", "es", corrections={"reducion": "reduccion"})
    assert [(unit.shown, unit.concepts, unit.close) for unit in query.units] == [
        ("reducion de daños", ("harm-reduction",), "reducción de daños")
    ]


def test_rare_units_count_more_and_common_words_are_optional_beside_a_concept() -> None:
    asked = parse("project for naloxone", "en")
    query = weighed(asked, {"project": 400, "§naloxone": 5}, 1000)
    project, naloxone = query.wanted
    assert (project.optional, naloxone.optional) == (True, False)
    assert project.weight < naloxone.weight <= 1
    alone = weighed(parse("project", "en"), {"project": 400}, 1000)
    assert not alone.wanted[0].optional


def test_matter_that_hardly_a_card_is_about_counts_as_what_lies_near_it() -> None:
    asked = parse("stimulants chemsex", "en")
    stimulants, chemsex = asked.wanted
    assert (stimulants.concepts, chemsex.concepts) == (("stimulant-use",), ("chemsex",))
    near = next(code for code in terms().near(stimulants.concepts) if not terms().sector(code))
    counts = {f"§{near}": 300, "§chemsex": 60}
    by_number = [
        weighed(asked, counts | {"§stimulant-use": number}, 1_000).wanted for number in (0, 5, 9, 10)
    ]
    (beside,) = {units[1].weight for units in by_number}
    weights = [units[0].weight for units in by_number]
    assert weights == sorted(weights)
    assert weights[0] < beside < weights[-1]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "art and music therapy for autistic people"),
        ("fr", "art-thérapie et musicothérapie avec des autistes"),
        ("nl", "kunsttherapie of muziektherapie, autisme"),
        ("de", "Kunst- und Musiktherapie bei Autismus"),
        ("es", "musicoterapia o arteterapia para personas con autismo"),
        ("it", "arteterapia e musicoterapia, autismo"),
        ("pt", "terapia pela arte e pela musicoterapia no autismo"),
        ("el", "μουσικοθεραπεία και εικαστική θεραπεία για άτομα με αυτισμό"),
        ("cs", "arteterapie a muzikoterapie u autistů"),
        ("pl", "muzykoterapia i arteterapia dla osób z autyzmem"),
    ],
)
def test_two_methods_of_which_either_will_do_count_as_one(language: str, text: str) -> None:
    asked = parse(text, language)
    assert [unit.joined for unit in asked.wanted] == [False, True, False]
    codes = {code for unit in asked.wanted for code in (*unit.concepts, *unit.sides)}
    one, other, people = weighed(asked, {f"§{code}": 9 for code in codes}, 1_000).wanted
    assert one.weight == other.weight == pytest.approx(people.weight / 2)
    all_of_it, *_others = steps(asked)
    assert all_of_it[0].count(" & ") == 1


@pytest.mark.parametrize(
    "text",
    [
        "debt and gambling",  # two problems: who has both is meant
        "refugees and family therapy",  # of two kinds
        "art therapy, music therapy",
        "art therapy with music therapy",
        "and art therapy",
    ],
)
def test_other_things_count_each_for_themselves(text: str) -> None:
    assert not any(unit.joined for unit in parse(text, "en").units)


def test_strangers_are_optional_unless_nothing_else_is_asked() -> None:
    query = parse("naloxone xyzzy", "en")
    assert [unit.optional for unit in without_strangers(query, ["xyzzy"]).wanted] == [False, True]
    assert [unit.optional for unit in without_strangers(parse("xyzzy", "en"), ["xyzzy"]).wanted] == [False]


def test_steps_go_from_all_to_any_and_keep_what_says_most() -> None:
    query = weighed(parse("naloxone prison", "en"), {"§naloxone": 5, "§prison": 300}, 1000)
    conditions = list(steps(query))
    assert [relaxed for _text, relaxed, _elsewhere in conditions] == [False, *[True] * (len(conditions) - 1)]
    assert " & " in conditions[0][0]
    all_or_near, most = conditions[1][0].rsplit(" | (", 1)
    assert "§prison" in all_or_near
    assert "§naloxone" in most
    assert "§prison" not in most
    assert " | " in conditions[-1][0]


def test_unwanted_units_stay_unwanted_on_every_step() -> None:
    for text, _relaxed, _elsewhere in steps(parse("naloxone prison -alcohol", "en")):
        assert "!(" in text


def test_expression_quotes_what_could_be_syntax() -> None:
    unit = parse("aftercare", "en").units[0]
    assert expression(unit).startswith("('§aftercare' | '§lack-of-aftercare' | 'aftercar'")
    assert lexeme("http://data.europa.eu/esco/skill/0005c151-5b5a") == "§0005c151-5b5a"


def test_mentions_take_the_longest_words_in_order():
    text = "We receive unaccompanied minors; our street work and harm reduction reach young adults."
    assert terms().mentions(text, "en") == (
        "unaccompanied-minors",
        "street-work",
        "harm-reduction",
        "young-adults",
    )


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("en", "Patients with dual diagnoses fall between two services.", "dual-diagnosis"),
        ("nl", "Dakloze mensen komen niet naar ons centrum.", "homeless-people"),
        ("cs", "Pacienti s duální diagnózou nezapadají na žádné oddělení.", "dual-diagnosis"),
        ("el", "Φιλοξενούμε ασυνόδευτους ανηλίκους.", "unaccompanied-minors"),
        ("pl", "Wielu pacjentów ma nawroty kilka tygodni po wypisie.", "relapse"),
    ],
)
def test_inflected_words_of_a_problem_name_its_concept(language: str, text: str, code: str) -> None:
    assert code in terms().mentions(text, language)


def test_mentions_passes_over_a_word_that_means_something_else_in_another_language() -> None:
    assert "addiction" in terms().mentions("Závislost v rodině", "cs")
    assert "addiction" not in terms().mentions("v závislosti od podmienok", "sk")


def said(text: str, language: str, *declared: str, city: str = "", country: str = "") -> Said:
    words = Words.of(text)
    named = terms().named(words.folded, language)
    return Said(
        text, language, declared, city, country, {code: words.shown(*at) for code, at in named.items()}
    )


def reasons(query: Query, card: Said, reader: str) -> list[tuple[str, str, str]]:
    return [(why.kind, why.asked, why.found) for why in Reasons(query, language=reader).of(card)]


def test_explain_says_word_concept_declaration_and_place() -> None:
    query = with_towns(parse("toxicomanie Lisbonne atelier", "fr"), {"@lisboa": 1})
    assert reasons(query, said("Unsere Suchthilfe, ein Atelier", "de", city="Lisboa"), "fr") == [
        ("concept", "toxicomanie", "Suchthilfe"),
        ("place", "Lisbonne", "Lisboa"),
        ("word", "atelier", "Atelier"),
    ]
    assert reasons(query, said("Casa", "pt", "addiction"), "fr") == [
        ("declared", "toxicomanie", "dépendances")
    ]


def test_explain_shows_the_words_as_the_card_writes_them() -> None:
    query = parse("réduction des risques", "fr")
    assert reasons(query, said("Notre Réduction des Risques, ici", "fr"), "fr") == [
        ("word", "réduction des risques", "Réduction des Risques")
    ]


def test_explain_says_what_a_mistyped_word_was_read_as() -> None:
    query = parse("psihiatrie", "fr", corrections={"psihiatrie": "psychiatrie"})
    (why,) = Reasons(query, language="fr").of(said("Salud mental", "es"))
    assert (why.kind, why.read, why.found) == ("concept", "psychiatrie", "Salud mental")


@given(st.text(max_size=300), st.sampled_from(["en", "fr", "el", "xx", "", "zh-hant"]))
def test_parse_understands_whatever_is_typed(text: str, language: str) -> None:
    query = parse(text, language)
    assert len(query.units) <= 12
    assert all(unit.words and all(unit.words) for unit in query.units)
    for unit in query.units:
        assert expression(unit, wide=True).count("'") % 2 == 0
