"""When a team is asked whether its card is still right, and what its silence means.

Pure: days in, the next thing due out. The order is always the same: a letter once a year, reminders, then a
partner is shown as a potential host, and after a longer silence the card rests as inactive. An answer at any
time begins a new year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SilenceRules:
    """All in days, but ``reminders``, which counts letters after the first."""

    ask_after: int = 365
    reminders: int = 2
    remind_every: int = 21
    potential_after: int = 21
    inactive_after: int = 180

    def __post_init__(self) -> None:
        waits = (self.ask_after, self.remind_every, self.potential_after, self.inactive_after)
        if self.reminders < 0 or any(days < 1 for days in waits):
            raise ValueError("every wait takes at least a day, and reminders are not fewer than none")


class Due(StrEnum):
    """What is to be done now."""

    ASK = "ask"
    REMIND = "remind"
    DOUBT = "doubt"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a team: ``since`` is its last answer, or the beginning of its card; the others belong to
    the letter that waits for an answer, if one does.
    """

    since: date
    last_letter_on: date | None = None
    reminders: int = 0
    doubted_on: date | None = None


def due(standing: Standing, today: date, rules: SilenceRules) -> Due | None:
    """The one thing to do today, or None. Days on which nobody looked delay things and skip none."""
    if standing.last_letter_on is None:
        return Due.ASK if standing.since + timedelta(days=rules.ask_after) <= today else None
    if standing.doubted_on is not None:
        return Due.REST if rests_on(standing.doubted_on, rules) <= today else None
    if standing.reminders < rules.reminders:
        return Due.REMIND if standing.last_letter_on + timedelta(days=rules.remind_every) <= today else None
    return Due.DOUBT if standing.last_letter_on + timedelta(days=rules.potential_after) <= today else None


def doubted_on(standing: Standing, rules: SilenceRules) -> date | None:
    """The first day on which silence so far would have its consequence; None when nobody was asked."""
    if standing.last_letter_on is None:
        return None
    left = max(0, rules.reminders - standing.reminders) * rules.remind_every + rules.potential_after
    return standing.doubted_on or standing.last_letter_on + timedelta(days=left)


def rests_on(doubted: date, rules: SilenceRules) -> date:
    """The day on which a team that stayed silent is shown as inactive."""
    return doubted + timedelta(days=rules.inactive_after)
