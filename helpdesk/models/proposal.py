"""A proposal: the helpdesk asks one host whether it receives the trainee."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from ecett.accounts.enums import Role
from ecett.core.models import Public, StateField, TransitionLog
from ecett.core.permissions import is_system, may, via_link
from ecett.core.workflow import step
from helpdesk.enums import ProposalState

State = ProposalState


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: Any) -> ProposalQuerySet:
        """Those of requests one sees as desk; those to one's own host; the trainee sees hers."""
        if not user.is_authenticated:
            return self.none()
        if user.role == Role.ADMIN:
            return self
        if user.role == Role.HELPDESK:
            return self.filter(request__language=user.hat.language)
        hosts = [h.organisation_id for h in user.hats if h.role == Role.HOST and h.organisation_id]
        return self.filter(Q(request__project__trainee=user) | Q(host__organisation__in=hosts)).distinct()


@pghistory.track()
class Proposal(FSMModelMixin, Public):
    """``start``..``end`` are the days asked for, ``counter_start``..``counter_end`` those offered."""

    State = ProposalState

    request = models.ForeignKey("helpdesk.HelpRequest", on_delete=models.CASCADE, related_name="proposals")
    host = models.ForeignKey("hosts.Host", on_delete=models.PROTECT, related_name="proposals")
    state = StateField(default=ProposalState.QUEUED, choices=ProposalState.choices)
    position = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(_("your words to the host"), blank=True)
    start = models.DateField(_("first day"))
    end = models.DateField(_("last day"))
    # Why this host: the points and reasons shown to the desk, frozen when it was proposed.
    score = models.SmallIntegerField(default=0)
    reasons: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    # Who answers: from the host's card, or typed by the desk.
    contact_name = models.CharField(_("to"), max_length=200)
    contact_email = models.EmailField(_("e-mail"))
    contact_language = models.CharField(_("language"), max_length=8, default="en")
    sent_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # How long the host has to answer, counted from the day it is asked (a queued one is asked later).
    answer_days = models.PositiveSmallIntegerField(
        _("days to answer"), default=10, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("the host's words"), blank=True)
    counter_start = models.DateField(_("first day"), null=True, blank=True)
    counter_end = models.DateField(_("last day"), null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="proposal_ends_after_start"),
            models.CheckConstraint(
                condition=Q(counter_start__isnull=True, counter_end__isnull=True)
                | Q(counter_end__gte=F("counter_start")),
                name="counter_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["request", "host"],
                condition=Q(state__in=["queued", "sent", "countered"]),
                name="one_open_proposal_a_host",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(state="accepted"), name="one_accepted_proposal_a_request"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host} · {self.start}"

    @step(
        state,
        source=State.QUEUED,
        target=State.SENT,
        label=_("Send"),
        by=may("helpdesk.answer_request") | is_system,
        hidden=True,
    )
    def send(self, *, at: Any, answer_by: Any) -> None:
        """The host's spokesperson gets the e-mail with her link."""
        self.sent_at, self.answer_by = at, answer_by

    @step(
        state,
        source=State.SENT,
        target=State.ACCEPTED,
        label=_("Accept"),
        by=via_link("proposal") | may("helpdesk.answer_for_host"),
        hidden=True,
    )
    def accept(self, *, at: Any, answer: str = "") -> None:
        """The host says yes to the days asked for."""
        self.answered_at, self.answer = at, answer

    @step(
        state,
        source=State.SENT,
        target=State.COUNTERED,
        label=_("Propose other dates"),
        by=via_link("proposal") | may("helpdesk.answer_for_host"),
        hidden=True,
    )
    def counter(self, *, at: Any, start: Any, end: Any, answer: str = "") -> None:
        """The host would receive her on other days."""
        self.answered_at, self.answer = at, answer
        self.counter_start, self.counter_end = start, end

    @step(
        state,
        source=State.COUNTERED,
        target=State.ACCEPTED,
        label=_("Agree to these dates"),
        by=may("helpdesk.answer_counter"),
        primary=True,
    )
    def agree_dates(self) -> None:
        """Trainee (or the desk for her) takes the host's dates."""
        assert self.counter_start is not None and self.counter_end is not None  # noqa: PT018 - for the types
        self.start, self.end = self.counter_start, self.counter_end

    @step(
        state,
        source=State.COUNTERED,
        target=State.WITHDRAWN,
        label=_("These dates do not suit"),
        by=may("helpdesk.answer_counter"),
        comment="optional",
    )
    def refuse_dates(self) -> None:
        """The host's dates do not suit; the next host is asked."""

    @step(
        state,
        source=(State.SENT, State.COUNTERED),
        target=State.DECLINED,
        label=_("Decline"),
        by=via_link("proposal") | may("helpdesk.answer_for_host"),
        comment="required",
        hidden=True,
    )
    def decline(self, *, at: Any) -> None:
        """The host cannot; the comment is its reason."""
        self.answered_at = at

    @step(
        state,
        source=(State.QUEUED, State.SENT, State.COUNTERED),
        target=State.WITHDRAWN,
        label=_("Withdraw"),
        by=may("helpdesk.answer_request") | is_system,
        confirm=_("Withdraw this proposal? The host is told."),
    )
    def withdraw(self) -> None:
        """No longer needed: another host accepted, or the request was withdrawn."""

    @step(
        state,
        source=State.SENT,
        target=State.EXPIRED,
        label=_("No answer in time"),
        by=is_system,
        hidden=True,
    )
    def expire(self) -> None:
        """The date to answer by has passed."""


class ProposalLog(TransitionLog):
    subject = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="log")
