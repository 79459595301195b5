"""Planning the stay: days, logistics, budget; changing the plan, cancelling."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecett.core.clock import today
from ecett.core.views.comments import comment_of
from ecett.core.views.steps import attempt, perform_or_message
from ecett.core.workflow import available
from trainees import services
from trainees.enums import AgreementState, BudgetHead, InternshipState, Party
from trainees.forms.rows import filled, with_more
from trainees.forms.stay import BudgetRows, ProgrammeRows, StayForm
from trainees.models import Internship
from trainees.selectors.journey import days_of, living_agreement, looked_back, signer_rows
from trainees.selectors.money import budget_view
from trainees.services.internships import usual_programme
from trainees.views.base import crumbs, find_internship, project_page, to_project

EDIT = "trainees.edit_internship"


def _days(stay: Internship) -> list[dt.date]:
    return [stay.start + dt.timedelta(days=number) for number in range(days_of(stay))]


def _locked_reason(stay: Internship) -> str:
    """Why the plan cannot be changed now; empty when it can."""
    if stay.state == InternshipState.CANCELLED:
        return _("This stay was cancelled.")
    if stay.state != InternshipState.PLANNED:
        return _("The agreement already says this. Choose “Change the plan” on the project's page first.")
    return ""


@require_safe
def stay_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The stay as host and employer see it. The trainee has her project's page."""
    stay = find_internship(request, public_id)
    if stay.project.trainee_id == request.user.pk:
        return redirect(project_page(stay.project))
    agreement = living_agreement(stay)
    user = request.user
    sides = [
        party
        for party, right in (
            (Party.HOST, "trainees.look_back_as_host"),
            (Party.EMPLOYER, "trainees.look_back_as_employer"),
        )
        if user.has_perm(right, stay)
    ]
    given = looked_back(stay)
    waiting = agreement.signatures.all() if agreement and agreement.state == AgreementState.SIGNING else ()
    to_sign = [row for row in waiting if row.party in sides and row.signed_at is None]
    context = {
        "stay": stay,
        "project": stay.project,
        "days": days_of(stay),
        "goals": stay.project.goals.all(),
        "programme": stay.programme.all(),
        "companions": ", ".join(companion.name for companion in stay.companions.all()),
        "agreement": agreement,
        "signers": signer_rows(agreement),
        "to_sign": to_sign[0] if to_sign else None,
        "to_confirm": Party.HOST in sides and stay.state == InternshipState.AGREED and stay.end <= today(),
        "to_look_back": [
            party for party in sides if stay.state == InternshipState.CONFIRMED and party not in given
        ],
        "actions": available(stay, user),
    }
    return render(request, "trainees/stay.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def stay_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Logistics, insurance, travel."""
    stay = find_internship(request, public_id, EDIT)
    names = ("logistics", "insurance", "travel_days", "green_travel")
    form = StayForm(request.POST or None, initial={name: getattr(stay, name) for name in names})
    if request.method == "POST" and form.is_valid():
        outcome = attempt(lambda: services.save_stay(internship=stay, **form.cleaned_data))
        if outcome.done:
            messages.success(request, _("Saved."))
            return to_project(stay, "plan")
        outcome.tell(form)
    context = {
        "form": form,
        "stay": stay,
        "crumbs": crumbs(stay.project),
        "locked": _locked_reason(stay),
        "budget": budget_view(stay, request.user),
    }
    return render(request, "trainees/stay_edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The days of the stay, line by line; an empty programme begins with a usual one."""
    stay = find_internship(request, public_id, EDIT)
    kwargs: dict[str, Any] = {"form_kwargs": {"days": _days(stay)}}
    reasons: tuple[str, ...] = ()
    status = 200
    if request.method == "POST" and "add" not in request.POST:
        rows = ProgrammeRows(request.POST, prefix="days", **kwargs)
        status = 422
        if rows.is_valid():
            outcome = attempt(lambda: services.save_programme(internship=stay, items=rows.kept))
            if outcome.done:
                messages.success(request, _("The programme is saved."))
                return to_project(stay, "programme")
            reasons, status = outcome.reasons, outcome.status
    elif request.method == "POST":
        rows = with_more(ProgrammeRows, request.POST, prefix="days", more=3, **kwargs)
    else:
        stored = list(stay.programme.values("day", "time", "activity", "place", "guide"))
        rows = filled(ProgrammeRows, stored or usual_programme(stay), prefix="days", empty=2, **kwargs)
    context = {
        "rows": rows,
        "stay": stay,
        "crumbs": crumbs(stay.project),
        "locked": _locked_reason(stay),
        "reasons": reasons,
        "suggested": not stay.programme.exists() and request.method != "POST",
    }
    return render(request, "trainees/programme_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def budget_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the stay costs and who pays, line by line."""
    stay = find_internship(request, public_id, EDIT)
    reasons: tuple[str, ...] = ()
    status = 200
    if request.method == "POST" and "add" not in request.POST:
        rows = BudgetRows(request.POST, prefix="budget")
        status = 422
        if rows.is_valid():
            outcome = attempt(lambda: services.save_budget(internship=stay, lines=rows.kept))
            if outcome.done:
                messages.success(request, _("The budget is saved."))
                return to_project(stay, "budget")
            reasons, status = outcome.reasons, outcome.status
    elif request.method == "POST":
        rows = with_more(BudgetRows, request.POST, prefix="budget", more=3)
    else:
        stored = list(stay.budget.values("head", "amount", "funded_by", "note"))
        usual = [{"head": head} for head in BudgetHead.values]
        rows = filled(BudgetRows, stored or usual, prefix="budget", empty=2)
    context = {
        "rows": rows,
        "stay": stay,
        "days": days_of(stay),
        "crumbs": crumbs(stay.project),
        "reasons": reasons,
        "budget": budget_view(stay, request.user),
    }
    return render(request, "trainees/budget_edit.html", context, status=status)


@require_POST
def stay_step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """Change the plan, or cancel the stay: by the trainee, or by the host with an account."""
    stay = find_internship(request, public_id)
    comment = comment_of(request)
    changes = {
        "replan": (
            lambda: services.replan(internship=stay, actor=request.user),
            _("You can change the plan now. The signers have been told."),
        ),
        "cancel": (
            lambda: services.cancel_internship(internship=stay, actor=request.user, comment=comment),
            _("The stay is cancelled, and everybody concerned has been told."),
        ),
    }
    if step not in changes:
        raise Http404
    change, said = changes[step]
    own = stay.project.trainee_id == request.user.pk
    then = project_page(stay.project) if own else request.path.rsplit("/step/", 1)[0] + "/"
    return perform_or_message(request, change, said=said, then=then)
