"""The measures and the rules of the judged set (pure)."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hosts.thesaurus import LANGUAGES
from tests.search.judging import Facts, ndcg, overlap, read_by_eye, read_needs, read_queries, recall

GRADES = {"a": 3, "b": 2, "c": 1}


def test_recall_counts_answers_among_those_that_fit() -> None:
    assert recall(["a", "x", "b"], GRADES) == 1
    assert recall(["a", "c"], GRADES) == 0.5
    assert recall(["a"], {**GRADES, "d": 2}, first=1) == 1
    assert recall([], {"c": 1}) == 1


def test_ndcg_wants_the_best_first() -> None:
    assert ndcg(["a", "b", "c"], GRADES) == 1
    assert ndcg(["c", "b", "a"], GRADES) == pytest.approx(
        (1 + 3 / 1.58496 + 7 / 2) / (7 + 3 / 1.58496 + 1 / 2), abs=1e-4
    )
    assert ndcg(["x"], GRADES) == 0


@given(st.permutations("abcdefghij"), st.dictionaries(st.sampled_from("abcdefghijkl"), st.integers(1, 3)))
def test_measures_lie_between_none_and_all(ranking: list[str], grades: dict[str, int]) -> None:
    assert 0 <= recall(ranking, grades) <= 1
    assert 0 <= ndcg(ranking, grades) <= 1
    assert ndcg(sorted(grades, key=lambda key: -grades[key]), grades) == 1


def test_overlap_is_the_part_shared_whatever_the_order() -> None:
    assert overlap("abc", "cba") == 1
    assert overlap("ab", "bcd") == pytest.approx(1 / 3)
    assert overlap("", "") == 1


def test_need_grades_a_card_by_its_first_line_that_holds() -> None:
    need = read_needs()["needles"]
    facts = {"key": "x", "kind": "host", "title": "Haus", "country": "DE", "city": ""}
    assert need.grade(Facts.of(**facts, text="Nadeln, Spritzentausch")) == 2
    assert need.grade(Facts.of(**facts, text="", concepts=("needle-exchange",))) == 3
    assert need.grade(Facts.of(**facts, text="")) == 0


def test_set_is_as_large_as_promised_and_every_question_has_a_need() -> None:
    queries, needs = read_queries(), read_needs()
    assert {one.need for one in queries} == set(needs)
    assert {need for need, _card in read_by_eye()} <= set(needs)
    each = Counter((one.lang, one.half) for one in queries)
    assert {lang for lang, _half in each} == set(LANGUAGES)
    assert min(each[lang, half] for lang in LANGUAGES for half in "AB") >= 8
    assert len(set(queries)) == len(queries) >= 80
