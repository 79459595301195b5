"""ECETT workshops: where good practices are presented."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from ecett.core.models import Public


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def visible_to(self, user: Any) -> WorkshopQuerySet:
        """Every signed-in person sees the workshops."""
        return self if user.is_authenticated else self.none()


class Workshop(Public):
    """A meeting of the network, in a town or online."""

    title = models.CharField(_("title"), max_length=200)
    day = models.DateField(_("day"))
    city = models.CharField(_("town, or “online”"), max_length=200)
    country = CountryField(_("country"), blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    is_demo = models.BooleanField(default=False)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "pk")

    def __str__(self) -> str:
        return self.title


class Presentation(Public):
    """A practice presented at a workshop; counts once the secretary or the desk has confirmed it."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="presentations")
    practice = models.ForeignKey(
        "goodpractices.GoodPractice", on_delete=models.CASCADE, related_name="presentations"
    )
    presenter = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="presentations")
    confirmed_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "practice", "presenter"], name="one_presentation_a_workshop"
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice} · {self.workshop}"
