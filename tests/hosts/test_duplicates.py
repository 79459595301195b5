"""Whether two cards speak of the same team (pure), and what the finder finds in the real file."""

from __future__ import annotations

import csv
import itertools
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecett.core.imports.mapping import find_layout, map_rows
from ecett.core.imports.report import Report
from hosts.duplicates import LIKELY, SAME_KEY, Facts, kilometres, likeness
from hosts.imports.importer import HostImporter, card_key
from hosts.names import sound
from hosts.pairing import CROWD, find_pairs

JUDGED = Path(__file__).parent / "judged_duplicates.tsv"
WORDS = st.sampled_from(
    ["Klinik", "Huset", "Saint", "Anna", "CHU", "Centre", "Hospitalier", "Psychiatrie", "Ψυχιατρικό", "Света", "2",
     "II", "e.V.", "vzw", "Tagesklinik", "A", "Graz", "Krakowie", "pour", "enfants", "d'Orthez", "(Site", "№7"]
)  # fmt: skip
NAMES = st.one_of(st.lists(WORDS, min_size=1, max_size=7).map(" ".join), st.text(max_size=40))
FACTS = st.builds(
    Facts,
    key=st.just(""),
    name=NAMES,
    city=st.sampled_from(["Graz", "Kraków", "Αθήνα", "Athens", "Łódź-Górna - Łódź", "Bruxelles--2", "", "Bad Weimar"]),
    country=st.sampled_from(["AT", "GR"]),
    address=st.sampled_from(["", "Rue Haute 5", "5 rue Haute", "ul. Szpitalna 16a", "Hauptstraße 3-5"]),
    postcode=st.sampled_from(["", "8010", "D01 F772"]),
    latitude=st.none() | st.floats(47, 48),
    longitude=st.none() | st.floats(15, 16),
    website=st.sampled_from(["", "http://www.huset.dk/", "https://huset.dk"]),
    email=st.sampled_from(["", "post@huset.dk"]),
)  # fmt: skip


def card(name: str, city: str = "Graz", country: str = "AT", **facts: Any) -> Facts:
    return Facts(key="", name=name, city=city, country=country, **facts)


# ── properties ──
@given(FACTS, FACTS)
def test_likeness_is_a_share_and_the_same_both_ways(one: Facts, other: Facts) -> None:
    assert 0.0 <= likeness(one, other).score <= 1.0
    assert likeness(one, other).score == likeness(other, one).score


@given(FACTS)
def test_a_card_is_wholly_like_itself(facts: Facts) -> None:
    assert likeness(facts, replace(facts, key="another")).score == 1.0


@given(FACTS, FACTS)
def test_a_word_that_only_one_name_has_never_makes_it_likelier(one: Facts, other: Facts) -> None:
    longer = replace(one, name=f"Zqxwvyk {one.name}")
    assert likeness(longer, other).score <= likeness(one, other).score + 1e-9


@given(FACTS, FACTS, st.floats(0, 0.5), st.floats(0, 0.5))
def test_distance_never_makes_it_likelier(one: Facts, other: Facts, north: float, further: float) -> None:
    one = replace(one, latitude=47.0, longitude=15.0)
    near = replace(other, latitude=47.0 + north, longitude=15.0)
    far = replace(other, latitude=47.0 + north + further, longitude=15.0)
    assert likeness(one, far).score <= likeness(one, near).score + 1e-9


@given(FACTS, FACTS)
def test_one_website_or_address_in_common_never_makes_it_less_likely(one: Facts, other: Facts) -> None:
    before = likeness(replace(one, website=""), replace(other, website="")).score
    shared = likeness(replace(one, website="http://a.eu"), replace(other, website="https://www.a.eu/")).score
    assert shared >= before - 1e-9


@given(FACTS, FACTS)
def test_countries_are_never_crossed(one: Facts, other: Facts) -> None:
    assert likeness(replace(one, country="AT"), replace(other, country="GR")).score == 0.0


