"""What an author says about a passage that the checker of anonymity marked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodpractices.enums import MarkKind


class ClearedMark(models.Model):
    """ "This is not a client": wherever these words stand in the practice. Kept for the reader of the desk."""

    practice = models.ForeignKey(
        "goodpractices.GoodPractice", on_delete=models.CASCADE, related_name="cleared_marks"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MarkKind.choices)
    text = models.CharField(_("marked words"), max_length=500)
    user = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "kind", "text"], name="one_clearance_a_mark")
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.get_kind_display()})"
