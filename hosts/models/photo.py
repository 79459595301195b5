"""Photographs of a host's place."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ecett.core.models.picture import Picture
from hosts.models.host import Host


class HostPhoto(Picture):
    """Seen by those who see the card."""

    owner_field = "host"
    file_view = "hosts:photo_file"

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="photos")

    class Meta(Picture.Meta):
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["host", "large"], name="one_photo_once_a_host")
        ]
