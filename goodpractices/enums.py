"""Kinds and states of good practices."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ecett.core.states import States


class PracticeKind(models.TextChoices):
    HOLDER = "holder", _("reported by its holder")
    TRAINEE = "trainee", _("reported by a visiting trainee")
    EXPERT = "expert", _("reported by an expert in a webinar")


class PracticeState(States):
    DRAFT = "draft", "draft", _("Draft"), _("Draft")
    SUBMITTED = "submitted", "waiting", _("Being read"), _("To be read")
    CHANGES = "changes", "turn", _("Changes asked"), _("Changes asked")
    PUBLISHED = "published", "done", _("Published"), _("Published")
    REJECTED = "rejected", "declined", _("Not published"), _("Not published")


class AuthorRole(models.TextChoices):
    AUTHOR = "author", _("author")
    JOINT = "joint", _("joint author")
