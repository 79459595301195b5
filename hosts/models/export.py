"""Sheets with the names and addresses of teams' people."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ecett.core.models import Stamped


class ContactExport(Stamped):
    """Who took such a sheet, of which cards, how often. Kept for whoever has to answer for personal data."""

    taken_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    # Her name, also when the account is gone.
    taken_by_name = models.CharField(max_length=200)
    # The filters of the list, as they stand in its address.
    address = models.CharField(max_length=2000, blank=True)
    cards = models.PositiveIntegerField()
    # The same sheet taken again within the hour.
    times = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = "export of contacts"
        verbose_name_plural = "exports of contacts"
        indexes: ClassVar = [models.Index(fields=["taken_by", "created_at"], name="contact_exports_by")]

    def __str__(self) -> str:
        return f"{self.taken_by_name}: {self.cards} ({self.address})"
