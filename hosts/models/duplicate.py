"""Pairs of cards that may speak of one team, runs that looked for them, and merges that can be undone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from ecett.accounts.rules import is_desk
from ecett.core.models import Public, StateField, TransitionLog
from ecett.core.permissions import is_system, may
from ecett.core.states import States
from ecett.core.workflow import step
from hosts.models.host import Host


class PairState(States):
    OPEN = "open", "turn", _("May be the same"), _("May be the same")
    DIFFERENT = "different", "declined", _("Two teams"), _("Two teams")
    MERGED = "merged", "done", _("Merged"), _("Merged")


class DuplicatePairQuerySet(models.QuerySet["DuplicatePair"]):
    def visible_to(self, user: Any) -> DuplicatePairQuerySet:
        """The desk's work; nobody else's."""
        return self if user.is_authenticated and is_desk(user) else self.none()


class DuplicatePair(FSMModelMixin, Public):
    """Two cards that may be the same (``first`` has the lower number), how alike they are and why."""

    State = PairState

    first = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    # [kind, detail] of hosts.duplicates.Reason.
    reasons: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    state = StateField(default=PairState.OPEN, choices=PairState.choices)

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        ordering = ("-score", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="one_row_a_pair_of_hosts"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pairs_of_hosts_in_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-score", "id"], name="duplicates_by_score")]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}"

    @step(
        state,
        source=PairState.OPEN,
        target=PairState.DIFFERENT,
        label=_("Two teams"),
        by=may("hosts.tell_apart"),
        comment="optional",
    )
    def tell_apart(self) -> None:
        """Somebody who knows says that these are two teams: they are not asked about again."""

    @step(
        state,
        source=PairState.DIFFERENT,
        target=PairState.OPEN,
        label=_("Ask again"),
        by=may("hosts.merge_hosts"),
    )
    def ask_again(self) -> None:
        """It was not so clear after all."""

    @step(
        state,
        source=(PairState.OPEN, PairState.DIFFERENT),
        target=PairState.MERGED,
        label=_("Merge"),
        by=may("hosts.merge_hosts") | is_system,
        hidden=True,
    )
    def mark_merged(self) -> None:
        """The two have become one card."""

    @step(
        state,
        source=PairState.MERGED,
        target=PairState.OPEN,
        label=_("Undo the merge"),
        by=may("hosts.merge_hosts") | is_system,
        hidden=True,
    )
    def mark_parted(self) -> None:
        """Their merge was undone."""


class DuplicatePairLog(TransitionLog):
    subject = models.ForeignKey(DuplicatePair, on_delete=models.CASCADE, related_name="log")


class HostMerge(Public):
    """What a merge changed, so that it can be undone: ``loser`` leads to ``survivor`` since then.

    ``before`` and ``after``: the survivor's fields around the merge. ``moved``: {"app.Model.field": [ids]} of the
    rows that belonged to the loser; they belong to the survivor since.
    """

    loser = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="+")
    survivor = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="+")
    loser_state = models.CharField(max_length=40)
    before: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(encoder=DjangoJSONEncoder)
    after: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(encoder=DjangoJSONEncoder)
    moved: models.JSONField[dict[str, list[Any]], dict[str, list[Any]]] = models.JSONField(default=dict)
    merged_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["loser"], condition=Q(undone_at__isnull=True), name="one_standing_merge_a_host"
            ),
            models.CheckConstraint(condition=~Q(loser=F("survivor")), name="no_host_merges_into_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.loser_id} → {self.survivor_id}"


class SearchState(States):
    QUEUED = "queued", "waiting", _("Waiting"), _("Waiting")
    RUNNING = "running", "half", _("Running"), _("Running")
    DONE = "done", "done", _("Done"), _("Done")
    FAILED = "failed", "declined", _("Stopped"), _("Stopped")


class DuplicateSearch(Public):
    """One run of the finder over all cards, with its progress."""

    State = SearchState

    state = models.CharField(max_length=20, choices=SearchState.choices, default=SearchState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # Pairs found, and those of them that were not known before.
    found = models.PositiveIntegerField(default=0)
    fresh = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    requested_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"
