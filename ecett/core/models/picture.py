"""A photograph on a card; each room has a table of its own with the foreign key to what it shows."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecett.core.models.base import Public


class Picture(Public):
    """Two sizes of one picture, each under its own hash (SHA-256 of the WebP file), and what they show.

    Subclasses name in ``owner_field`` the foreign key to the thing it belongs to, and in ``file_view`` the address of
    the files, which takes the hash.
    """

    owner_field: ClassVar[str]
    file_view: ClassVar[str]

    large = models.CharField(max_length=64, editable=False)
    large_width = models.PositiveIntegerField(editable=False)
    large_height = models.PositiveIntegerField(editable=False)
    small = models.CharField(max_length=64, editable=False, db_index=True)
    small_width = models.PositiveIntegerField(editable=False)
    small_height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(_("what one sees"), max_length=300)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.alt

    @property
    def large_url(self) -> str:
        return reverse(self.file_view, args=[self.large])

    @property
    def small_url(self) -> str:
        return reverse(self.file_view, args=[self.small])
