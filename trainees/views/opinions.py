"""The desk hides a trainee's words on the card of a host, or shows them again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecett.core.permissions import check
from ecett.core.views.comments import comment_of
from ecett.core.views.steps import perform_or_message
from trainees import services
from trainees.models import Evaluation

#: As much as a reason on a card may say.
MOST_LETTERS = 200


@require_POST
def evaluation_hide(request: HttpRequest, public_id: str) -> HttpResponse:
    """The words leave the card; it says that they did, since when and why."""
    evaluation = _found(request, public_id)
    reason = comment_of(request, limit=MOST_LETTERS)
    return perform_or_message(
        request,
        lambda: services.hide_evaluation(evaluation=evaluation, reason=reason, actor=request.user),
        said=_("Done."),
        then=_card(evaluation),
    )


@require_POST
def evaluation_show(request: HttpRequest, public_id: str) -> HttpResponse:
    """The words stand on the card again."""
    evaluation = _found(request, public_id)
    return perform_or_message(
        request,
        lambda: services.show_evaluation(evaluation=evaluation, actor=request.user),
        said=_("Done."),
        then=_card(evaluation),
    )


def _found(request: HttpRequest, public_id: str) -> Evaluation:
    visible = Evaluation.objects.visible_to(request.user).select_related("internship__host")
    evaluation = get_object_or_404(visible, public_id=public_id)
    check(request.user, "trainees.hide_evaluation", evaluation)
    return evaluation


def _card(evaluation: Evaluation) -> str:
    return reverse("hosts:host_detail", args=[evaluation.internship.host.public_id]) + "#stays"
