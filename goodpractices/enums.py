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


class AttachmentState(States):
    WAITING = "waiting", "waiting", _("The helpdesk looks at it"), _("To be looked at")
    SHOWN = "shown", "done", _("Shown"), _("Shown")
    LEFT_OUT = "left_out", "declined", _("Not shown"), _("Not shown")
    REMOVED = "removed", "declined", _("Removed"), _("Removed")


class AttachmentKind(models.TextChoices):
    """The kinds of `ecett.core.cleaning.handed_on.KEPT_AS`, in words."""

    PDF = "pdf", _("PDF")
    PICTURE = "picture", _("picture")
    DOCX = "docx", _("text (Word)")
    ODT = "odt", _("text (OpenDocument)")
    XLSX = "xlsx", _("sheet (Excel)")
    ODS = "ods", _("sheet (OpenDocument)")
    PPTX = "pptx", _("slides (PowerPoint)")
    ODP = "odp", _("slides (OpenDocument)")


class AttachmentNote(models.TextChoices):
    """What the cleaner of documents found (`ecett.core.cleaning`)."""

    COMMENTS = "comments", _("Comments stand in it, perhaps with their writers’ names.")
    CHANGES = "changes", _("Tracked changes stand in it: what was deleted can still be read.")
    HIDDEN = "hidden", _("Some sheets or slides in it are hidden.")
    SPEAKER = "speaker", _("Speaker’s notes stand below its slides.")
    EMBEDDED = "embedded", _("Other files lie inside it, for example the table behind a chart.")
    SIGNATURE_GONE = "signature_gone", _("A signature was taken out: it held a name.")
    PARTS_GONE = "parts_gone", _("Files or programs inside it were taken out.")


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
