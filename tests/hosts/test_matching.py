from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from time import process_time

import pytest
from django.utils import translation
from django.utils.translation import gettext
from hypothesis import assume, given
from hypothesis import strategies as st

from hosts.availability import free_stretch
from hosts.matching import MOST, RULES, HostFacts, Request, judge, rank
from hosts.matching_command import answer
from hosts.thesaurus import default

TODAY = date(2026, 11, 23)
MARCH = (date(2027, 3, 1), date(2027, 3, 31))
HOST = HostFacts(
    id="h1", name="Kotisatama", country="FI", sectors=frozenset({"psychiatry"}),
    concepts=frozenset({"step-down", "dual-diagnosis"}), languages={"en": "C1", "fi": "C2"},
    capacity=2, last_confirmed_on=TODAY - timedelta(days=12), asked=10, replied=8, step_free=True,
)  # fmt: skip
ASKED = Request(
    concepts=frozenset({"step-down", "dual-diagnosis"}), languages={"en": "C2", "fr": "B1"}, people=2,
    start=date(2027, 3, 8), end=date(2027, 3, 12), slack_days=7,
)  # fmt: skip


def points(host=HOST, request=ASKED):
    match = judge(request, host, TODAY)
    assert not isinstance(match, str), match
    assert match.score == sum(reason.points for reason in match.reasons)
    return {reason.rule: reason.points for reason in match.reasons}


def test_points_add_up_and_can_be_said():
    match = judge(ASKED, HOST, TODAY)
    assert match.score == 89
    assert [reason.say() for reason in match.reasons] == [
        "in its expertise: dual-diagnosis, step-down",
        "working language en, C1",
        "open 2027-03-08 to 2027-03-12; visitors at once: 2",
        "card confirmed 12 days ago",
        "replies to 8 of 10",
    ]
    assert match.reasons[0].say(label=str.upper) == "in its expertise: DUAL-DIAGNOSIS, STEP-DOWN"
    assert sum(MOST.values()) == 100


@pytest.mark.parametrize(
    ("host", "request_", "rule"),
    [
        ({"published": False, "active": False}, {}, "unpublished"),
        ({"active": False}, {}, "inactive"),
        ({}, {"sectors": frozenset({"youth"})}, "sector"),
        ({"languages": {"hr": "C2"}}, {}, "language"),
        ({"languages": {"fr": "A2"}}, {}, "language"),
        ({}, {"languages": {"en": "A2"}}, "language"),
        ({"capacity": 1}, {}, "capacity"),
        ({"closed": (MARCH,)}, {}, "closed"),
        ({"open": ((date(2027, 5, 1), date(2027, 6, 1)),)}, {}, "closed"),
        ({"hosting": ((*MARCH, 1),)}, {}, "closed"),
        ({"step_free": False}, {"step_free": True}, "accessibility"),
        ({"concepts": frozenset({"naloxone"})}, {}, "expertise"),
        ({}, {"countries": frozenset({"NL"}), "countries_only": True}, "country"),
    ],
)
def test_hard_rules_exclude_and_are_counted(host, request_, rule):
    host, request = replace(HOST, **host), replace(ASKED, **request_)
    assert judge(request, host, TODAY) == rule
    found = rank(request, [host, replace(host, id="h2")], TODAY)
    assert (found.matches, found.excluded) == ((), {rule: 2})


def test_unknown_is_not_no():
    unknown = HostFacts(id="h", concepts=HOST.concepts)
    assert points(unknown, replace(ASKED, step_free=True)) == {
        "expertise": 40,
        "window": 14,
        "accessibility": 0,
    }


def test_countries_are_a_wish():
    assert "country" not in points(request=replace(ASKED, countries=frozenset({"NL"})))
    assert points(request=replace(ASKED, countries=frozenset({"FI"})))["country"] == 6


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"), [("C2", "B1", 14), ("B2", "C2", 17), ("C1", "C1", 20)]
)
def test_language_counts_by_the_level_both_speak(mine, theirs, expected):
    host = replace(HOST, languages={"en": theirs})
    assert points(host, replace(ASKED, languages={"en": mine}))["language"] == expected


