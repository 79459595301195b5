"""A trainee's request to the helpdesk that speaks her language."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from ecett.accounts.enums import Role
from ecett.core.models import Public, Stamped, StateField, TransitionLog
from ecett.core.permissions import is_system, may
from ecett.core.workflow import step
from helpdesk.enums import RequestState
from hosts.enums import Sector

State = RequestState


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    def visible_to(self, user: Any) -> HelpRequestQuerySet:
        """One's own; the desk's language, all of them for the administrator; drafts stay the trainee's."""
        if not user.is_authenticated:
            return self.none()
        if user.role == Role.ADMIN:
            return self.exclude(state=RequestState.DRAFT)
        own = Q(project__trainee=user)
        if user.role == Role.HELPDESK:
            return self.filter(own | (Q(language=user.hat.language) & ~Q(state=RequestState.DRAFT)))
        return self.filter(own)


def says_enough(request: HelpRequest) -> Promise | None:
    """The desk needs a sector and either words or concepts to look for."""
    if not request.sectors:
        return _("Choose at least one sector.")
    if not request.expertise.strip():
        return _("Say which expertise you are looking for.")
    return None


def says_when(request: HelpRequest) -> Promise | None:
    """The desk needs a window in which the stay fits."""
    if not (request.start and request.end):
        return _("Say between which dates you could travel.")
    if (request.end - request.start).days + 1 < request.days:
        return _("The stay is longer than the period you give.")
    return None


def has_problem(request: HelpRequest) -> Promise | None:
    """Hosts are found for a problem."""
    return None if request.project.problem.strip() else _("Describe the problem at your workplace first.")


def has_goal(request: HelpRequest) -> Promise | None:
    """A stay has goals."""
    return None if request.project.goals.exists() else _("State at least one goal first.")


@pghistory.track()
class HelpRequest(FSMModelMixin, Public):
    """What is looked for: ``days`` of stay within ``start``..``end`` (± ``slack_days``) for ``people``."""

    State = RequestState

    number = models.CharField(_("number"), max_length=12, unique=True)
    project = models.ForeignKey("trainees.Project", on_delete=models.CASCADE, related_name="requests")
    state = StateField(default=RequestState.DRAFT, choices=RequestState.choices)
    # The language of the helpdesk that answers.
    language = models.CharField(_("helpdesk"), max_length=8)
    sectors = ArrayField(models.CharField(max_length=20, choices=Sector.choices), default=list, blank=True)
    target_groups = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    concepts = models.ManyToManyField("hosts.Concept", related_name="+", blank=True)
    expertise = models.TextField(_("expertise sought"), blank=True)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    start = models.DateField(_("not before"), null=True, blank=True)
    end = models.DateField(_("not after"), null=True, blank=True)
    slack_days = models.PositiveSmallIntegerField(
        _("days you could shift"), default=0, validators=[MaxValueValidator(60)]
    )
    days = models.PositiveSmallIntegerField(
        _("days of stay"), default=5, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    people = models.PositiveSmallIntegerField(
        _("people"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    companions = models.TextField(
        _("colleagues coming along"), blank=True, help_text=_("One a line: name, e-mail.")
    )
    accessibility = models.BooleanField(_("the place must be reachable without steps"), default=False)
    needs_accommodation = models.BooleanField(_("help with accommodation is needed"), default=False)
    remarks = models.TextField(_("anything else the helpdesk should know"), blank=True)
    share_problem = models.BooleanField(_("hosts may read my problem description"), default=False)
    filed_at = models.DateTimeField(null=True, blank=True)
    assigned_to = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="assigned_requests"
    )
    # Messages of the trainee after this moment wait for the desk.
    read_by_desk_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        ordering = ("filed_at", "pk")
        verbose_name = _("request")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="request_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(state__in=["draft", "filed", "proposed"]),
                name="one_open_request_a_project",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["language", "state", "filed_at"])]

    def __str__(self) -> str:
        return f"{self.number} · {self.project}"

    def get_absolute_url(self) -> str:
        return reverse("helpdesk:request_detail", args=[self.public_id])

    @step(
        state,
        source=State.DRAFT,
        target=State.FILED,
        label=_("Send to the helpdesk"),
        by=may("helpdesk.edit_request"),
        conditions=[has_problem, has_goal, says_enough, says_when],
        primary=True,
    )
    def file(self, *, at: Any) -> None:
        """The trainee asks the helpdesk."""
        self.filed_at = at

    @step(
        state,
        source=(State.FILED, State.PROPOSED),
        target=State.PROPOSED,
        label=_("Propose to hosts"),
        by=may("helpdesk.propose") | is_system,
        hidden=True,
    )
    def propose(self) -> None:
        """At least one host has been asked."""

    @step(
        state,
        source=State.PROPOSED,
        target=State.FILED,
        label=_("All hosts declined"),
        by=is_system,
        hidden=True,
    )
    def look_again(self) -> None:
        """Nobody asked is left: the desk proposes another host."""

    @step(
        state,
        source=(State.FILED, State.PROPOSED),
        target=State.MATCHED,
        label=_("A host accepted"),
        by=is_system,
        hidden=True,
    )
    def match(self) -> None:
        """A host accepted: the internship exists."""

    @step(
        state,
        source=(State.DRAFT, State.FILED, State.PROPOSED),
        target=State.WITHDRAWN,
        label=_("Withdraw"),
        by=may("helpdesk.edit_request") | is_system,
        comment="optional",
        confirm=_("Withdraw this request? Hosts who were asked are told."),
    )
    def withdraw(self) -> None:
        """The trainee no longer looks for a host."""

    @step(
        state,
        source=(State.FILED, State.PROPOSED),
        target=State.CLOSED,
        label=_("Close without a host"),
        by=may("helpdesk.propose"),
        comment="required",
        confirm=_("Close this request? The trainee reads your reason and can file another one."),
    )
    def close(self) -> None:
        """The desk found nobody; the comment says what was tried."""

    @step(
        state,
        source=(State.CLOSED, State.WITHDRAWN),
        target=State.DRAFT,
        label=_("Take it up again"),
        by=may("helpdesk.edit_request"),
    )
    def reopen(self) -> None:
        """The trainee changes the request and files it again."""


class Message(Stamped):
    """One message of the conversation between trainee and helpdesk about a request."""

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    author_name = models.CharField(max_length=200)
    from_desk = models.BooleanField(default=False)
    text = models.TextField(_("message"), max_length=10_000)

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return self.text[:60]


class HelpRequestLog(TransitionLog):
    subject = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="log")
