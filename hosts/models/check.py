"""A letter that asks a team whether its card is still right, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecett.core.models import Stamped
from hosts.models.host import Host


class HostCheck(Stamped):
    """One round: the first letter, its reminders, and the answer or the silence. Open until it is answered."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="checks")
    # Who is written to, as the card named her that day.
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    asked_on = models.DateField(_("asked on"))
    last_letter_on = models.DateField(_("last letter"))
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    # The day silence had its first consequence.
    doubted_on = models.DateField(_("silent since"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.CharField(_("answered by"), max_length=200, blank=True)

    class Meta:
        ordering = ("-asked_on", "-pk")
        verbose_name = _("yearly question")
        verbose_name_plural = _("yearly questions")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["host"], condition=Q(answered_on__isnull=True), name="one_open_check_a_host"
            )
        ]

    def __str__(self) -> str:
        return f"{self.host}: {self.asked_on}"
