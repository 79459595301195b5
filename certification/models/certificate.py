"""Certificates A to D."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from certification.enums import CertificateState, Level
from ecett.accounts.enums import Role
from ecett.core.models import Public, StateField, TransitionLog
from ecett.core.permissions import may
from ecett.core.workflow import step

State = CertificateState


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: Any) -> CertificateQuerySet:
        """One's own; all for secretary and administrator. Others check a code on the verify page."""
        if not user.is_authenticated:
            return self.none()
        if user.role in (Role.SECRETARY, Role.ADMIN):
            return self
        return self.filter(holder=user)


@pghistory.track()
class Certificate(FSMModelMixin, Public):
    """What was awarded to whom; the sealed PDF is its document, whose code anybody can check."""

    State = CertificateState

    number = models.CharField(_("number"), max_length=16, unique=True)
    level = models.CharField(_("level"), max_length=1, choices=Level.choices)
    holder = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="certificates")
    holder_name = models.CharField(max_length=200)
    state = StateField(default=CertificateState.VALID, choices=CertificateState.choices)
    internship = models.ForeignKey(
        "trainees.Internship", null=True, blank=True, on_delete=models.PROTECT, related_name="certificates"
    )
    dossier = models.OneToOneField(
        "certification.Dossier", null=True, blank=True, on_delete=models.PROTECT, related_name="certificate"
    )
    awarded_on = models.DateField(_("awarded on"))
    document = models.ForeignKey(
        "core.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # When its holder was told that the PDF is there.
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ("-awarded_on", "-pk")
        verbose_name = _("certificate")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["internship", "holder"],
                condition=Q(level="A"),
                name="one_certificate_a_stay_and_person",
            ),
            models.CheckConstraint(
                condition=Q(level="A", internship__isnull=False) | (~Q(level="A") & Q(dossier__isnull=False)),
                name="certificate_stands_on_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} · {self.holder_name}"

    @step(
        state,
        source=State.VALID,
        target=State.REVIEW,
        label=_("Put under review"),
        by=may("certification.keep_certificates"),
        comment="required",
    )
    def question(self) -> None:
        """Doubts were raised; the verify page says so."""

    @step(
        state,
        source=State.REVIEW,
        target=State.VALID,
        label=_("Confirm it"),
        by=may("certification.keep_certificates"),
        comment="required",
    )
    def confirm(self) -> None:
        """The doubts were unfounded."""

    @step(
        state,
        source=(State.VALID, State.REVIEW),
        target=State.REVOKED,
        label=_("Revoke"),
        by=may("certification.keep_certificates"),
        comment="required",
        confirm=_("Revoke this certificate? The verify page will say so, with the date."),
    )
    def revoke(self) -> None:
        """The certificate no longer holds; the comment says why."""


class CertificateLog(TransitionLog):
    subject = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="log")
