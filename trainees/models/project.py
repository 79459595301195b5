"""The project: a problem at work, goals, and the way through Plan, Do, Check, Act."""

from __future__ import annotations

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from ecett.accounts.enums import Role
from ecett.accounts.rules import is_desk, is_network_coordinator
from ecett.core.models import Public, StateField, TransitionLog
from ecett.core.permissions import is_system, may
from ecett.core.workflow import step
from trainees.enums import GoalResult, ProjectState

State = ProjectState


# Who acts for the sending organisation.
SENDING = (Role.EMPLOYER, Role.COORDINATOR)


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: Any) -> ProjectQuerySet:
        """One's own; those one comes along with; those of one's organisation; all for desk and ECETT's coordinator."""
        if not user.is_authenticated:
            return self.none()
        if is_desk(user) or is_network_coordinator(user):
            return self
        employers = [h.organisation_id for h in user.hats if h.role in SENDING and h.organisation_id]
        along = Q(internships__companions__user=user)
        return self.filter(Q(trainee=user) | along | Q(employer__in=employers)).distinct()


@pghistory.track()
class Project(FSMModelMixin, Public):
    """One trip of one trainee, from the problem to what changed at home."""

    State = ProjectState

    number = models.CharField(
        _("number"), max_length=12, unique=True, help_text=_("Year and running number: 2026-118")
    )
    trainee = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="projects")
    title = models.CharField(_("title"), max_length=200)
    state = StateField(default=ProjectState.PLAN, choices=ProjectState.choices)
    language = models.CharField(max_length=8, default="en")
    problem = models.TextField(_("the problem at your workplace"), blank=True)
    context = models.TextField(_("what you have tried already"), blank=True)
    # Copied from the profile when the project begins, so that a later change of job does not rewrite it.
    employer = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="projects"
    )
    employer_contact = models.CharField(max_length=200, blank=True)
    employer_email = models.EmailField(blank=True)
    employer_language = models.CharField(max_length=8, blank=True)
    # What the trainee will change at home (Act).
    action_plan = models.TextField(_("what will change at your workplace"), blank=True)
    is_demo = models.BooleanField(default=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        verbose_name = _("project")

    def __str__(self) -> str:
        return self.title

    @step(state, source=State.PLAN, target=State.DO, label=_("The stay begins"), by=is_system, hidden=True)
    def begin_stay(self) -> None:
        """The agreement is signed by all three."""

    @step(
        state,
        source=State.DO,
        target=State.PLAN,
        label=_("The stay was cancelled"),
        by=is_system,
        hidden=True,
    )
    def plan_again(self) -> None:
        """The agreed stay will not happen: another one may be planned."""

    @step(
        state,
        source=(State.PLAN, State.DO),
        target=State.CHECK,
        label=_("The stay is over"),
        by=is_system,
        hidden=True,
    )
    def end_stay(self) -> None:
        """The host has confirmed attendance."""

    @step(
        state,
        source=State.CHECK,
        target=State.ACT,
        label=_("All have looked back"),
        by=is_system,
        hidden=True,
    )
    def look_ahead(self) -> None:
        """Trainee, host and employer have evaluated."""

    @step(
        state,
        source=State.ACT,
        target=State.DONE,
        label=_("Finish the project"),
        by=may("trainees.edit_project"),
        primary=True,
        confirm=_("Finish this project? You can still read everything."),
    )
    def finish(self) -> None:
        """The good practice is written and home has begun to change."""

    @step(
        state,
        source=(State.PLAN, State.DO, State.CHECK, State.ACT),
        target=State.DROPPED,
        label=_("Give up this project"),
        by=may("trainees.edit_project"),
        comment="required",
        confirm=_("Give up this project? Everybody waiting is told."),
    )
    def drop(self) -> None:
        """The trip will not happen or not go on; the comment says why."""

    @step(
        state,
        source=State.DROPPED,
        target=State.PLAN,
        label=_("Take it up again"),
        by=may("trainees.edit_project"),
    )
    def resume(self) -> None:
        """Undo giving up."""


class Goal(Public):
    """A SMART goal; after the stay its result."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("goal"))
    deadline = models.DateField(_("by when"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=GoalResult.choices, blank=True)
    result_comment = models.TextField(_("how do you know?"), blank=True)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


class ProjectLog(TransitionLog):
    subject = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="log")
