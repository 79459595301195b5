"""Three short looks back: the trainee's, the host's, the employer's."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from ecett.accounts.rules import is_desk
from ecett.core.models import Public, StateField, TransitionLog
from ecett.core.permissions import may
from ecett.core.workflow import step
from trainees.enums import EvaluationState, Party
from trainees.models.internship import Internship


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, user: Any) -> EvaluationQuerySet:
        """All for the desk; for others those of the stays that they have a part in."""
        if user.is_authenticated and is_desk(user):
            return self
        return self.filter(internship__in=Internship.objects.visible_to(user))


def stands_on_a_card(evaluation: Evaluation) -> Promise | None:
    """Only trainees' words are shown to everybody."""
    told = evaluation.party == Party.TRAINEE and evaluation.comment.strip()
    return None if told else _("Only a trainee's words stand on a host's card.")


class Evaluation(FSMModelMixin, Public):
    """One party's evaluation of an internship; marks from 1 (poor) to 5 (very good).

    A trainee's stands on the host's card, without her name. Words that name somebody can be hidden there, with a reason
    that everybody reads; the marks go on counting, so that hiding never improves an average.
    """

    State = EvaluationState

    internship = models.ForeignKey(
        "trainees.Internship", on_delete=models.CASCADE, related_name="evaluations"
    )
    state = StateField(default=EvaluationState.SHOWN, choices=EvaluationState.choices)
    party = models.CharField(max_length=10, choices=Party.choices)
    author_name = models.CharField(max_length=200)
    author_email = models.EmailField()
    usefulness = models.PositiveSmallIntegerField(
        _("How useful was the stay?"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    preparation = models.PositiveSmallIntegerField(
        _("How well was it prepared?"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    again = models.BooleanField(_("Would you do it again?"), default=True)
    comment = models.TextField(_("In your own words"), blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["internship", "party"], name="one_evaluation_a_party"),
            models.CheckConstraint(
                condition=Q(usefulness__range=(1, 5), preparation__range=(1, 5)),
                name="evaluation_marks_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()}: {self.internship}"

    @step(
        state,
        source=EvaluationState.SHOWN,
        target=EvaluationState.HIDDEN,
        label=_("Hide these words"),
        by=may("trainees.hide_evaluation"),
        conditions=[stands_on_a_card],
        comment="required",
        confirm=_(
            "The card will say that the helpdesk hid these words, since when and why. The marks go on counting."
        ),
    )
    def hide(self) -> None:
        """Somebody can be recognised, or is hurt; the comment says why to everybody."""

    @step(
        state,
        source=EvaluationState.HIDDEN,
        target=EvaluationState.SHOWN,
        label=_("Show them again"),
        by=may("trainees.hide_evaluation"),
        comment="optional",
    )
    def show(self) -> None:
        """The words stand on the card again."""


class EvaluationLog(TransitionLog):
    subject = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="log")
