"""What the checker says of a goal, for its page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import get_language

from ecett.core.clock import today
from trainees import goalcheck
from trainees.models import Goal


@dataclass(frozen=True)
class Checked:
    """``verdicts``: S M A R T each ok, weak or bad; ``advice``: a sentence for each letter that is not ok."""

    verdicts: dict[str, str]
    advice: dict[str, str]

    @property
    def questions(self) -> int:
        """How many questions are open."""
        return len(self.advice)


def check_goal(text: str, deadline: dt.date | None, language: str) -> Checked:
    """A helper's opinion of a goal, in the reader's language where the checker speaks it."""
    lang = language if language in goalcheck.LANGUAGES else "en"
    reader = (get_language() or lang).split("-")[0]
    verdicts = goalcheck.check(text, deadline, lang, today())
    advice = goalcheck.advice(verdicts, reader if reader in goalcheck.LANGUAGES else lang)
    return Checked({letter: verdict.state for letter, verdict in verdicts.items()}, advice)


@dataclass(frozen=True)
class GoalLine:
    """A goal with what the checker says of it."""

    goal: Goal
    checked: Checked


def goal_lines(goals: list[Goal], language: str) -> list[GoalLine]:
    """Each goal, checked."""
    return [GoalLine(goal, check_goal(goal.text, goal.deadline, language)) for goal in goals]