def test_related_concepts_count_for_less():
    host = replace(HOST, concepts=frozenset({"step-down", "aftercare"}))
    request = replace(ASKED, near={"dual-diagnosis": frozenset({"aftercare"})})
    assert (points(host)["expertise"], "related" in points(host)) == (20, False)
    assert {rule: points(host, request)[rule] for rule in ("expertise", "related")} == {
        "expertise": 20,
        "related": 12,
    }


def test_shifted_dates_cost_points_and_are_said():
    shut = replace(HOST, closed=((date(2027, 3, 8), date(2027, 3, 9)),))
    match = judge(ASKED, shut, TODAY)
    [window] = [reason for reason in match.reasons if reason.rule == "window"]
    assert (window.points, window.params["start"]) == (12, date(2027, 3, 10))
    assert judge(replace(ASKED, slack_days=0), shut, TODAY) == "closed"


def test_busy_host_loses_points_but_never_below_zero():
    busy = replace(HOST, capacity=3, hosting=((*MARCH, 1),))
    assert points(busy)["busy"] == -8
    bare = HostFacts(id="b", hosting=((*MARCH, 1),))
    match = judge(Request(start=MARCH[0], end=MARCH[1]), bare, TODAY)
    assert match.score == 6
    assert judge(Request(), bare, TODAY).score == 0


def test_logistics_and_budget():
    host = replace(HOST, offers=frozenset({"meals", "accommodation"}), day_price=Decimal("40"))
    wish = replace(ASKED, logistics=frozenset({"meals"}), budget=Decimal("200"))
    assert {rule: points(host, wish)[rule] for rule in ("logistics", "budget")} == {
        "logistics": 2,
        "budget": 2,
    }
    assert "budget" not in points(host, replace(wish, budget=Decimal("199.99")))


def test_equal_scores_are_ordered_by_id():
    found = rank(ASKED, [replace(HOST, id=name) for name in "cab"], TODAY)
    assert [match.host.id for match in found.matches] == ["a", "b", "c"]


codes = st.frozensets(st.sampled_from("abcdefgh"), max_size=5)
spans = st.tuples(st.integers(0, 40), st.integers(0, 15)).map(
    lambda pair: (MARCH[0] + timedelta(days=pair[0]), MARCH[0] + timedelta(days=sum(pair)))
)
hosts = st.builds(
    HostFacts, id=st.sampled_from("xyz"), country=st.sampled_from(["FI", "NL"]), concepts=codes,
    target_groups=codes,
    sectors=st.frozensets(st.sampled_from(["youth", "psychiatry"]), max_size=2),
    languages=st.dictionaries(st.sampled_from(["en", "fr"]), st.sampled_from(["A2", "B1", "C1"])),
    published=st.booleans(), capacity=st.none() | st.integers(0, 3),
    closed=st.lists(spans, max_size=3).map(tuple),
    open=st.lists(spans, max_size=2).map(tuple),
    hosting=st.lists(spans, max_size=2).map(lambda found: tuple((*span, 1) for span in found)),
    last_confirmed_on=st.none() | st.dates(date(2023, 1, 1), TODAY), asked=st.integers(0, 9),
    replied=st.integers(0, 9), step_free=st.sampled_from([None, True, False]),
)  # fmt: skip
requests = st.builds(
    Request, concepts=codes, target_groups=codes, hints=codes,
    countries=st.frozensets(st.sampled_from(["FI", "SE"])),
    near=st.dictionaries(st.sampled_from("abcdefgh"), codes),
    sectors=st.frozensets(st.sampled_from(["youth", "psychiatry"]), max_size=2), people=st.integers(1, 3),
    languages=st.dictionaries(st.sampled_from(["en", "fr"]), st.sampled_from(["A2", "B1", "C1"])),
    start=st.just(MARCH[0]) | st.none(), end=st.just(date(2027, 3, 9)), slack_days=st.integers(0, 20),
    step_free=st.booleans(),
)  # fmt: skip


@given(requests, st.lists(hosts, max_size=8))
def test_every_host_is_ranked_or_counted(request_, found):
    ranking = rank(request_, found, TODAY)
    assert len(ranking.matches) + sum(ranking.excluded.values()) == len(found)
    assert set(ranking.excluded) <= set(RULES)
    for match in ranking.matches:
        assert 0 <= match.score <= 100
        assert sum(reason.points for reason in match.reasons) == match.score
        assert all(reason.say() for reason in match.reasons)
    assert list(ranking.matches) == sorted(ranking.matches, key=lambda match: (-match.score, match.host.id))


