"""The trainee's journey."""

from trainees.models.agreement import Agreement, AgreementLog, Signature
from trainees.models.evaluation import Evaluation, EvaluationLog
from trainees.models.internship import (
    AttendanceDay,
    BudgetLine,
    Companion,
    Internship,
    InternshipLog,
    ProgrammeItem,
    ReportedHost,
    ReportedPractice,
)
from trainees.models.profile import ResumeEntry, TraineeLanguage, TraineeProfile
from trainees.models.project import Goal, Project, ProjectLog

__all__ = [
    "Agreement",
    "AgreementLog",
    "AttendanceDay",
    "BudgetLine",
    "Companion",
    "Evaluation",
    "EvaluationLog",
    "Goal",
    "Internship",
    "InternshipLog",
    "ProgrammeItem",
    "Project",
    "ProjectLog",
    "ReportedHost",
    "ReportedPractice",
    "ResumeEntry",
    "Signature",
    "TraineeLanguage",
    "TraineeProfile",
]
