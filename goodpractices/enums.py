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
    WITH_EXPERT = "with_expert", "half", _("With an expert"), _("To be read by an expert")
    CHANGES = "changes", "turn", _("Changes asked"), _("Changes asked")
    PUBLISHED = "published", "done", _("Published"), _("Published")
    REJECTED = "rejected", "declined", _("Not published"), _("Not published")
    WITHDRAWN = "withdrawn", "declined", _("Withdrawn"), _("Withdrawn")


class TranslationState(States):
    DRAFT = "draft", "draft", _("Being translated"), _("Being translated")
    SUBMITTED = "submitted", "waiting", _("Being read"), _("To be read")
    PUBLISHED = "published", "done", _("Published"), _("Published")


# Somebody is reading; the text stays as it was sent.
IN_READING = (PracticeState.SUBMITTED, PracticeState.WITH_EXPERT)
# Days within which each reader answers (docs/decisions/0006-two-readers.md).
READING_DAYS = 14


class MarkKind(models.TextChoices):
    """What the checker of anonymity marks (`goodpractices.anonymity.KINDS`)."""

    NAME = "name", _("a name or initials")
    BIRTH_DATE = "birth_date", _("a date of birth")
    PHONE = "phone", _("a phone number")
    EMAIL = "email", _("an e-mail address")
    ADDRESS = "address", _("where somebody lives")
    ID_NUMBER = "id_number", _("an identity or account number")


class AdoptionOutcome(models.TextChoices):
    TRYING = "trying", _("Still being tried")
    KEPT = "kept", _("Kept as it is")
    ADAPTED = "adapted", _("Kept, adapted")
    DROPPED = "dropped", _("Dropped")


class AuthorRole(models.TextChoices):
    AUTHOR = "author", _("author")
    JOINT = "joint", _("joint author")
