"""The outbox: what was written to whom, in which language, and whether it has left."""

from typing import ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from ecett.core.models.base import Public
from ecett.core.states import States


class NotificationState(States):
    QUEUED = "queued", "waiting", _("Waiting to be sent"), _("Waiting to be sent")
    SENT = "sent", "done", _("Sent"), _("Sent")
    FAILED = "failed", "declined", _("Could not be sent"), _("Could not be sent")


class Notification(Public):
    """One e-mail to one address, rendered in the recipient's language when it is written."""

    State = NotificationState

    kind = models.CharField(max_length=60)
    recipient = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.CASCADE, related_name="notifications"
    )
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8)
    subject_line = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    html = models.TextField()
    content_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.SET_NULL)
    # Where a mail program stops letters of this sort at one click (RFC 8058); empty for letters that must come.
    unsubscribe_url = models.TextField(blank=True, default="")
    object_id = models.BigIntegerField(null=True, blank=True)
    subject = GenericForeignKey("content_type", "object_id")
    state = models.CharField(
        _("state"), max_length=20, choices=NotificationState.choices, default=NotificationState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # Who is sending it, and from when it may be tried (again): empty for a letter that has just been written.
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("outgoing e-mails")
        ordering = ("-created_at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["state", "leased_until"]),
            models.Index(fields=["content_type", "object_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject_line} → {self.email}"
