"""Documents: a row is written first, the worker makes the file."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from ecett.core.ids import verification_code
from ecett.core.models.base import Public
from ecett.core.states import States


class DocumentState(States):
    QUEUED = "queued", "waiting", _("Waiting to be made"), _("Waiting to be made")
    RENDERING = "rendering", "half", _("Being made"), _("Being made")
    READY = "ready", "done", _("Ready"), _("Ready")
    FAILED = "failed", "declined", _("Could not be made"), _("Could not be made")


class Document(Public):
    """One document. The context is frozen when it is asked for: the file can be made again and says the same."""

    State = DocumentState

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=8)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.BigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    context: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=DocumentState.choices, default=DocumentState.QUEUED)
    code = models.CharField(max_length=20, unique=True, default=verification_code, editable=False)
    file = models.FileField(upload_to="documents/%Y/%m/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    sealed = models.BooleanField(default=False)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.TextField(blank=True)
    revoked_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    requested_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ready_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Which worker run holds the row: a run whose lease has gone may not store its file. Until when: the sweep
    # takes up every unfinished row whose moment has passed, be it waiting (its task was lost, or it pauses after
    # an error) or being made (its worker died).
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ("-created_at",)
        indexes: ClassVar = [
            models.Index(fields=["content_type", "object_id", "kind"]),
            models.Index(fields=["state", "leased_until"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def in_force(self) -> bool:
        """Made, not revoked, not replaced by a newer one."""
        return (
            self.state == DocumentState.READY
            and self.revoked_at is None
            and not hasattr(self, "superseded_by")
        )
