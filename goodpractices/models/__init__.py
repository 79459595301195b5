"""Good practices."""

from goodpractices.models.practice import GoodPractice, GoodPracticeLog, PracticeAuthor

__all__ = ["GoodPractice", "GoodPracticeLog", "PracticeAuthor"]
