"""Places as people of other languages call them, and phrases that are about two matters."""

from __future__ import annotations

import pytest

from hosts.gazetteer import places_around, town_names
from hosts.models import Host
from hosts.search import Query, Unit, parse
from hosts.selectors import host_page, read_filter
from hosts.selectors.listing import found_ids
from hosts.services import count_terms, index_hosts, load_thesaurus
from hosts.weighing import without_strangers
from tests.factories import HostFactory


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


@pytest.mark.django_db
def test_few_answers_in_a_town_are_followed_by_those_around_it() -> None:
    load_thesaurus()
    cards = (
        ("In town", "Antwerpen", "BE", ["addiction"]),
        ("Around", "Deurne", "BE", ["addiction"]),
        ("Its name elsewhere", "Deurne", "NL", ["addiction"]),
        ("Other matter in town", "Antwerpen", "BE", ["youth"]),
        ("Far away", "Gent", "BE", ["addiction"]),
    )
    for name, city, country, sectors in cards:
        HostFactory(
            name=name, city=city, country=country, sectors=sectors, summary="We are a team.", expertise=""
        )
    index_hosts()
    count_terms(Host, force=True)
    for question, language in (
        ("addiction Antwerp", "en"),
        ("toxicomanie Anvers", "fr"),
        ("Sucht Antwerpen", "de"),
    ):
        page = host_page(read_filter({"q": [question]}), language=language)
        found = [host.name for host in page.hosts]
        assert found == ["In town", "Around"], question
        near, around = ([why.kind for why in page.why[host.pk]][-1] for host in page.hosts)
        assert (near, around) == ("place", "around")
        # What the list says the export holds too.
        assert set(found_ids(read_filter({"q": [question]}), language=language)) == {
            host.pk for host in page.hosts
        }


@pytest.mark.django_db
def test_enough_answers_in_a_town_are_all() -> None:
    load_thesaurus()
    for at in range(10):
        HostFactory(name=f"In town {at}", city="Antwerpen", country="BE", sectors=["addiction"])
    HostFactory(name="Around", city="Deurne", country="BE", sectors=["addiction"])
    index_hosts()
    count_terms(Host, force=True)
    page = host_page(read_filter({"q": ["addiction Antwerp"]}), language="en")
    assert page.total == 10
    assert "Around" not in [host.name for host in page.hosts]


def test_places_around_are_near_and_of_every_name_of_the_town() -> None:
    assert ("deurne", "BE") in places_around(["antwerp"])
    assert places_around(["nowhere", "antwerp"]) == places_around(["antwerp"])
    assert places_around(["jambes"]) == ()