@given(requests, hosts, st.sampled_from("abcdefgh"))
def test_a_concept_both_name_never_lowers_the_score(request_, host, concept):
    before = judge(request_, host, TODAY)
    knows = replace(host, concepts=host.concepts | {concept})
    after = judge(request_, knows, TODAY)
    if isinstance(before, str):
        return
    assert after.score >= before.score
    if not isinstance(judge(replace(request_, concepts=request_.concepts | {concept}), knows, TODAY), str):
        wants = replace(request_, concepts=request_.concepts | {concept})
        assert judge(wants, knows, TODAY).score >= after.score


@given(hosts, st.integers(1, 10), st.integers(1, 3))
def test_free_stretch_is_free(host, days, people):
    assume(host.capacity is None or host.capacity >= people)
    room = None if host.capacity is None else host.capacity - people
    begin = free_stretch(MARCH, days, date(2027, 3, 10), host.open, host.closed, host.hosting, room)
    stays = [MARCH[0] + timedelta(days=n) for n in range(31 - days + 1)]

    def free(day):
        shut = any(first <= day <= last for first, last in host.closed)
        opened = not host.open or any(first <= day <= last for first, last in host.open)
        there = sum(count for first, last, count in host.hosting if first <= day <= last)
        return opened and not shut and (not there or host.capacity is None or there + people <= host.capacity)

    possible = [first for first in stays if all(free(first + timedelta(days=n)) for n in range(days))]
    if begin is None:
        assert possible == []
    else:
        assert begin in possible
        assert abs(begin - date(2027, 3, 10)) == min(abs(first - date(2027, 3, 10)) for first in possible)


def test_ten_times_the_hosts_take_ten_times_the_work():
    """No pair of hosts is ever compared: fifteen thousand are ranked while somebody waits."""
    many = [
        replace(HOST, id=f"h{n:05}", closed=((MARCH[0], MARCH[0] + timedelta(days=n % 20)),))
        for n in range(15_000)
    ]

    def work(hosts):
        start = process_time()
        found = rank(ASKED, hosts, TODAY)
        assert len(found.matches) + sum(found.excluded.values()) == len(hosts)
        return process_time() - start

    # The best of three: a busy machine slows a single one. All pairs would take a hundred times as long.
    assert min(work(many) for _round in range(3)) < 40 * min(work(many[:1_500]) for _round in range(3))


def test_command_answers_with_the_keys_of_the_contract():
    case = {
        "id": "r1", "lang": "fr", "problem": "Comment aider après la sortie ?",
        "goals": ["Je forme six collègues."], "sectors": ["psychiatry"], "concepts": ["dual-diagnosis"],
        "countries": ["EL", "FI"], "start": "2027-03-08", "end": "2027-03-12",
        "slack_days": 7, "people": 2, "languages": [{"lang": "en", "level": "C2"}],
        "accessibility": True, "logistics": ["meals"], "budget": "500.00",
    }  # fmt: skip
    found = answer(case, [HOST, replace(HOST, id="h2", capacity=1)], TODAY)
    assert set(found) == {"id", "hosts", "excluded"}
    assert found["excluded"] == {"capacity": 1}
    [host] = found["hosts"]
    assert set(host) == {"id", "name", "country", "sectors", "score", "reasons"}
    assert sum(reason["points"] for reason in host["reasons"]) == host["score"]
    assert answer({"id": 1, "lang": "en"}, [HOST], TODAY)["hosts"][0]["id"] == "h1"


def test_words_of_another_language_find_the_concept():
    thesaurus = default()
    concept = thesaurus.scheme("problems")[0]
    host = replace(HOST, concepts=frozenset({concept.code}))
    found = answer({"id": 1, "lang": "fr", "concepts": [concept.label("pl")]}, [host], TODAY)
    assert found["hosts"][0]["reasons"][0]["text"] == f"in its expertise: {concept.label('fr')}"


