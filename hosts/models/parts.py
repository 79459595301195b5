"""What belongs to a card but stands in tables of its own."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hosts.enums import Cefr, ContactRole, PeriodKind
from hosts.models.host import Host, is_phone


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


class HostContact(models.Model):
    """Somebody of the team whom visitors and the helpdesk may need, beside the spokesperson.

    The spokesperson stands on the card itself: letters, proposals, duplicates and conflicts of interest ask for exactly
    one address a card, and there is no second place where it could say something else.
    """

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="contacts")
    role = models.CharField(_("role"), max_length=20, choices=ContactRole.choices)
    name = models.CharField(_("name"), max_length=200)
    # The one she is best written to in comes first.
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True, validators=[is_phone])

    class Meta:
        ordering = ("pk",)
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["host", "role", "name", "email"], name="one_contact_a_person_and_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_role_display()})"
