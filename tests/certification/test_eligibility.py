from datetime import date, timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.eligibility import (
    CODES,
    Stay,
    add_months,
    centre,
    check,
    count_days,
    describe,
    full_months,
)
from certification.eligibility_command import answer, read_evidence
from certification.ladder_rules import all_rules, read_rules, rules_on

OPENED = "2026-11-02"


def stay(number, start="2025-03-03", days=4, **changes):
    first = date.fromisoformat(start)
    last = first + timedelta(days=max(1, ceil(days)) - 1)
    base = {"id": f"s{number}", "host": f"h{number}", "city": "Porto", "country": "PT",
            "start": start, "end": str(last), "confirmed_days": days, "confirmed": True}  # fmt: skip
    return base | changes


def practice(number, of=None, **changes):
    base = {"id": f"p{number}", "stay": of or f"s{number}", "published": True, "competences": ["listening"],
            "presented_at_workshop": True, "author": "self"}  # fmt: skip
    return base | changes


def asked(level, opened=OPENED, **evidence):
    found = answer(
        {"id": 7, "level": level, "dossier_opened_on": opened, "evidence": {"home_country": "CZ"} | evidence}
    )
    assert "error" not in found, found
    assert found["eligible"] is (not found["missing"])
    return found


def missing(level, **evidence):
    return {one["code"]: one["amount"] for one in asked(level, **evidence)["missing"]}


def proof(level, **evidence):
    return {one["code"]: one["records"] for one in asked(level, **evidence)["proof"]}


FULL_C = {
    "stays": [stay(1), stay(2, "2025-06-02", 3), stay(3, "2026-02-02", 3)],
    "practices": [practice(1), practice(2), practice(3, of="s1")],
    "execution_project": "presented",
}
FULL_D = {
    "certificates": [{"level": "C", "awarded_on": "2024-10-01", "status": "valid"}],
    "masterpiece": "presented",
    "masterpiece_inspired_by_countries": ["CZ", "FI"],
    "teaching_support": {"start": "2024-11-01"},
}


# --- A ---


def test_a_needs_half_a_confirmed_day():
    assert missing("A", stays=[stay(1, days=0.5)]) == {}
    assert proof("A", stays=[stay(1, days=0.5), stay(2, confirmed=False)]) == {"visit": ["s1"]}
    assert missing("A", stays=[stay(1, days=0)]) == {"visit": 1}
    assert missing("A") == {"visit": 1}


def test_a_visit_with_colleagues_counts_and_a_colleague_s_does_not():
    assert missing("A", stays=[stay(1, with_colleagues=True, person="joint")]) == {}
    assert missing("A", stays=[stay(1, person="colleague")]) == {"visit": 1}


@pytest.mark.parametrize(
    ("opened", "start", "eligible"),
    [
        ("2026-11-02", "2021-11-02", True),
        ("2026-11-02", "2021-11-01", False),
        ("2026-11-02", "2026-11-02", True),
        ("2026-11-02", "2026-11-03", False),
        ("2028-02-29", "2023-02-28", True),
        ("2028-02-29", "2023-02-27", False),
    ],
)
def test_window_looks_at_the_start_of_the_stay(opened, start, eligible):
    assert asked("A", opened, stays=[stay(1, start)])["eligible"] is eligible


def test_paper_needs_two_different_people():
    paper = {"source": "paper"}
    assert missing("A", stays=[stay(1, **paper)]) == {"visit": 1}
    assert missing("A", stays=[stay(1, **paper, verified_by=["Ana", "ana "])]) == {"visit": 1}
    assert missing("A", stays=[stay(1, **paper, verified_by=["Ana", "Kofi"])]) == {}
    assert missing("A", stays=[stay(1, **paper, verified_by=["Ana", "Kofi"], confirmed=False)]) == {
        "visit": 1
    }


# --- B ---


def test_b_complete_proves_each_condition():
    assert proof("B", stays=[stay(1)], practices=[practice(1)]) == {
        "stay_days": ["s1"],
        "practice": ["p1"],
        "competences": ["p1"],
        "publication": ["p1"],
        "workshop": ["p1"],
    }


