"""What a jury decided: quorum, majority, ties. No Django here.

Decided readings: every vote cast counts for the quorum, abstentions too; the majority is that of yes over no;
when they are equal the chair's own yes or no decides, and without one there is no decision yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ecett.core.words import Message
from ecett.core.words import mark as _

YES, NO, ABSTAIN = "yes", "no", "abstain"


@dataclass(frozen=True)
class Ballot:
    """One seat of the jury: ``vote`` is "yes", "no", "abstain" or "" (not yet); a recused juror has none."""

    vote: str = ""
    is_chair: bool = False
    recused: bool = False


@dataclass(frozen=True)
class Tally:
    """The count. ``outcome`` is "yes", "no", or "" with the ``reason`` why there is none yet."""

    quorum: int
    yes: int = 0
    no: int = 0
    abstain: int = 0
    recused: int = 0
    open: int = 0
    outcome: str = ""
    by_chair: bool = False
    reason: Message | None = None

    @property
    def cast(self) -> int:
        """Votes that count for the quorum."""
        return self.yes + self.no + self.abstain

    @property
    def seats(self) -> int:
        """Jurors who vote or may still vote."""
        return self.cast + self.open


def count(ballots: Iterable[Ballot], quorum: int) -> Tally:
    """Count the votes of one dossier. ``quorum``: votes needed for a decision, at least 1.

    Raises ValueError for an unknown vote or a recused juror with one.
    """
    seats = list(ballots)
    for ballot in seats:
        if ballot.vote not in (YES, NO, ABSTAIN, "") or (ballot.recused and ballot.vote):
            raise ValueError(f"no such ballot: {ballot}")
    present = [ballot for ballot in seats if not ballot.recused]
    numbers = {name: sum(ballot.vote == name for ballot in present) for name in (YES, NO, ABSTAIN, "")}
    outcome, by_chair, reason = _outcome(present, numbers, quorum)
    return Tally(
        quorum=quorum,
        yes=numbers[YES],
        no=numbers[NO],
        abstain=numbers[ABSTAIN],
        recused=len(seats) - len(present),
        open=numbers[""],
        outcome=outcome,
        by_chair=by_chair,
        reason=reason,
    )


def _outcome(present: list[Ballot], numbers: dict[str, int], quorum: int) -> tuple[str, bool, Message | None]:
    cast = numbers[YES] + numbers[NO] + numbers[ABSTAIN]
    if len(present) < quorum:
        text = _("{need} votes are needed, but only {seats} jurors without an interest sit in this session.")
        return "", False, Message(text, {"need": quorum, "seats": len(present)})
    if cast < quorum:
        return "", False, Message(_("{cast} of {need} votes have been cast."), {"cast": cast, "need": quorum})
    if numbers[YES] != numbers[NO]:
        return (YES if numbers[YES] > numbers[NO] else NO), False, None
    own = next((ballot.vote for ballot in present if ballot.is_chair), "")
    if own in (YES, NO):
        return own, True, None
    text = _("The votes are equal, and the chair, who decides then, has not voted yes or no.")
    return "", False, Message(text)