@pytest.mark.parametrize(
    "word", ["dual_diagnosis", "Dual-Diagnosis", "dual diagnosis", "dual diagnoses", "double diagnostic"]
)
def test_a_concept_is_understood_however_it_is_written(word):
    for field in ("concepts", "target_groups"):
        found = answer({"id": 1, "lang": "en", field: [word]}, [HOST], TODAY)
        assert found["hosts"][0]["reasons"][0]["rule"] == "expertise", (field, found)


def test_an_unknown_concept_matches_nothing_and_an_unknown_group_costs_points_only():
    assert answer({"id": 1, "lang": "en", "concepts": ["zeppelin"]}, [HOST], TODAY) == {
        "id": 1, "hosts": [], "excluded": {"expertise": 1},
    }  # fmt: skip
    [host] = answer({"id": 1, "lang": "en", "target_groups": ["zeppelin"]}, [HOST], TODAY)["hosts"]
    assert "expertise" not in {reason["rule"] for reason in host["reasons"]}


def test_logistics_are_said_in_the_readers_language():
    offering = replace(HOST, offers=frozenset({"meals", "accommodation"}))
    case = {"id": 1, "lang": "es", "logistics": ["meals", "accommodation"]}
    with translation.override("es"):
        [host] = answer(case, [offering], TODAY, gettext)["hosts"]
    assert [reason["text"] for reason in host["reasons"] if reason["rule"] == "logistics"] == [
        "ofrece alojamiento, comidas"
    ]


def test_a_budget_needs_days_to_be_compared():
    priced = replace(HOST, day_price=Decimal(40))
    assert "budget" not in points(priced, Request(budget=Decimal(500)))
    assert points(priced, replace(ASKED, budget=Decimal(200)))["budget"] == 2
    assert "budget" not in points(priced, replace(ASKED, budget=Decimal("199.99")))


def test_a_card_nobody_confirmed_is_not_called_open():
    said = {}
    for name, day in (("register", None), ("confirmed", TODAY)):
        host = HostFacts(id="h", concepts=HOST.concepts, last_confirmed_on=day)
        match = judge(ASKED, host, TODAY)
        said[name] = next(reason.say() for reason in match.reasons if reason.rule == "window")
    assert said["register"] == "not known to be closed 2027-03-08 to 2027-03-12"
    assert said["confirmed"] == "open 2027-03-08 to 2027-03-12"


@given(
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6)), max_size=6),
    opened=st.booleans(),
    start=st.integers(5, 30),
    days=st.integers(1, 8),
    slack=st.integers(0, 6),
)
def test_closed_is_just_when_no_shift_within_the_slack_is_free(spans, opened, start, days, slack):
    """Against counting day by day."""
    periods = tuple(
        (MARCH[0] + timedelta(first), MARCH[0] + timedelta(first + more)) for first, more in spans
    )
    host = HostFacts(id="h", concepts=HOST.concepts, **{"open" if opened else "closed": periods})
    begin = MARCH[0] + timedelta(start)
    request = replace(ASKED, start=begin, end=begin + timedelta(days - 1), slack_days=slack)

    def free(day):
        inside = any(first <= day <= last for first, last in periods)
        return not periods or inside is opened

    shifts = range(-slack, slack + 1)
    possible = any(all(free(begin + timedelta(by + n)) for n in range(days)) for by in shifts)
    assert (judge(request, host, TODAY) != "closed") is possible


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"sectors": ["prison"]}, "Unknown sector: prison"),
        ({"end": "2027-03-01"}, "before it starts"),
        ({"end": "9999-12-31"}, "between 2000 and 2100"),
        ({"slack_days": -1}, "“slack_days”"),
        ({"people": 0}, "“people”"),
        ({"languages": [{"lang": "en", "level": "D1"}]}, "“level”"),
        ({"languages": ["en"]}, "list of objects"),
        ({"countries": ["Finland"]}, "“countries”"),
        ({"logistics": ["helicopter"]}, "“logistics”"),
        ({"accessibility": 3}, "“accessibility”"),
        ({"budget": "a lot"}, "“budget”"),
        ({"lang": None}, "“lang” is missing"),
        ({"mood": 1}, "mood"),
    ],
)
def test_bad_input_is_said(changes, says):
    found = answer({"id": 1, "lang": "en", "start": "2027-03-08"} | changes, [HOST], TODAY)
    assert found["error"] == "bad_input"
    assert says in found["text"]
