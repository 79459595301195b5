"""Good practices."""

from goodpractices.models.clearance import ClearedMark
from goodpractices.models.practice import GoodPractice, GoodPracticeLog, PracticeAuthor

__all__ = ["ClearedMark", "GoodPractice", "GoodPracticeLog", "PracticeAuthor"]