def test_b_days_must_lie_in_one_stay():
    two_days = [stay(1, "2025-03-03", 1), stay(2, "2025-03-10", 1)]
    assert missing("B", stays=two_days, practices=[practice(1)]) == {"stay_days": 1, "practice": 1}
    assert missing("B", stays=[stay(1, "2025-03-03", 1.5, end="2025-03-04")]) == {
        "stay_days": 0.5,
        "practice": 1,
    }


def test_b_all_belong_to_one_practice():
    half = [practice(1, presented_at_workshop=False), practice(2, of="s1", competences=[])]
    assert missing("B", stays=[stay(1)], practices=half) == {"workshop": 1}
    assert missing("B", stays=[stay(1)], practices=[practice(1, published=False, competences=None)]) == {
        "competences": 1,
        "publication": 1,
    }


def test_b_practice_must_come_from_such_a_stay():
    assert missing("B", stays=[stay(1), stay(2, days=1)], practices=[practice(2)]) == {"practice": 1}
    assert missing("B", stays=[stay(1)], practices=[practice(1, author="colleague")]) == {"practice": 1}
    assert missing("B", stays=[stay(1)], practices=[practice(1, author="joint")]) == {}
    assert missing("B", stays=[stay(1)], practices=[practice(1, of="s9")]) == {"practice": 1}


# --- C ---


def test_c_complete_without_b():
    assert asked("C", **FULL_C)["eligible"]
    assert proof("C", **FULL_C) == {
        "days": ["s1", "s2", "s3"],
        "centres": ["h1", "h2", "h3"],
        "practices": ["p1", "p2", "p3"],
        "execution_project": ["execution_project"],
    }


def test_c_says_how_much_is_missing():
    found = missing(
        "C",
        stays=[stay(1), stay(2, "2025-06-02", 2.5)],
        practices=[practice(1), practice(2, published=False)],
    )
    assert found == {"days": 3.5, "centres": 1, "practices": 2, "execution_project": 1}
    assert missing("C") == {"days": 10, "centres": 3, "practices": 3, "execution_project": 1}


@pytest.mark.parametrize("step", ["none", "draft", "started", None])
def test_c_project_must_be_presented(step):
    assert missing("C", **FULL_C | {"execution_project": step}) == {"execution_project": 1}


def test_c_overlapping_stays_count_each_day_once():
    overlap = [stay(1, "2025-03-03", 5), stay(2, "2025-03-05", 5), stay(3, "2026-02-02", 3)]
    assert missing("C", **FULL_C | {"stays": overlap}) == {}  # 3-9 March = 7 days, and 3
    same = [stay(1, "2025-03-03", 5), stay(2, "2025-03-03", 5), stay(3, "2025-03-03", 5)]
    assert missing("C", **FULL_C | {"stays": same}) == {"days": 5}


def test_c_confirmed_days_are_capped_by_the_calendar():
    long = [stay(1, "2025-03-03", 20, end="2025-03-06"), *FULL_C["stays"][1:]]
    assert asked("C", **FULL_C | {"stays": long})["eligible"]
    short = [stay(1, "2025-03-03", 20, end="2025-03-05"), *FULL_C["stays"][1:]]
    assert missing("C", **FULL_C | {"stays": short}) == {"days": 1}


def test_c_merged_cards_are_one_centre():
    assert missing("C", **FULL_C, merged={"h3": "h2"}) == {"centres": 1}
    assert missing("C", **FULL_C, merged={"h3": "x", "x": "h2", "h2": "h1"}) == {"centres": 2}
    assert missing("C", **FULL_C, merged={"h1": "h2", "h2": "h1"}) == {"centres": 1}


# --- D ---


def test_d_complete():
    assert proof("D", **FULL_D) == {
        "certificate_C": ["C 2024-10-01"],
        "masterpiece": ["masterpiece"],
        "practice_abroad": ["FI"],
        "teaching_support_months": ["teaching_support"],
    }


