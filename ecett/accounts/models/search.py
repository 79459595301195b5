"""A search somebody keeps, with e-mails about what is new in it when she wants them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ecett.core.models import Public

NAME_LENGTH = 120


class Alert(models.TextChoices):
    """How often somebody wants to hear of new cards."""

    NONE = "none", _("no e-mails")
    WEEKLY = "weekly", _("at most once a week")
    DAILY = "daily", _("at most once a day")


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def kept(self) -> SavedSearchQuerySet:
        """Those that were not taken away."""
        return self.filter(deleted_at__isnull=True)


class SavedSearch(Public):
    """A question to one of the databases under a name. ``kind``: see `ecett.accounts.searches`."""

    Alert = Alert

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="searches")
    kind = models.CharField(max_length=20)
    # The filters as they stand in the address of the list, always in the same order.
    address = models.TextField(blank=True)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    alert = models.CharField(_("e-mails"), max_length=10, choices=Alert.choices, default=Alert.NONE)
    # The cards that were found already, as `searches.pack` keeps them: whatever else is found is new.
    seen = models.BinaryField(default=bytes)
    checked_at = models.DateTimeField()
    # Taken away, and kept a while in case it was a mistake.
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        indexes: ClassVar = [
            models.Index(
                fields=["checked_at"],
                name="search_due",
                condition=models.Q(deleted_at=None) & ~models.Q(alert="none"),
            )
        ]

    def __str__(self) -> str:
        return self.name
