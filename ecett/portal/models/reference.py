"""Reference data in the database: which version of the files it was loaded from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedReference(models.Model):
    """One loader and the digest of the files it last read; it stands in the database it speaks of."""

    name = models.CharField(_("loader"), max_length=60, primary_key=True)
    digest = models.CharField(_("digest of the files"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded"), auto_now=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("loaded reference data")
        verbose_name_plural = _("loaded reference data")

    def __str__(self) -> str:
        return self.name
