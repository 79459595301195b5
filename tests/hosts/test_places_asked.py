"""Places as people of other languages call them, and phrases that are about two matters."""

from __future__ import annotations

import pytest

from hosts.gazetteer import town_names
from hosts.search import Query, Unit, parse
from hosts.weighing import without_strangers


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("job shadowing in Avignon", "en"),
        ("tirocinio ad Avignone", "it"),
        ("estágio em Avinhão", "pt"),
        ("estancia en Aviñón", "es"),
        ("πρακτική στην Αβινιόν", "el"),
        ("staż w Awinionie", "pl"),
        ("stáž v Avignonu", "cs"),
    ],
)
def test_a_town_is_known_by_its_names_abroad(question: str, language: str) -> None:
    keys = {key.strip("'") for unit in parse(question, language).units for key in unit.lexemes}
    assert keys & {"@avignon", "@~avignon"}


def test_a_towns_own_name_asks_for_no_other_town() -> None:
    assert town_names("reading", "en") == ()
    assert town_names("avignon", "fr") == ()
    assert town_names("saragossa", "de") == ("zaragoza",)


@pytest.mark.parametrize(
    ("question", "language", "country"),
    [
        ("adiktologické služby v ČR", "cs", "CZ"),
        ("psychiatrie en RFA", "fr", "DE"),
        ("pomoc bezdomnym w RFN", "pl", "DE"),
        ("staż Cypr", "pl", "CY"),
        ("Jugendarbeit in der BRD", "de", "DE"),
    ],
)
def test_a_country_is_known_by_the_letters_people_write(question: str, language: str, country: str) -> None:
    assert [unit.country for unit in parse(question, language).units if unit.country] == [country]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("mobile crisis team", "en"),
        ("équipe mobile de crise", "fr"),
        ("mobiel crisisteam", "nl"),
        ("mobiles Krisenteam", "de"),
        ("equipo móvil de crisis", "es"),
        ("équipe mobile di crisi", "it"),
        ("equipa móvel de crise", "pt"),
        ("κινητή ομάδα κρίσης", "el"),
        ("mobilní krizový tým", "cs"),
        ("mobilny zespół kryzysowy", "pl"),
    ],
)
def test_a_crisis_team_that_moves_is_about_both(question: str, language: str) -> None:
    codes = {code for unit in parse(question, language).units for code in unit.concepts}
    assert {"mobile-team-method", "crisis-intervention"} <= codes


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("family mediation", "en"),
        ("médiation familiale", "fr"),
        ("gezinsbemiddeling", "nl"),
        ("Familienmediation", "de"),
        ("mediación familiar", "es"),
        ("mediazione familiare", "it"),
        ("mediação familiar", "pt"),
        ("οικογενειακή διαμεσολάβηση", "el"),
        ("rodinná mediace", "cs"),
        ("mediacje rodzinne", "pl"),
    ],
)
def test_mediation_in_families_is_about_both(question: str, language: str) -> None:
    codes = {code for unit in parse(question, language).units for code in unit.concepts}
    assert {"mediation", "families"} <= codes


def test_a_strange_word_that_names_a_concept_is_still_asked_for() -> None:
    """A compound that no card has may be read by its parts."""
    known = Unit("kwaliteitsmeting", ("kwaliteitsmeting",), ("quality-evaluation",))
    other = Unit("xyzzy", ("xyzzy",), lexemes=("'xyzzy'",))
    left = without_strangers(Query("", "nl", (known, other)), ["kwaliteitsmeting", "xyzzy"])
    assert [unit.optional for unit in left.units] == [False, False]  # nothing else is asked
    care = Unit("care", ("care",), lexemes=("'care'",))
    left = without_strangers(Query("", "nl", (known, other, care)), ["kwaliteitsmeting", "xyzzy"])
    assert [unit.optional for unit in left.units] == [False, True, False]
