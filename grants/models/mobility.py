"""A mobility: one person's stay on a contract, priced once, with everything the price stood on."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from ecett.core.models import Public, StateField, TransitionLog
from ecett.core.permissions import may
from ecett.core.workflow import step
from grants.enums import MobilityState

State = MobilityState


@pghistory.track()
class Mobility(FSMModelMixin, Public):
    """``pricing`` holds the answer of ``grants.pricing`` (euros as strings) with the ids of the rate rows used."""

    State = MobilityState

    contract = models.ForeignKey("grants.Contract", on_delete=models.PROTECT, related_name="mobilities")
    internship = models.ForeignKey("trainees.Internship", on_delete=models.PROTECT, related_name="mobilities")
    participant = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    participant_name = models.CharField(max_length=200)
    state = StateField(default=MobilityState.POSTED, choices=MobilityState.choices)
    # Unique in the contract, never used again: its rank decides which organisational rate applies.
    rank = models.PositiveIntegerField()
    mob_id = models.CharField(_("mobility ID"), max_length=30)
    start = models.DateField()
    end = models.DateField()
    km_raw = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    # A distance typed by a person wins over the computed one, with her name and the day.
    official_km = models.DecimalField(
        _("official distance, km"), max_digits=9, decimal_places=3, null=True, blank=True
    )
    official_km_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    official_km_at = models.DateTimeField(null=True, blank=True)
    green = models.BooleanField(default=False)
    travel_days = models.PositiveSmallIntegerField(default=0)
    interruption_days = models.PositiveSmallIntegerField(default=0)
    fewer_opportunities = models.BooleanField(default=False)
    zero_grant = models.BooleanField(default=False)
    pricing: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    inputs: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("contract", "rank")
        verbose_name = _("mobility")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "rank"], name="one_rank_a_contract"),
            models.UniqueConstraint(fields=["contract", "mob_id"], name="one_mobility_id_a_contract"),
            models.UniqueConstraint(
                fields=["internship", "participant_name"],
                condition=Q(state="posted"),
                name="one_posted_mobility_a_stay_and_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mob_id} · {self.participant_name}"

    @step(
        state,
        source=State.POSTED,
        target=State.REVERSED,
        label=_("Take off the contract"),
        by=may("grants.keep_mobility"),
        comment="required",
        confirm=_(
            "Take this mobility off the contract? Its ledger entries are reversed, nothing is deleted."
        ),
    )
    def reverse(self) -> None:
        """The entries are reversed; the stay can be attached again."""


class MobilityLog(TransitionLog):
    subject = models.ForeignKey(Mobility, on_delete=models.CASCADE, related_name="log")
