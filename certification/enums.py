"""Levels, states and marks of certification."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ecett.core.states import States


class Level(models.TextChoices):
    A = "A", _("A: a visit")
    B = "B", _("B: a practice")
    C = "C", _("C: a project")
    D = "D", _("D: a masterpiece")


class DossierState(States):
    DRAFT = "draft", "draft", _("In preparation"), _("In preparation")
    SUBMITTED = "submitted", "waiting", _("Sent to the jury"), _("Waiting for a session")
    JURY = "jury", "half", _("Before the jury"), _("Before the jury")
    AWARDED = "awarded", "done", _("Certificate awarded"), _("Certificate awarded")
    REFUSED = "refused", "declined", _("Not awarded"), _("Not awarded")
    WITHDRAWN = (
        "withdrawn",
        "declined",
        pgettext_lazy("dossier", "Withdrawn"),
        pgettext_lazy("dossier", "Withdrawn"),
    )


class CertificateState(States):
    VALID = "valid", "done", _("Valid"), _("Valid")
    REVIEW = "review", "waiting", _("Under review"), _("Under review")
    REVOKED = "revoked", "declined", _("Revoked"), _("Revoked")


class WorkState(models.TextChoices):
    """Of an execution project (C) or a masterpiece (D)."""

    NONE = "none", _("not begun")
    STARTED = "started", _("begun")
    PRESENTED = "presented", _("presented to the jury")


class Vote(models.TextChoices):
    YES = "yes", _("Award")
    NO = "no", _("Do not award")
    ABSTAIN = "abstain", _("Abstain")
