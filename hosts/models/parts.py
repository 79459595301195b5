"""What belongs to a card but stands in tables of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hosts.enums import Cefr, PeriodKind
from hosts.models.host import Host


class HostLanguage(models.Model):
    """A working language of a host, with the level spoken in the team."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=8)
    level = models.CharField(_("level"), max_length=2, choices=Cefr.choices, default=Cefr.B2)

    class Meta:
        ordering = ("-level", "language")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["host", "language"], name="one_level_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.level}"


class HostPeriod(models.Model):
    """When a host is open or closed to visitors (both days included)."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="periods")
    kind = models.CharField(max_length=10, choices=PeriodKind.choices)
    start = models.DateField(_("from"))
    end = models.DateField(_("until"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ("start",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="host_period_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.start} – {self.end}"
