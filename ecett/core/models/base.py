"""Abstract bases of the portal's tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ecett.core.ids import public_id


class Stamped(models.Model):
    """When a row was made and last changed (UTC)."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        abstract = True


class Public(Stamped):
    """A row with an address of its own: reached by ``public_id``, never by its number."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)

    class Meta:
        abstract = True


class TransitionLog(models.Model):
    """One change of state. Each lifecycle has its own table with a foreign key ``subject`` (``related_name="log"``).

    Rows are written by ``ecett.core.workflow.perform`` and by nothing else; they are never changed.
    """

    step = models.CharField(max_length=60)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    actor = models.ForeignKey(
        "accounts.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("by"),
    )
    # Kept as text beside the person: she may leave, and people with a signed link have no account.
    actor_name = models.CharField(max_length=200, blank=True)
    actor_role = models.CharField(max_length=40, blank=True)
    actor_organisation = models.CharField(max_length=200, blank=True)
    comment = models.TextField(blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.step}: {self.from_state} → {self.to_state}"
