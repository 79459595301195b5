"""Rates: one printed figure a row, with the call it holds for and where it was read."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ecett.core.models import Stamped


@pghistory.track()
class Rate(Stamped):
    """The table behind ``grants.rates.RateRow``: same fields, same meaning, ``row_id`` is its ``id``."""

    row_id = models.CharField(max_length=200, unique=True)
    call_from = models.PositiveSmallIntegerField(_("first call"))
    call_to = models.PositiveSmallIntegerField(_("last call"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("key"), max_length=60)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4)
    action = models.CharField(max_length=10, blank=True)
    sector = models.CharField(max_length=10, blank=True)
    agency = models.CharField(max_length=10, blank=True)
    first_day = models.PositiveSmallIntegerField(null=True, blank=True)
    last_day = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    certainty = models.CharField(max_length=1, default="?")

    class Meta:
        ordering = ("call_from", "kind", "row_id")
        verbose_name = _("rate")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(call_to__isnull=True) | Q(call_to__gte=F("call_from")),
                name="rate_call_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="rate_not_negative"),
        ]
        indexes: ClassVar = [models.Index(fields=["call_from", "call_to"])]

    def __str__(self) -> str:
        return self.row_id
