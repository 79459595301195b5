"""How far a card can be trusted: when it was confirmed, how the team answers, which stays were cancelled. Pure.

No figure stands alone: each comes with the number it is a part of. Figures that contradict each other (cards are
imported and merged) are read as the smallest true thing they can mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

DAY = timedelta(days=1)


class Side(StrEnum):
    """Who called a stay off. ``OTHER``: the network, for reasons of its own."""

    HOST = "host"
    TRAINEE = "trainee"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Age:
    """Whole months since the team stood behind its card (None: never), and whether that is recent enough."""

    months: int | None
    fresh: bool


@dataclass(frozen=True, slots=True)
class Replies:
    """``asked``: requests that came to their end, by an answer or by the date to answer by; those that still wait
    and those that were taken back are no silence. ``days``: how long half of the answers took at most.
    """

    asked: int = 0
    replied: int = 0
    days: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", max(self.asked, self.replied))


@dataclass(frozen=True, slots=True)
class Stays:
    """Stays that host and trainee had agreed on, and how many of them each side called off."""

    agreed: int = 0
    by_host: int = 0
    by_trainee: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "agreed", max(self.agreed, self.by_host + self.by_trainee))


@dataclass(frozen=True, slots=True)
class Record:
    """All that a card says of its own reliability."""

    age: Age
    replies: Replies
    stays: Stays


def age(confirmed_on: date | None, today: date, *, fresh_days: int) -> Age:
    """How old the card's truth is; a confirmation of tomorrow (another time zone) is one of today."""
    if confirmed_on is None:
        return Age(None, fresh=False)
    return Age(max(0, months_since(confirmed_on, today)), fresh=confirmed_on >= today - fresh_days * DAY)


def months_since(day: date, today: date) -> int:
    """Whole months between two days."""
    return (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)


def median_days(waits: Iterable[timedelta]) -> float | None:
    """The middle of the waits for an answer, in days, to one decimal; None without an answer."""
    days = [max(wait / DAY, 0.0) for wait in waits]
    return round(median(days), 1) if days else None


def tally(stays: Iterable[Side | None]) -> Stays:
    """Agreed stays, each with who called it off (None: nobody)."""
    sides = Counter(stays)
    return Stays(sides.total(), sides[Side.HOST], sides[Side.TRAINEE])
