"""States and choices of the trainee's journey."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ecett.core.states import States


class ProjectState(States):
    """A project is the whole trip: Plan, Do, Check, Act."""

    PLAN = "plan", "half", _("Plan"), _("Plan")
    DO = "do", "half", _("Do"), _("Do")
    CHECK = "check", "half", _("Check"), _("Check")
    ACT = "act", "half", _("Act"), _("Act")
    DONE = "done", "done", _("Finished"), _("Finished")
    DROPPED = "dropped", "declined", _("Given up"), _("Given up")


class GoalResult(models.TextChoices):
    OPEN = "", _("not yet judged")
    MET = "met", _("met")
    PARTLY = "partly", _("partly met")
    MISSED = "missed", _("not met")


class InternshipState(States):
    PLANNED = "planned", "half", _("Being planned"), _("Being planned")
    SIGNING = "signing", "waiting", _("Waiting for signatures"), _("Waiting for signatures")
    AGREED = "agreed", "done", _("Agreed by all three"), _("Agreed by all three")
    CONFIRMED = "confirmed", "done", _("Attendance confirmed"), _("Attendance confirmed")
    CANCELLED = "cancelled", "declined", _("Cancelled"), _("Cancelled")


class EvaluationState(States):
    """Whether a host's card shows what somebody wrote; the marks count in any case."""

    SHOWN = "shown", "done", _("Words shown"), _("Words shown")
    HIDDEN = "hidden", "declined", _("Words hidden"), _("Words hidden")


class Party(models.TextChoices):
    TRAINEE = "trainee", _("Trainee")
    EMPLOYER = "employer", _("Employer")
    HOST = "host", _("Host")


class AgreementState(States):
    SIGNING = "signing", "waiting", _("Waiting for signatures"), _("Waiting for signatures")
    SEALED = "sealed", "done", _("Signed by all and sealed"), _("Signed by all and sealed")
    VOID = "void", "declined", _("Replaced or withdrawn"), _("Replaced or withdrawn")


class BudgetHead(models.TextChoices):
    TRAVEL = "travel", _("Travel")
    STAY = "stay", _("Nights")
    MEALS = "meals", _("Meals")
    LOCAL = "local", _("Local transport")
    OTHER = "other", _("Insurance and other")


class FundedBy(models.TextChoices):
    GRANT = "grant", _("Erasmus+ grant")
    EMPLOYER = "employer", _("Employer")
    SELF = "self", _("Trainee")
    HOST = "host", _("Host, free of charge")


class Eqf(models.IntegerChoices):
    """Qualification level of the European Qualifications Framework."""

    L1 = 1, "EQF 1"
    L2 = 2, "EQF 2"
    L3 = 3, "EQF 3"
    L4 = 4, "EQF 4"
    L5 = 5, "EQF 5"
    L6 = 6, "EQF 6"
    L7 = 7, "EQF 7"
    L8 = 8, "EQF 8"


class ResumeKind(models.TextChoices):
    WORK = "work", _("Work")
    EDUCATION = "education", _("Education")
    TRAINING = "training", _("Training")
