"""Good practices."""

from goodpractices.models.adoption import Adoption, Innovation, InnovationPicture
from goodpractices.models.attachment import Attachment, AttachmentLog
from goodpractices.models.clearance import ClearedMark
from goodpractices.models.practice import GoodPractice, GoodPracticeLog, PracticeAuthor
from goodpractices.models.readings import PracticeRemark, PracticeVersion
from goodpractices.models.translation import PracticeTranslation, PracticeTranslationLog

__all__ = [
    "Adoption",
    "Attachment",
    "AttachmentLog",
    "ClearedMark",
    "GoodPractice",
    "GoodPracticeLog",
    "Innovation",
    "InnovationPicture",
    "PracticeAuthor",
    "PracticeRemark",
    "PracticeTranslation",
    "PracticeTranslationLog",
    "PracticeVersion",
]
