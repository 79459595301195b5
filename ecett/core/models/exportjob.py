"""Exports that are too large to come at once: one row a sheet, made by the worker."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecett.core.models.job import PENDING, Job
from ecett.core.states import States


class ExportState(States):
    QUEUED = "queued", "waiting", _("Waiting to be made"), _("Waiting to be made")
    RUNNING = "running", "half", _("Being made"), _("Being made")
    READY = "ready", "done", _("Ready"), _("Ready")
    FAILED = "failed", "declined", _("Could not be made"), _("Could not be made")
    CANCELLED = "cancelled", "declined", _("Cancelled"), _("Cancelled")
    REMOVED = "removed", "declined", _("File removed"), _("File removed")


class ExportJob(Job):
    """What somebody asked for, how far it is, and the file, which nobody else reads."""

    State = ExportState

    kind = models.CharField(max_length=40)
    form = models.CharField(max_length=10)
    columns: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    # The filters of the list as in its address, and as the person reads them.
    address = models.TextField(blank=True)
    filters: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    language = models.CharField(max_length=8)
    # The same for the same order.
    digest = models.CharField(max_length=64)
    # The page it was sent from: a second press of its button finds the first one's job.
    once = models.CharField(max_length=16, blank=True)
    requested_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=20, choices=ExportState.choices, default=ExportState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    file = models.FileField(upload_to="exports/", blank=True)
    size = models.PositiveBigIntegerField(default=0)
    # When it was asked for last: it may be made again.
    asked_at = models.DateTimeField()
    # When the person has taken the file for the first time.
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["requested_by", "digest"],
                condition=Q(state__in=PENDING),
                name="one_export_is_made_once",
            ),
            models.UniqueConstraint(
                fields=["requested_by", "once"], condition=~Q(once=""), name="one_export_a_press"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["requested_by", "asked_at"], name="exports_of_person"),
            models.Index(fields=["state", "leased_until"], name="exports_to_make"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}.{self.form}"

    @property
    def spoken(self) -> str:
        """The language of its words is that of the person when she asked."""
        return self.language