@pytest.mark.parametrize(
    ("certificate", "lacks"),
    [
        ({"status": "revoked"}, {"certificate_C": 1}),
        ({"status": "under_review"}, {"certificate_C": 1}),
        ({"source": "paper"}, {"certificate_C": 1, "teaching_support_months": 24}),
        ({"source": "paper", "verified_by": ["Ana"]}, {"certificate_C": 1, "teaching_support_months": 24}),
        ({"source": "paper", "verified_by": ["Ana", "Kofi"]}, {}),
        ({"level": "B"}, {"certificate_C": 1, "teaching_support_months": 24}),
        ({"awarded_on": "2026-11-03"}, {"certificate_C": 1, "teaching_support_months": 24}),
        ({"awarded_on": "2025-11-02"}, {"teaching_support_months": 12}),
    ],
)
def test_d_certificate_c_must_be_valid(certificate, lacks):
    held = FULL_D["certificates"][0] | certificate
    assert missing("D", **FULL_D | {"certificates": [held]}) == lacks


def test_d_masterpiece_inspired_abroad():
    assert missing("D", **FULL_D | {"masterpiece": "started"}) == {"masterpiece": 1}
    assert missing("D", **FULL_D | {"masterpiece_inspired_by_countries": ["CZ"]}) == {"practice_abroad": 1}
    greek = FULL_D | {"home_country": "GR", "masterpiece_inspired_by_countries": ["EL"]}
    assert missing("D", **greek) == {"practice_abroad": 1}


@pytest.mark.parametrize(
    ("support", "lacks"),
    [
        ({"start": "2024-11-02"}, {}),
        ({"start": "2024-11-03"}, {"teaching_support_months": 1}),
        ({"start": "2026-12-01"}, {"teaching_support_months": 24}),
        (None, {"teaching_support_months": 24}),
    ],
)
def test_d_months_of_teaching_support(support, lacks):
    assert missing("D", **FULL_D | {"teaching_support": support}) == lacks


def test_d_longer_support_needs_an_extension_with_its_reason():
    old = FULL_D | {"certificates": [{"level": "C", "awarded_on": "2020-01-15"}]}
    for start, extra, lacks in (
        ("2023-11-02", {}, {}),
        ("2023-11-01", {}, {"extension_with_reason": 1}),
        ("2023-11-01", {"extension": {"reason": " "}}, {"extension_with_reason": 1}),
        ("2023-11-01", {"extension": {"reason": "illness"}}, {}),
        (
            "2023-11-01",
            {"extension": {"reason": "illness", "until": "2026-10-01"}},
            {"extension_with_reason": 1},
        ),
        ("2023-11-01", {"extension_reason": "illness"}, {}),
    ):
        assert missing("D", **old | {"teaching_support": {"start": start} | extra}) == lacks


# --- rules, words, refusals ---


def test_rules_are_versioned_data():
    first = all_rules()[0]
    assert (first.days, first.centres, first.practices, first.window_years) == (10, 3, 3, 5)
    later = read_rules({"version": 2, "valid_from": date(2030, 1, 1), "source": "x", "window_years": 6,
                        "paper_verifiers": 1, "A": {"visit_days": 1}, "B": {"stay_days": 3},
                        "C": {"days": 12, "centres": 4, "practices": 2},
                        "D": {"teaching_support_months": 12, "teaching_support_months_max": 24}})  # fmt: skip
    versions = [later, first]
    assert rules_on(date(2029, 12, 31), versions) is first
    assert rules_on(date(2030, 1, 1), versions) is later
    assert rules_on(date(1999, 1, 1), versions) is first
    found = check("C", date(2030, 5, 1), read_evidence({}), later)
    assert [one.amount for one in found.missing] == [12, 4, 2, 1]


