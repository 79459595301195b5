"""The internship: the stay itself, planned day by day, budgeted, attended."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from ecett.accounts.enums import Role
from ecett.accounts.rules import is_desk, is_network_coordinator
from ecett.core.clock import day_of, today
from ecett.core.models import Public, StateField, TransitionLog
from ecett.core.permissions import is_system, may, via_link
from ecett.core.workflow import step
from hosts.freshness import Side
from trainees.enums import BudgetHead, FundedBy, InternshipState

State = InternshipState


# Whoever acts under these has no side in a stay.
NETWORK = (Role.ADMIN, Role.HELPDESK, Role.COORDINATOR, "system")
# Who acts for the sending organisation.
SENDING = (Role.EMPLOYER, Role.COORDINATOR)


class InternshipQuerySet(models.QuerySet["Internship"]):
    def visible_to(self, user: Any) -> InternshipQuerySet:
        """One's own, as trainee, companion, sender or host; all for desk and ECETT's coordinator."""
        if not user.is_authenticated:
            return self.none()
        if is_desk(user) or is_network_coordinator(user):
            return self
        employers = [h.organisation_id for h in user.hats if h.role in SENDING and h.organisation_id]
        hosts = [h.organisation_id for h in user.hats if h.role == Role.HOST and h.organisation_id]
        return self.filter(
            Q(project__trainee=user)
            | Q(companions__user=user)
            | Q(project__employer__in=employers)
            | Q(host__organisation__in=hosts)
        ).distinct()


def stay_is_over(internship: Internship) -> Promise | None:
    """Attendance is confirmed after the last day."""
    return None if internship.end <= today() else _("The stay is not over yet.")


@pghistory.track()
class Internship(FSMModelMixin, Public):
    """A stay of a trainee with a host; ``start`` and ``end`` are activity days, both included."""

    State = InternshipState

    project = models.ForeignKey("trainees.Project", on_delete=models.PROTECT, related_name="internships")
    host = models.ForeignKey("hosts.Host", on_delete=models.PROTECT, related_name="internships")
    state = StateField(default=InternshipState.PLANNED, choices=InternshipState.choices)
    start = models.DateField(_("first day"))
    end = models.DateField(_("last day"))
    # Who answers for the host, as she accepted; may differ from the card's spokesperson.
    host_contact = models.CharField(max_length=200)
    host_email = models.EmailField()
    host_language = models.CharField(max_length=8, default="en")
    logistics = models.TextField(_("meals, nights and transport, as agreed with the host"), blank=True)
    insurance = models.CharField(_("insurance"), max_length=300, blank=True)
    green_travel = models.BooleanField(
        _("greater part of the journey by train, bus, bicycle or shared car"), default=False
    )
    travel_days = models.PositiveSmallIntegerField(_("travel days"), default=0)
    # What the host confirmed: days count by halves.
    confirmed_days = models.DecimalField(
        max_digits=4, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    objects = InternshipQuerySet.as_manager()

    class Meta:
        ordering = ("-start", "pk")
        verbose_name = _("internship")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="internship_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.project.trainee} · {self.host}"

    @step(
        state,
        source=State.PLANNED,
        target=State.SIGNING,
        label=_("Make the agreement"),
        by=may("trainees.edit_internship"),
        hidden=True,
    )
    def ask_signatures(self) -> None:
        """The agreement is written; three people sign it."""

    @step(
        state,
        source=State.SIGNING,
        target=State.PLANNED,
        label=_("Change the plan"),
        by=may("trainees.edit_internship"),
        confirm=_(
            "Change the plan? The agreement becomes void with its signatures; a new one is made and signed."
        ),
    )
    def replan(self) -> None:
        """Back to planning: the open agreement becomes void."""

    @step(
        state, source=State.SIGNING, target=State.AGREED, label=_("Signed by all"), by=is_system, hidden=True
    )
    def agree(self) -> None:
        """The last signature sealed the agreement."""

    @step(
        state,
        source=State.AGREED,
        target=State.CONFIRMED,
        label=_("Confirm attendance"),
        hidden=True,
        by=via_link("attendance") | may("trainees.confirm_attendance"),
        conditions=[stay_is_over],
    )
    def confirm(self, *, days: Any, at: Any) -> None:
        """The host says on which days the trainee was there."""
        self.confirmed_days = days
        self.confirmed_at = at

    @step(
        state,
        source=(State.PLANNED, State.SIGNING, State.AGREED),
        target=State.CANCELLED,
        label=_("Cancel the stay"),
        comment="required",
        by=may("trainees.edit_internship") | may("trainees.confirm_attendance") | via_link("attendance"),
        confirm=_("Cancel this stay? Everybody concerned is told, with your reason."),
    )
    def cancel(self) -> None:
        """The stay will not happen; the comment says why and stays on record for both sides."""


class Companion(models.Model):
    """A colleague who comes along; with an account she has the same internship on her own record."""

    internship = models.ForeignKey(Internship, on_delete=models.CASCADE, related_name="companions")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    user = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class ProgrammeItem(models.Model):
    """One line of the activity programme (2b): day, time, place, activity, who accompanies."""

    internship = models.ForeignKey(Internship, on_delete=models.CASCADE, related_name="programme")
    day = models.DateField(_("day"))
    time = models.TimeField(_("time"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    activity = models.CharField(_("activity"), max_length=300)
    guide = models.CharField(_("with"), max_length=200, blank=True)

    class Meta:
        ordering = ("day", "time", "pk")

    def __str__(self) -> str:
        return f"{self.day} {self.time} {self.activity}"


class BudgetLine(models.Model):
    """One head of the budget, in euros."""

    internship = models.ForeignKey(Internship, on_delete=models.CASCADE, related_name="budget")
    head = models.CharField(_("head"), max_length=20, choices=BudgetHead.choices)
    amount = models.DecimalField(
        _("amount, €"), max_digits=9, decimal_places=2, validators=[MinValueValidator(0)]
    )
    funded_by = models.CharField(
        _("paid by"), max_length=20, choices=FundedBy.choices, default=FundedBy.GRANT
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_head_display()}: {self.amount}"


class AttendanceDay(models.Model):
    """A day the host saw the trainee: 1 or 0.5."""

    internship = models.ForeignKey(Internship, on_delete=models.CASCADE, related_name="attendance")
    day = models.DateField()
    amount = models.DecimalField(max_digits=2, decimal_places=1)

    class Meta:
        ordering = ("day",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["internship", "day"], name="one_attendance_a_day"),
            models.CheckConstraint(condition=Q(amount__in=[0.5, 1]), name="attendance_by_halves"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.amount}"


class ReportedPractice(models.Model):
    """A good practice that somebody saw on this stay."""

    internship = models.ForeignKey(Internship, on_delete=models.CASCADE, related_name="reported_practices")
    practice = models.OneToOneField(
        "goodpractices.GoodPractice", on_delete=models.CASCADE, related_name="report"
    )

    def __str__(self) -> str:
        return str(self.practice)


class ReportedHost(models.Model):
    """A new host that somebody met on this stay."""

    internship = models.ForeignKey(Internship, on_delete=models.CASCADE, related_name="reported_hosts")
    host = models.OneToOneField("hosts.Host", on_delete=models.CASCADE, related_name="report")

    def __str__(self) -> str:
        return str(self.host)


class InternshipLog(TransitionLog):
    subject = models.ForeignKey(Internship, on_delete=models.CASCADE, related_name="log")

    @property
    def side(self) -> Side:
        """Whose doing a cancelled stay was: the trainee's, the network's, or else the host's, by her account or by her
        link. A host who writes when the days are over says that nobody came.
        """
        if self.actor_id is not None and self.actor_id == self.subject.project.trainee_id:
            return Side.TRAINEE
        if self.actor_role in NETWORK:
            return Side.OTHER
        return Side.TRAINEE if day_of(self.at) >= self.subject.end else Side.HOST
