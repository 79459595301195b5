"""Good practices."""

from goodpractices.models.clearance import ClearedMark
from goodpractices.models.practice import GoodPractice, GoodPracticeLog, PracticeAuthor
from goodpractices.models.readings import PracticeRemark, PracticeVersion

__all__ = [
    "ClearedMark",
    "GoodPractice",
    "GoodPracticeLog",
    "PracticeAuthor",
    "PracticeRemark",
    "PracticeVersion",
]
