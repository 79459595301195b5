"""What stands of trainees' evaluations on the card of a host."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ecett.core.workflow import perform
from trainees.models import Evaluation
from trainees.services import letters


@transaction.atomic
def hide_evaluation(*, evaluation: Evaluation, reason: str, actor: Any) -> Evaluation:
    """Take the words from the card; ``reason`` stands there instead, and the author reads it. Raises what `perform`
    raises.
    """
    hidden = perform(evaluation, "hide", actor=actor, comment=reason)
    letters.evaluation_hidden(hidden, reason)
    return hidden


def show_evaluation(*, evaluation: Evaluation, actor: Any, comment: str = "") -> Evaluation:
    """The words stand on the card again. Raises what `perform` raises."""
    return perform(evaluation, "show", actor=actor, comment=comment)
