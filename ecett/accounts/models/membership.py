"""Who is what where: the source of every role."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ecett.accounts.enums import Role
from ecett.core import languages
from ecett.core.clock import today
from ecett.core.models import Stamped


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> MembershipQuerySet:
        """Those that hold today."""
        day = today()
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Membership(Stamped):
    """A person's role, in an organisation where the role has one; helpdesk people serve one language each."""

    Role = Role

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="memberships"
    )
    language = models.CharField(_("language served"), max_length=8, blank=True)
    starts_on = models.DateField(_("from"), default=today)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("membership")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "language"],
                nulls_distinct=False,
                name="one_membership_a_role_and_place",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.HELPDESK) | ~Q(language=""), name="helpdesk_serves_a_language"
            ),
        ]

    def __str__(self) -> str:
        speaks = languages.name(self.language) if self.language else ""
        parts = [str(self.get_role_display()), speaks, str(self.organisation or "")]
        return " · ".join(part for part in parts if part)
