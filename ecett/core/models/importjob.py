"""Imports: one job a file, one row for each line that needs a word."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ecett.core.models.job import Job
from ecett.core.states import States


class ImportState(States):
    QUEUED = "queued", "waiting", _("Waiting"), _("Waiting")
    RUNNING = "running", "half", _("Running"), _("Running")
    DONE = "done", "done", _("Done"), _("Done")
    FAILED = "failed", "declined", _("Stopped: nothing was imported"), _("Stopped: nothing was imported")
    CANCELLED = (
        "cancelled",
        "declined",
        _("Cancelled: nothing was imported"),
        _("Cancelled: nothing was imported"),
    )


class RowOutcome(models.TextChoices):
    CREATED = "created", _("created")
    UPDATED = "updated", _("updated")
    MERGED = "merged", _("merged into another row")
    SKIPPED = "skipped", _("skipped")
    REFUSED = "refused", _("refused")


class ImportJob(Job):
    """A file somebody sent, and what became of it: created + updated + merged + skipped + refused = read."""

    State = ImportState

    kind = models.CharField(max_length=40)
    filename = models.CharField(max_length=255)
    file = models.FileField(upload_to="imports/%Y/%m/")
    layout = models.CharField(
        max_length=80, blank=True, help_text=_("Empty: recognised from the heading line.")
    )
    # A column map sent along (TOML): it is used instead of the layouts that ship with the portal.
    map_text = models.TextField(blank=True)
    dry_run = models.BooleanField(default=False)
    # The dry run that this job makes real: one job at most, however often the button is pressed.
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followed_by"
    )
    requested_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=20, choices=ImportState.choices, default=ImportState.QUEUED)
    total = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    merged = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    # Those of the skipped rows that say what is known already.
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # New rows that were too many to be asked about one by one.
    unasked = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["state", "leased_until"])]

    def __str__(self) -> str:
        return self.filename

    @property
    def counts(self) -> dict[str, int]:
        """The number of rows by outcome, in the order they are told."""
        return {outcome.value: getattr(self, outcome.value) for outcome in RowOutcome}


class Answer(models.TextChoices):
    """What the person says of a row that may be there already. Empty: whoever keeps the records looks later."""

    LATER = "", _("Decide later")
    SAME = "same", _("The same")
    ANOTHER = "another", _("Another one")


class ImportQuestion(models.Model):
    """A row of a dry run that looks like a record which is there under another key."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="questions")
    line = models.PositiveIntegerField()
    subject = models.CharField(max_length=400)
    candidate = models.CharField(max_length=400)
    url = models.CharField(max_length=300)
    why = models.CharField(max_length=400, blank=True)
    # Names the record for the importer.
    key = models.CharField(max_length=200)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)

    class Meta:
        ordering = ("line", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "line"], name="one_question_a_line")]

    def __str__(self) -> str:
        return f"{self.line}: {self.subject} = {self.candidate}?"


class ImportRow(models.Model):
    """What happened to one line that was not plainly created or updated."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=RowOutcome.choices)
    field = models.CharField(max_length=200, blank=True)
    reason = models.TextField()

    class Meta:
        ordering = ("line", "pk")
        indexes: ClassVar = [models.Index(fields=["job", "outcome", "line"])]

    def __str__(self) -> str:
        return f"{self.line}: {self.reason}"
