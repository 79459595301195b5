"""What was sent to be read, and what its readers say about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class PracticeVersion(models.Model):
    """The words of a practice as they were sent: one row each time, never changed."""

    practice = models.ForeignKey(
        "goodpractices.GoodPractice", on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8)
    # {field: words}, the fields of `goodpractices.passages.CHECKED`.
    texts = models.JSONField()
    # What went with it: the facts of each attachment (`Attachment.facts`), in order.
    attachments = models.JSONField(default=list)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.practice} · {self.number}"


class PracticeRemark(models.Model):
    """What a reader says about one place in a version; ``quote`` are the words meant, as they stand there."""

    version = models.ForeignKey(PracticeVersion, on_delete=models.CASCADE, related_name="remarks")
    field = models.CharField(_("about"), max_length=30, blank=True)
    quote = models.CharField(_("words meant"), max_length=500, blank=True)
    text = models.TextField(_("remark"))
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text[:60]
