"""An invitation to look after a card: by a link, and with an account if she wants one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from ecett.core.models import Public, StateField, TransitionLog
from ecett.core.permissions import may, via_link
from ecett.core.workflow import step
from hosts.enums import InvitationState
from hosts.models.host import Host

State = InvitationState


class HostInvitation(FSMModelMixin, Public):
    """Open until somebody makes an account with it or it is withdrawn; its link expires before."""

    State = InvitationState

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="invitations")
    state = StateField(default=InvitationState.OPEN, choices=InvitationState.choices)
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    invited_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    last_letter_on = models.DateField(_("last letter"))
    # Whose account it became.
    accepted_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "host", Lower("email"), condition=Q(state="open"), name="one_open_invitation_an_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.host}: {self.email}"

    @step(
        state,
        source=State.OPEN,
        target=State.ACCEPTED,
        label=_("Accept"),
        by=via_link("host_invitation"),
        hidden=True,
    )
    def accept(self, *, user: Any) -> None:
        """Whoever holds the link speaks for the host from now on."""
        self.accepted_by = user

    @step(
        state,
        source=State.OPEN,
        target=State.WITHDRAWN,
        label=_("Withdraw"),
        by=may("hosts.withdraw_invitation"),
    )
    def withdraw(self) -> None:
        """The link opens nothing any more."""


class HostInvitationLog(TransitionLog):
    subject = models.ForeignKey(HostInvitation, on_delete=models.CASCADE, related_name="log")