# ── names that people write ──
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (card("Vågbrytaren", "Malmö", "SE"), card("Vagbrytaern", "Malmo", "SE")),
        (card("ΚΕΘΕΑ ΣΤΡΟΦΗ", "Αθήνα", "GR"), card("KETHEA Strofi", "Athens", "GR")),
        (card("Клинички центар Србије", "Београд", "RS"), card("Klinički centar Srbije", "Beograd", "RS")),
        (card("МБАЛ „Света Анна“", "Варна", "BG"), card("MBAL Sveta Anna AD", "Varna", "BG")),
        (card("Многопрофилна болница за активно лечение Света Анна", "Варна", "BG"),
         card("MBAL Sveta Anna", "Varna", "BG")),
        (card("Szpital Miejski w Krakowie", "Kraków", "PL"), card("Municipal Hospital Krakow", "Krakow", "PL")),
        (card("Psychiatrická nemocnice Bohnice", "Praha", "CZ"), card("Bohnice Psychiatric Hospital", "Prague", "CZ")),
        (card("Huis De Brug vzw", "Gent", "BE"), card("De Brug", "Gand", "BE")),
        (card("Caritas e.V. Suchtberatung", "Köln", "DE"), card("Suchtberatung der Caritas gGmbH", "Koeln", "DE")),
        (card("Centre Médico-Psychologique Adultes", "Lyon", "FR"), card("CMP Adultes", "Lyon", "FR")),
        (card("Kinder-Klinik St. Anna", "Wien"), card("Kinderklinik Sankt Anna", "Vienna")),
    ],
)  # fmt: skip
def test_one_team_under_two_names(one: Facts, other: Facts) -> None:
    assert likeness(one, other).score >= LIKELY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (card("Klinik 1"), card("Klinik 2")),
        (card("Station 4A"), card("Station 4B")),
        (card("Haus I"), card("Haus II")),
        (card("St. Anna Hospital", "Sofia", "BG"), card("St. Anna Hospital", "Varna", "BG")),
        (card("Krankenhaus Nord"), card("Krankenhaus Süd")),
        (card("CMP Adultes", "Lyon", "FR"), card("CMP Enfants", "Lyon", "FR")),
        (card("Centre Hospitalier de Gaillac", "Gaillac", "FR", address="Avenue Rene Cassin"),
         card("USLD Centre Hospitalier Gaillac", "Gaillac", "FR", address="Avenue Rene Cassin")),
        (card("Landesklinik"), card("Landesklinik, Tagesklinik")),
        (card("Hospital"), card("Clinic")),
    ],
)  # fmt: skip
def test_two_teams_that_look_alike(one: Facts, other: Facts) -> None:
    assert likeness(one, other).score < LIKELY


def test_same_name_in_one_town_with_two_doors_is_two_sites_unless_the_town_is_written_the_same() -> None:
    here = card(
        "Luzerner Psychiatrie", "Luzern 16", address="Kantonsspital 13", latitude=47.0577, longitude=8.2931
    )
    there = replace(here, city="Luzern", address="Bruchstrasse 29a", latitude=47.0502, longitude=8.3004)
    assert likeness(here, there).score < LIKELY
    assert likeness(replace(here, city="Luzern"), there).score == SAME_KEY


def test_reasons_say_what_can_be_checked() -> None:
    one = card(
        "Huset", latitude=47.0, longitude=15.0, website="http://huset.at", address="Gasse 5", postcode="8010"
    )
    other = replace(one, name="Huzet", latitude=47.0005)
    assert [(reason.kind, reason.detail) for reason in likeness(one, other).reasons] == [
        ("name_alike", ""), ("town", "Graz"), ("postcode", "8010"), ("address", "Gasse 5"), ("near", "60"),
        ("website", "huset.at"),
    ]  # fmt: skip


def test_sound_is_one_for_many_ways_to_write() -> None:
    assert sound("Ψυχιατρικό") == sound("psychiatriko")
    assert sound("Müller") == sound("Mueller")
    assert sound("Ж") == sound("ž")


