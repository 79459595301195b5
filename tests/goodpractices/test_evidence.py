"""The evidence level: counted, monotone, the same in any order, and deaf to what the author's own house reports."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractices.evidence import DESCRIBED, KEPT, LEVELS, MEASURED, SEEN, TRIED, Attempt, weigh
from goodpractices.wording import LEVELS as NAMES
from goodpractices.wording import lacks_of, reasons_of

ATTEMPTS = st.builds(
    Attempt,
    place=st.sampled_from(["BE a", "SE b", "FI c", "IT own"]),
    outcome=st.sampled_from(["trying", "kept", "adapted", "dropped"]),
    measured=st.booleans(),
    innovation=st.booleans(),
)


@pytest.mark.parametrize(
    ("attempts", "seen", "level"),
    [
        ([], False, DESCRIBED),
        ([], True, SEEN),
        ([Attempt("BE a", "dropped")], False, TRIED),
        ([Attempt("BE a", "kept"), Attempt("BE a", "kept")], True, TRIED),
        ([Attempt("BE a", "kept"), Attempt("SE b", "adapted")], True, KEPT),
        ([Attempt("BE a", "kept", measured=True), Attempt("SE b", "kept")], True, KEPT),
        ([Attempt("BE a", "kept", measured=True), Attempt("SE b", "kept", measured=True)], True, MEASURED),
        ([Attempt("BE a", "kept", innovation=True), Attempt("SE b", "kept")], True, MEASURED),
        ([Attempt("BE a", "dropped", measured=True), Attempt("SE b", "dropped", measured=True)], True, TRIED),
        ([Attempt("IT own", "kept", innovation=True)], True, SEEN),
    ],
)
def test_level_of_some_reports(attempts: list[Attempt], seen: bool, level: int) -> None:
    assert weigh(attempts, own=["IT own"], seen=seen).level == level


@given(attempts=st.lists(ATTEMPTS), more=ATTEMPTS, seen=st.booleans())
def test_one_more_report_never_lowers(attempts: list[Attempt], more: Attempt, seen: bool) -> None:
    assert weigh([*attempts, more], seen=seen).level >= weigh(attempts, seen=seen).level


@given(attempts=st.lists(ATTEMPTS), order=st.randoms())
def test_order_does_not_matter(attempts: list[Attempt], order: Random) -> None:
    shuffled = list(attempts)
    order.shuffle(shuffled)
    assert weigh(shuffled) == weigh(attempts)


@given(
    attempts=st.lists(ATTEMPTS),
    own=st.lists(ATTEMPTS.map(lambda one: Attempt("IT own", one.outcome, True, True))),
)
def test_own_house_counts_nothing(attempts: list[Attempt], own: list[Attempt]) -> None:
    others = [one for one in attempts if one.place != "IT own"]
    assert weigh([*others, *own], own=["IT own"]) == weigh(others, own=["IT own"])


@given(attempts=st.lists(ATTEMPTS))
def test_an_organisation_counts_once(attempts: list[Attempt]) -> None:
    assert weigh(attempts * 2) == weigh(attempts)
    assert weigh(attempts).tried == len({one.place for one in attempts})


@given(attempts=st.lists(ATTEMPTS), seen=st.booleans())
def test_what_lacks_is_said_below_the_highest_level(attempts: list[Attempt], seen: bool) -> None:
    evidence = weigh(attempts, seen=seen)
    assert bool(lacks_of(evidence)) == (evidence.level < MEASURED)
    assert bool(reasons_of(evidence)) == (evidence.level >= TRIED)


def test_dropped_ones_are_counted_and_said() -> None:
    evidence = weigh([Attempt("BE a", "dropped"), Attempt("SE b", "kept")])
    assert (evidence.tried, evidence.kept, evidence.dropped) == (2, 1, 1)
    assert "1 dropped it and says why." in reasons_of(evidence)


def test_every_level_has_a_badge() -> None:
    assert tuple(NAMES) == LEVELS
