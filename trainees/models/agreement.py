"""The agreement (2a with programme 2b) and its three signatures."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMModelMixin

from ecett.core.models import Public, StateField, TransitionLog
from ecett.core.permissions import is_system
from ecett.core.workflow import step
from trainees.enums import AgreementState, Party

State = AgreementState


@pghistory.track()
class Agreement(FSMModelMixin, Public):
    """One version of the agreement of an internship; a changed plan makes a new version."""

    State = AgreementState

    internship = models.ForeignKey("trainees.Internship", on_delete=models.PROTECT, related_name="agreements")
    version = models.PositiveSmallIntegerField(default=1)
    state = StateField(default=AgreementState.SIGNING, choices=AgreementState.choices)
    language = models.CharField(max_length=8)
    # What was to be signed, and the sealed document with all three signatures.
    document = models.ForeignKey("core.Document", null=True, on_delete=models.PROTECT, related_name="+")
    sealed_document = models.ForeignKey(
        "core.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-version",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["internship", "version"], name="one_agreement_a_version"),
            models.UniqueConstraint(
                fields=["internship"], condition=~Q(state="void"), name="one_living_agreement_an_internship"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.internship} v{self.version}"

    @step(
        state,
        source=State.SIGNING,
        target=State.SEALED,
        label=pgettext_lazy("step", "Seal"),
        by=is_system,
        hidden=True,
    )
    def seal(self, *, at: Any) -> None:
        """All three have signed."""
        self.sealed_at = at

    @step(
        state,
        source=(State.SIGNING, State.SEALED),
        target=State.VOID,
        label=_("Make void"),
        by=is_system,
        hidden=True,
    )
    def make_void(self) -> None:
        """The plan changed or the stay was cancelled."""


class Signature(Public):
    """A simple electronic signature: who, for which side, when, by which address."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    party = models.CharField(max_length=10, choices=Party.choices)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField()
    language = models.CharField(max_length=8, default="en")
    organisation = models.CharField(max_length=300, blank=True)
    user = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_name = models.CharField(_("name as typed"), max_length=200, blank=True)
    # Which text was signed: the hash of the document that was shown.
    signed_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "party"], name="one_signature_a_party")
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()}: {self.name}"


class AgreementLog(TransitionLog):
    subject = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="log")
