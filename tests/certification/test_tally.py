"""Quorum, majority, ties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.tally import Ballot, count

ballots = st.lists(
    st.one_of(
        st.builds(Ballot, vote=st.sampled_from(["yes", "no", "abstain", ""])),
        st.just(Ballot(recused=True)),
    ),
    max_size=9,
)


def cast(*votes: str) -> list[Ballot]:
    return [Ballot(vote, is_chair=place == 0) for place, vote in enumerate(votes)]


@pytest.mark.parametrize(
    ("votes", "quorum", "outcome", "by_chair"),
    [
        (("yes", "yes", "no"), 3, "yes", False),
        (("no", "yes", "no"), 3, "no", False),
        (("yes", "abstain", "abstain"), 3, "yes", False),
        (("yes", "no", "abstain"), 3, "yes", True),
        (("no", "yes", "abstain"), 3, "no", True),
        (("abstain", "yes", "no"), 3, "", False),
        (("abstain", "abstain", "abstain"), 3, "", False),
        (("yes", "yes", ""), 3, "", False),
        (("yes", "yes", ""), 2, "yes", False),
    ],
)
def test_outcome_of_votes(votes: tuple[str, ...], quorum: int, outcome: str, by_chair: bool) -> None:
    tally = count(cast(*votes), quorum)
    assert (tally.outcome, tally.by_chair) == (outcome, by_chair)
    assert (tally.reason is None) == bool(outcome)


def test_reason_says_how_many_votes_are_there() -> None:
    reason = count(cast("yes", "", ""), 3).reason
    assert reason is not None
    assert reason.say() == "1 of 3 votes have been cast."


def test_too_few_jurors_are_told_apart_from_too_few_votes() -> None:
    reason = count([*cast("yes", "yes"), Ballot(recused=True)], 3).reason
    assert reason is not None
    assert "only 2 jurors" in reason.say()


def test_recused_juror_with_a_vote_is_refused() -> None:
    with pytest.raises(ValueError, match="no such ballot"):
        count([Ballot("yes", recused=True)], 1)


@given(ballots, st.integers(1, 9))
def test_decision_needs_quorum_and_never_the_recused(found: list[Ballot], quorum: int) -> None:
    tally = count(found, quorum)
    assert tally.yes + tally.no + tally.abstain + tally.recused + tally.open == len(found)
    if tally.outcome:
        assert tally.cast >= quorum
        assert tally.yes != tally.no or tally.by_chair


@given(ballots, st.integers(1, 9))
def test_swapping_yes_and_no_swaps_the_outcome(found: list[Ballot], quorum: int) -> None:
    turned = {"yes": "no", "no": "yes"}
    other = [Ballot(turned.get(one.vote, one.vote), one.is_chair, one.recused) for one in found]
    assert count(other, quorum).outcome == turned.get(count(found, quorum).outcome, "")