def test_kilometres_between_towns() -> None:
    assert kilometres(
        card("a", latitude=50.85, longitude=4.35), card("b", latitude=48.86, longitude=2.35)
    ) == (pytest.approx(264, abs=2))
    assert kilometres(card("a"), card("b", latitude=48.86, longitude=2.35)) is None


# ── finding pairs ──
def test_pairs_are_found_without_holding_each_against_each() -> None:
    cards = [replace(card(f"Haus {letter * 6}", f"Town{letter}"), key=letter) for letter in "bdfghlmnpr"]
    cards.append(replace(cards[3], key="z", name="Haus GGGGGG e.V."))
    assert [(pair.one.key, pair.other.key) for pair in find_pairs(cards)] == [("g", "z")]


def test_the_same_name_in_one_town_is_found_however_often() -> None:
    crowd = CROWD + 10
    cards = [Facts(key=f"{number:03}", name="Huset", city="Graz", country="AT") for number in range(crowd)]
    assert len(find_pairs(cards)) == crowd * (crowd - 1) // 2


def test_finding_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    find_pairs([replace(card("Huset"), key=key) for key in "ab"], progress=lambda *step: told.append(step))
    assert told == [(0, 2)]


# ── the real file ──
@pytest.fixture(scope="module")
def real_cards(request: pytest.FixtureRequest) -> tuple[list[Facts], list[Facts]]:
    """The rows of the hospitals of Europe, one by one, and the cards that the import makes of them; keys are
    lines of the file.
    """
    folder: Path = request.getfixturevalue("real_data")
    importer = HostImporter()
    importer.target_groups = set()
    table, layout = find_layout(folder / "hosts_health_eurostat.csv", importer.layouts())
    report = Report()
    mapped = [row for row in map_rows(table, layout, required=importer.required) if report.take(row)]
    cards = importer.grouped(mapped, report).values()
    rows = [Facts(key=f"{row.line:05}", name=row["name"], city=row["city"] or "", country=row["country"],
                  address=row["address"] or "", postcode=row["postcode"] or "") for row in mapped]  # fmt: skip
    return rows, [facts_of(rows_of_card[0].line, card.values) for card, rows_of_card in cards]


def facts_of(line: int, values: dict[str, Any]) -> Facts:
    names = ("name", "city", "country", "address", "postcode", "latitude", "longitude", "website")
    return Facts(key=f"{line:05}", **{name: values[name] for name in names})


def test_every_repeat_of_name_town_and_country_is_found(real_cards: tuple[list[Facts], list[Facts]]) -> None:
    rows, _cards = real_cards
    groups = defaultdict(list)
    for row in rows:
        groups[card_key(row.name, row.city, row.country)].append(row.key)
    repeats = [lines for lines in groups.values() if len(lines) > 1]
    assert sum(len(lines) - 1 for lines in repeats) >= 929
    found = {(pair.one.key, pair.other.key) for pair in find_pairs(rows)}
    missed = [
        pair for lines in repeats for pair in itertools.combinations(sorted(lines), 2) if pair not in found
    ]
    assert missed == []


def test_what_else_the_finder_offers_is_right_nine_times_in_ten(
    real_cards: tuple[list[Facts], list[Facts]],
) -> None:
    """Of the cards that the import has made. The first 200 of the ranking were read one by one; those that the
    finder offers stand above the line.
    """
    _rows, cards = real_cards
    ranked = find_pairs(cards, least=0.6)[:200]
    with JUDGED.open(encoding="utf-8") as file:
        judged = {
            (int(row["line"]), int(row["other"])): row["verdict"]
            for row in csv.DictReader(file, delimiter="\t")
        }
    verdicts = {(int(pair.one.key), int(pair.other.key)): pair.likeness.score for pair in ranked}
    assert [pair for pair in verdicts if pair not in judged] == [], "read these and write their verdict down"
    offered = [judged[pair] for pair, score in verdicts.items() if score >= LIKELY]
    refused = [judged[pair] for pair, score in verdicts.items() if score < LIKELY]
    assert len(offered) >= 20
    assert offered.count("same") / len(offered) >= 0.9
    # What the line keeps from people is not what they look for.
    assert refused.count("same") / len(refused) <= 0.05
