"""``check_ladder`` as its contract reads, case by case: written from the rules, not from the code."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.eligibility_command import answer

OPENED = "2026-06-15"


def stay(name, start, end, days=None, **more):
    found = {"id": name, "host": f"h-{name}", "city": "Gent", "country": "BE", "start": start, "end": end}
    return found | {"confirmed": True, "person": "self", "confirmed_days": days} | more


def practice(name, of="s1", **more):
    found = {"id": name, "stay": of, "published": True, "competences": ["listening"], "author": "self"}
    return found | {"presented_at_workshop": True} | more


def missing(level, opened=OPENED, **evidence):
    case = {"id": 1, "level": level, "dossier_opened_on": opened}
    found = answer(case | {"evidence": {"home_country": "FR"} | evidence})
    assert "error" not in found, found
    assert found["eligible"] is (found["missing"] == [])
    assert all(one["text"] for one in found["missing"])
    return {one["code"]: one["amount"] for one in found["missing"]}


def day(number, days=1, **more):
    """A visit of one calendar day in March 2026."""
    return stay("s1", f"2026-03-{number:02d}", f"2026-03-{number:02d}", days, **more)


@pytest.mark.parametrize(
    ("stays", "lacks"),
    [
        ([day(2)], {}),
        ([day(2, 0.5)], {}),
        ([day(2, with_colleagues=True)], {}),
        ([day(2, person="joint")], {}),
        ([day(2, source="paper", verified_by=["Anna", "Bo"])], {}),
        ([], {"visit": 1}),
        ([day(2, 0)], {"visit": 1}),
        ([day(2, 0.25)], {"visit": 1}),
        ([day(2, confirmed=False)], {"visit": 1}),
        ([day(2, person="colleague")], {"visit": 1}),
        ([day(2, source="paper")], {"visit": 1}),
    ],
)
def test_a(stays, lacks):
    assert missing("A", stays=stays) == lacks


@pytest.mark.parametrize(
    ("opened", "start", "counts"),
    [
        ("2026-06-15", "2021-06-15", True),
        ("2026-06-15", "2021-06-14", False),
        ("2026-06-15", "2026-06-15", True),
        ("2026-06-15", "2026-06-16", False),
        ("2024-02-29", "2019-03-01", True),
        ("2024-02-29", "2019-02-27", False),
        ("2025-02-28", "2020-02-29", True),
        ("2025-03-01", "2020-02-29", False),
        ("2025-02-28", "2020-02-28", True),
    ],
)
def test_window_of_five_years_to_the_day(opened, start, counts):
    assert missing("A", opened, stays=[stay("s1", start, start, 1)]) == ({} if counts else {"visit": 1})


def test_a_stay_that_began_before_the_window_counts_with_none_of_its_days():
    assert missing("A", stays=[stay("s1", "2021-06-14", "2021-06-18", 5)]) == {"visit": 1}


TWO = stay("s1", "2026-03-02", "2026-03-03", 2)


@pytest.mark.parametrize(
    ("stays", "practices", "lacks"),
    [
        ([TWO], [practice("p1")], {}),
        ([TWO], [practice("p1", author="joint")], {}),
        ([TWO], [practice("p1", competences=[])], {"competences": 1}),
        ([TWO], [practice("p1", published=False)], {"publication": 1}),
        ([TWO], [practice("p1", presented_at_workshop=False)], {"workshop": 1}),
        # What one practice has does not mend another.
        ([TWO], [practice("p1", presented_at_workshop=False), practice("p2", published=False)], {"workshop": 1}),
        ([TWO], [practice("p1", author="colleague")], {"practice": 1}),
        ([TWO], [], {"practice": 1}),
        ([], [], {"stay_days": 2, "practice": 1}),
        # Two days in one stay, and the practice from such a stay.
        ([day(2)], [practice("p1")], {"stay_days": 1, "practice": 1}),
        ([day(2), stay("s2", "2026-03-03", "2026-03-03", 1, host="h-s1")], [practice("p1")],
         {"stay_days": 1, "practice": 1}),
        ([day(2, 5)], [practice("p1")], {"stay_days": 1, "practice": 1}),
        ([TWO, stay("s2", "2026-04-01", "2026-04-01", 1)], [practice("p1", of="s2")], {"practice": 1}),
        ([TWO, stay("s2", "2026-04-01", "2026-04-05", 5, confirmed=False)], [practice("p1", of="s2")],
         {"practice": 1}),
        ([TWO], [practice("p1", of="nowhere")], {"practice": 1}),
    ],
)  # fmt: skip
def test_b(stays, practices, lacks):
    assert missing("B", stays=stays, practices=practices) == lacks


THREE = [
    stay("s1", "2025-03-03", "2025-03-06", 4),
    stay("s2", "2025-05-05", "2025-05-07", 3),
    stay("s3", "2025-09-01", "2025-09-03", 3),
]
#: From one and the same stay, without competences and workshop: C asks neither for them nor for B.
FROM_ONE = [practice(name, competences=[], presented_at_workshop=False) for name in ("p1", "p2", "p3")]
C = {"stays": THREE, "practices": FROM_ONE, "execution_project": "presented"}


def third(**more):
    return {"stays": [*THREE[:2], THREE[2] | more]}


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({}, {}),
        ({"stays": [one | {"country": "FR"} for one in THREE]}, {}),
        ({"execution_project": "none"}, {"execution_project": 1}),
        ({"execution_project": "draft"}, {"execution_project": 1}),
        ({"execution_project": "started"}, {"execution_project": 1}),
        ({"practices": [FROM_ONE[0], FROM_ONE[1] | {"published": False}]}, {"practices": 2}),
        ({"practices": [FROM_ONE[0], FROM_ONE[1], FROM_ONE[2] | {"author": "colleague"}]}, {"practices": 1}),
        (third(confirmed_days=2.5), {"days": 0.5}),
        (third(person="colleague"), {"days": 3, "centres": 1}),
        (third(confirmed=False), {"days": 3, "centres": 1}),
        (third(start="2021-06-14", end="2021-06-16"), {"days": 3, "centres": 1}),
        # Merged cards are one centre, along any chain, also round in a circle.
        ({"merged": {"h-s2": "h-s1"}}, {"centres": 1}),
        ({"merged": {"h-s2": "x", "x": "y", "y": "h-s1"}}, {"centres": 1}),
        ({"merged": {"h-s3": "h-s2", "h-s2": "h-s1"}}, {"centres": 2}),
        ({"merged": {"h-s2": "z", "h-s3": "z"}}, {"centres": 1}),
        ({"merged": {"h-s1": "h-s2", "h-s2": "h-s1"}}, {"centres": 1}),
        ({"merged": {"h-s1": "h-s1"}}, {}),
        ({"merged": {"a": "b"}}, {}),
        # Each calendar day counts once, and half a day at each of two centres is one day.
        ({"stays": [THREE[0], stay("s2", "2025-03-03", "2025-03-05", 3), THREE[2]]}, {"days": 3}),
        ({"stays": [THREE[0], stay("s2", "2025-03-06", "2025-03-08", 3), THREE[2]]}, {"days": 1}),
        ({"stays": [THREE[0] | {"confirmed_days": 2}, stay("s2", "2025-03-05", "2025-03-07", 3),
                    stay("s3", "2025-09-01", "2025-09-05", 5)]}, {}),
        ({"stays": [stay("s1", "2025-03-03", "2025-03-11", 9), stay("s2", "2025-03-12", "2025-03-12", 0.5),
                    stay("s3", "2025-03-12", "2025-03-12", 0.5)]}, {}),
        ({"stays": [stay("s1", "2025-03-03", "2025-03-11", 9), stay("s2", "2025-03-12", "2025-03-12", 0.5),
                    stay("s3", "2025-03-11", "2025-03-11", 0.5)]}, {"days": 0.5}),
        # Paper counts when two different people have verified it.
        (third(source="paper", verified_by=["Anna", "Bo"]), {}),
        (third(source="paper", verified_by=["Anna", "Bo", "Cy"]), {}),
        (third(source="portal", verified_by=[]), {}),
        (third(source="paper", verified_by=[]), {"days": 3, "centres": 1}),
        (third(source="paper", verified_by=["Anna"]), {"days": 3, "centres": 1}),
        (third(source="paper", verified_by=["Anna", "Anna"]), {"days": 3, "centres": 1}),
        (third(source="paper", verified_by=["Anna", " anna "]), {"days": 3, "centres": 1}),
        (third(source="paper", verified_by=["Anna", " "]), {"days": 3, "centres": 1}),
    ],
)  # fmt: skip
def test_c(changes, lacks):
    assert missing("C", **(C | changes)) == lacks


def test_c_from_nothing():
    assert missing("C") == {"days": 10, "centres": 3, "practices": 3, "execution_project": 1}


def certificate(awarded="2024-06-15", **more):
    return {"level": "C", "awarded_on": awarded, "status": "valid"} | more


def since(awarded, start=None):
    return {"certificates": [certificate(awarded)], "teaching_support": {"start": start or awarded}}


D = since("2024-06-15") | {"masterpiece": "presented", "masterpiece_inspired_by_countries": ["BE"]}


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({}, {}),
        (since("2024-06-16"), {"teaching_support_months": 1}),
        (since("2025-06-15"), {"teaching_support_months": 12}),
        (since("2025-01-15", "2024-01-01"), {"teaching_support_months": 7}),
        (since("2023-06-15"), {}),
        (since("2023-06-14"), {"extension_with_reason": 1}),
        ({"teaching_support": None}, {"teaching_support_months": 24}),
        ({"certificates": [certificate(status="revoked")]}, {"certificate_C": 1}),
        ({"certificates": [certificate(status="under_review")]}, {"certificate_C": 1}),
        ({"certificates": [certificate(status="revoked"), certificate()]}, {}),
        ({"certificates": [certificate(source="paper", verified_by=["A", "B"])]}, {}),
        (
            {"certificates": [certificate(source="paper", verified_by=["A", "a"])]},
            {"certificate_C": 1, "teaching_support_months": 24},
        ),
        ({"certificates": [certificate(level="B")]}, {"certificate_C": 1, "teaching_support_months": 24}),
        ({"certificates": [certificate("2026-06-16")]}, {"certificate_C": 1, "teaching_support_months": 24}),
        ({"masterpiece": "draft"}, {"masterpiece": 1}),
        ({"masterpiece": "none"}, {"masterpiece": 1}),
        ({"masterpiece_inspired_by_countries": ["FR"]}, {"practice_abroad": 1}),
        ({"masterpiece_inspired_by_countries": []}, {"practice_abroad": 1}),
        ({"masterpiece_inspired_by_countries": ["FR", "BE"]}, {}),
        ({"home_country": "GR", "masterpiece_inspired_by_countries": ["EL"]}, {"practice_abroad": 1}),
    ],
)
def test_d(changes, lacks):
    assert missing("D", **(D | changes)) == lacks


def test_d_from_nothing():
    lacks = {"certificate_C": 1, "masterpiece": 1, "practice_abroad": 1, "teaching_support_months": 24}
    assert missing("D") == lacks


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"level": "E"}, "level"),
        ({"level": None}, "level"),
        ({"level": ["A"]}, "level"),
        ({"dossier_opened_on": "15/06/2026"}, "dossier_opened_on"),
        ({"evidence": []}, "evidence"),
        ({"evidence": None}, "evidence"),
        ({"evidence": {"colour": 1}}, "colour"),
        ({"evidence": {"stays": {}}}, "stays"),
        ({"evidence": {"stays": ["s1"]}}, "stays"),
        ({"evidence": {"stays": [TWO, TWO]}}, "s1"),
        ({"evidence": {"stays": [TWO | {"end": "2026-03-01"}]}}, "s1"),
        ({"evidence": {"stays": [TWO | {"colour": 1}]}}, "colour"),
        ({"evidence": {"stays": [TWO | {"host": None}]}}, "host"),
        ({"evidence": {"stays": [TWO | {"id": True}]}}, "id"),
        ({"evidence": {"stays": [TWO | {"confirmed_days": -1}]}}, "confirmed_days"),
        ({"evidence": {"stays": [TWO | {"confirmed_days": "2"}]}}, "confirmed_days"),
        ({"evidence": {"stays": [TWO | {"confirmed_days": True}]}}, "confirmed_days"),
        ({"evidence": {"stays": [TWO | {"confirmed": "yes"}]}}, "confirmed"),
        ({"evidence": {"stays": [TWO | {"person": "x"}]}}, "person"),
        ({"evidence": {"stays": [TWO | {"source": "x"}]}}, "source"),
        ({"evidence": {"stays": [TWO | {"verified_by": [None]}]}}, "verified_by"),
        ({"evidence": {"practices": [practice("p1", author="x")]}}, "author"),
        ({"evidence": {"practices": [practice("p1", published=1)]}}, "published"),
        ({"evidence": {"execution_project": True}}, "execution_project"),
        ({"evidence": {"masterpiece": "done"}}, "masterpiece"),
        ({"evidence": {"merged": []}}, "merged"),
        ({"evidence": {"merged": {"a": None}}}, "merged"),
        ({"evidence": {"certificates": [certificate(status="lost")]}}, "status"),
        ({"evidence": {"certificates": [{"level": "C"}]}}, "awarded_on"),
        ({"evidence": {"teaching_support": "2024-01-01"}}, "teaching_support"),
        ({"evidence": {"masterpiece_inspired_by_countries": "BE"}}, "masterpiece_inspired_by_countries"),
    ],
)
def test_wrong_evidence_is_refused_by_name(changes, says):
    found = answer({"id": 3, "level": "C", "dossier_opened_on": OPENED, "evidence": {}} | changes)
    assert set(found) == {"id", "error", "text"}
    assert (found["id"], found["error"]) == (3, "bad_input")
    assert says in found["text"]


DAYS = st.dates(date(2025, 3, 1), date(2025, 4, 10))


@st.composite
def some_stays(draw):
    found = []
    for number in range(draw(st.integers(0, 5))):
        first, last = sorted((draw(DAYS), draw(DAYS)))
        days = draw(st.integers(0, 60)) / 2
        host = draw(st.sampled_from("abc"))
        found.append(stay(f"s{number}", f"{first}", f"{last}", days, host=host))
    return found


@given(some_stays(), st.permutations(range(5)))
def test_order_of_the_evidence_never_matters(stays, order):
    again = [stays[number] for number in order if number < len(stays)]
    assert missing("C", stays=stays) == missing("C", stays=again)


@given(some_stays(), st.sampled_from("abc"), st.sampled_from("abc"))
def test_merging_cards_never_makes_more_of_anything(stays, card, into):
    before, after = missing("C", stays=stays), missing("C", stays=stays, merged={card: into})
    assert after.get("centres", 0) >= before.get("centres", 0)
    assert after.get("days") == before.get("days")
