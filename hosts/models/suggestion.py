"""What somebody who may not change a card knows better about it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin
from rules import predicate

from ecett.accounts.enums import Role
from ecett.accounts.rules import is_desk
from ecett.core.actors import Actor
from ecett.core.models import Public, StateField, TransitionLog
from ecett.core.permissions import may
from ecett.core.states import States
from ecett.core.workflow import Returned, step
from hosts.models.host import Host


class SuggestionState(States):
    WAITING = "waiting", "waiting", _("Waiting for an answer"), _("To be answered")
    ACCEPTED = "accepted", "done", _("Taken over"), _("Taken over")
    PARTLY = "partly", "done", _("Taken over in part"), _("Taken over in part")
    DECLINED = "declined", "declined", _("Not taken over"), _("Not taken over")
    WITHDRAWN = "withdrawn", "declined", _("Withdrawn"), _("Withdrawn")


class HostSuggestionQuerySet(models.QuerySet["HostSuggestion"]):
    def waiting(self) -> HostSuggestionQuerySet:
        """Those that nobody has answered."""
        return self.filter(state=SuggestionState.WAITING)

    def answerable_by(self, user: Any) -> HostSuggestionQuerySet:
        """Those about cards that this person may change: her own, her team's, all of them for the desk."""
        if not user.is_authenticated:
            return self.none()
        return self if is_desk(user) else self.filter(_her_cards(user))

    def visible_to(self, user: Any) -> HostSuggestionQuerySet:
        """One's own, and those one may answer."""
        if not user.is_authenticated:
            return self.none()
        return self if is_desk(user) else self.filter(Q(author=user) | _her_cards(user))


def _her_cards(user: Any) -> Q:
    places = [hat.organisation_id for hat in user.hats if hat.role == Role.HOST and hat.organisation_id]
    return Q(host__created_by=user) | Q(host__organisation__in=places)


@predicate("wrote it")
def by_its_author(actor: Actor, suggestion: HostSuggestion) -> bool:
    """She made the suggestion, whatever hat she wears."""
    return actor.user is not None and suggestion.author_id == actor.user.pk


class HostSuggestion(FSMModelMixin, Public):
    """Changes of a card, part by part.

    ``changes``: {part of the form: {"before": {control: [values]}, "after": {control: [values]}}}, values as a browser
    sends them (`ecett.core.editing`); ``taken``: the parts that were taken over.
    """

    State = SuggestionState

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="suggestions")
    author = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="host_suggestions"
    )
    author_name = models.CharField(max_length=200)
    note = models.TextField(_("how do you know?"), blank=True)
    changes: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    taken: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    state = StateField(default=SuggestionState.WAITING, choices=SuggestionState.choices)

    objects = HostSuggestionQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        indexes: ClassVar = [models.Index(fields=["state", "created_at"], name="suggestions_that_wait")]

    def __str__(self) -> str:
        return f"{self.host}: {', '.join(self.changes)}"

    @step(
        state,
        source=SuggestionState.WAITING,
        target=Returned(SuggestionState.ACCEPTED, SuggestionState.PARTLY),
        label=_("Take over"),
        by=may("hosts.answer_suggestion"),
        comment="optional",
        hidden=True,
    )
    def accept(self, *, taken: list[str]) -> str:
        """All of it is right, or some."""
        self.taken = taken
        return SuggestionState.ACCEPTED if set(taken) == set(self.changes) else SuggestionState.PARTLY

    @step(
        state,
        source=SuggestionState.WAITING,
        target=SuggestionState.DECLINED,
        label=_("Do not take over"),
        by=may("hosts.answer_suggestion"),
        comment="required",
        hidden=True,
    )
    def decline(self) -> None:
        """Nothing of it is taken over; the comment says why."""

    @step(
        state,
        source=SuggestionState.WAITING,
        target=SuggestionState.WITHDRAWN,
        label=_("Withdraw"),
        by=by_its_author,
        hidden=True,
    )
    def withdraw(self) -> None:
        """Its author has thought again."""


class HostSuggestionLog(TransitionLog):
    subject = models.ForeignKey(HostSuggestion, on_delete=models.CASCADE, related_name="log")
