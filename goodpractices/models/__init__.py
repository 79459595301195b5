"""Good practices."""

from goodpractices.models.adoption import Adoption, Innovation
from goodpractices.models.clearance import ClearedMark
from goodpractices.models.practice import GoodPractice, GoodPracticeLog, PracticeAuthor
from goodpractices.models.readings import PracticeRemark, PracticeVersion

__all__ = [
    "Adoption",
    "ClearedMark",
    "GoodPractice",
    "GoodPracticeLog",
    "Innovation",
    "PracticeAuthor",
    "PracticeRemark",
    "PracticeVersion",
]