def test_texts_can_be_translated():
    found = check("C", date(2026, 11, 2), read_evidence(FULL_C | {"stays": FULL_C["stays"][:2]}))
    assert describe(found.missing)[0] == "Confirmed days of training still missing: 3."
    dutch = {"Confirmed days of training still missing: {amount}.": "Nog te bevestigen stagedagen: {amount}."}
    assert (
        describe(found.missing, lambda text: dutch.get(text, text))[0] == "Nog te bevestigen stagedagen: 3."
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"level": "E"}, "“level”"),
        ({"dossier_opened_on": "2026-02-30"}, "“dossier_opened_on”"),
        ({"dossier_opened_on": None}, "“dossier_opened_on” is missing"),
        ({"evidence": None}, "“evidence” is missing"),
        ({"evidence": {"stay": []}}, "Unknown key in “evidence”: stay"),
        ({"evidence": {"stays": [stay(1, end="2025-03-01")]}}, "before it starts"),
        ({"evidence": {"stays": [stay(1), stay(1)]}}, "twice in “stays”: s1"),
        ({"evidence": {"stays": [stay(1, confirmed_days=-1)]}}, "“confirmed_days”"),
        ({"evidence": {"stays": [stay(1) | {"start": "March"}]}}, "“start”"),
        ({"evidence": {"stays": [stay(1, person="me")]}}, "“person”"),
        ({"evidence": {"stays": [stay(1, mood="good")]}}, "mood"),
        ({"evidence": {"stays": ["s1"]}}, "list of objects"),
        ({"evidence": {"practices": [practice(1, published="x", author=3)]}}, "“author”"),
        (
            {"evidence": {"certificates": [{"level": "C", "awarded_on": "2024-01-01", "status": "?"}]}},
            "“status”",
        ),
        ({"evidence": {"home_country": "Czechia"}}, "“home_country”"),
        ({"level": "D", "evidence": {}}, "“home_country” is missing"),
    ],
)
def test_bad_input_is_said(changes, says):
    found = answer({"id": 7, "level": "A", "dossier_opened_on": OPENED, "evidence": {}} | changes)
    assert (found["id"], found["error"]) == (7, "bad_input")
    assert says in found["text"]


days = st.integers(0, 30)


@st.composite
def random_stays(draw):
    start = date(2025, 1, 1) + timedelta(days=draw(days))
    end = start + timedelta(days=draw(st.integers(0, 9)))
    confirmed = draw(st.integers(0, 24)) / 2
    return Stay(id="s", host="h", start=start, end=end, confirmed=True, confirmed_days=confirmed)


@given(st.lists(random_stays(), max_size=6))
def test_days_never_exceed_calendar_or_confirmation(stays):
    total = count_days(stays)
    calendar = {
        stay.start + timedelta(days=n) for stay in stays for n in range((stay.end - stay.start).days + 1)
    }
    assert total <= len(calendar)
    assert total <= sum(stay.days for stay in stays)
    assert total >= max((stay.days for stay in stays), default=0)
    assert total == count_days(stays[::-1])


@given(st.lists(random_stays(), max_size=5), random_stays())
def test_one_more_stay_never_costs_days(stays, extra):
    assert count_days(stays) <= count_days([*stays, extra]) <= count_days(stays) + extra.days


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef")), st.sampled_from("abcdef"))
def test_centre_always_ends_and_is_stable(merged, host):
    found = centre(host, merged)
    assert centre(found, merged) == found
    if host in merged:
        assert centre(merged[host], merged) == found


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(-120, 120))
def test_months_go_there_and_back(day, months):
    later = add_months(day, months)
    assert full_months(day, later) == max(0, months)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)


@given(
    st.sampled_from("ABCD"), st.lists(st.sampled_from([stay(n) for n in range(4)]), max_size=4, unique_by=id)
)
def test_codes_are_those_of_the_contract(level, stays):
    found = asked(level, stays=stays)
    codes = [one["code"] for one in found["missing"] + found["proof"]]
    assert set(codes) <= set(CODES)
    assert len(codes) == len(set(codes))
    assert all(one["amount"] > 0 and one["text"] for one in found["missing"])
