"""Check: attendance and the three looks back, with an account or by a signed link."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ecett.core.actors import Actor
from ecett.core.clock import today
from ecett.core.permissions import check, public_view
from ecett.core.views.links import spoken_to
from ecett.core.views.steps import attempt, perform_or_message
from trainees import links, services
from trainees.enums import InternshipState, Party, ProjectState
from trainees.forms.project import GoalResultForm
from trainees.forms.stay import AttendanceForm, CommentForm, EvaluationForm
from trainees.models import Internship
from trainees.selectors.journey import days_of
from trainees.services.lookback import may_evaluate
from trainees.views.base import (
    Visitor,
    crumbs,
    find_internship,
    find_project,
    open_link,
    project_page,
)

RIGHTS = {
    Party.TRAINEE: "trainees.look_back_as_trainee",
    Party.HOST: "trainees.look_back_as_host",
    Party.EMPLOYER: "trainees.look_back_as_employer",
}


def _whole(pk: int) -> Internship:
    related = ("project__trainee", "project__employer", "host")
    return Internship.objects.select_related(*related).get(pk=pk)


# ── Attendance ────────────────────────────────────────────────────────────────────────────────────────
@require_POST
def attendance_ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """The trainee asks her host now instead of waiting for the portal."""
    stay = find_internship(request, public_id, "trainees.edit_internship")
    outcome = attempt(lambda: services.ask_attendance(internship=stay, actor=request.user))
    if outcome.done and outcome.value:
        messages.success(request, _("We have written to %(name)s.") % {"name": stay.host_contact})
    elif outcome.done:
        messages.info(
            request,
            _("%(name)s was asked in the last days. Please wait a little.") % {"name": stay.host_contact},
        )
    for reason in outcome.reasons:
        messages.warning(request, reason)
    return redirect(project_page(stay.project))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def attendance_account(request: HttpRequest, public_id: str) -> HttpResponse:
    """The host confirms the days with an account."""
    stay = find_internship(request, public_id, "trainees.confirm_attendance")
    return _attendance_page(request, stay, Actor.of(request.user))


@public_view
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, token: str) -> HttpResponse:
    """The host confirms the days by her link. Opening the page changes nothing."""
    visitor = open_link(request, token, links.ATTENDANCE)
    if not isinstance(visitor, Visitor):
        return visitor
    stay = _whole(visitor.subject.pk)
    with spoken_to(request, stay.host_language):
        return _attendance_page(request, stay, visitor.actor)


def _attendance_page(request: HttpRequest, stay: Internship, actor: Actor) -> HttpResponse:
    days = [stay.start + dt.timedelta(days=number) for number in range(days_of(stay))]
    absent = request.method == "POST" and "absent" in request.POST
    form = AttendanceForm(request.POST if request.method == "POST" and not absent else None, days=days)
    reason = CommentForm(request.POST if absent else None)
    problems: tuple[str, ...] = ()
    status = 200
    if request.method == "POST":
        status = 422
        chosen = reason if absent else form
        if chosen.is_valid():
            if absent:
                comment = reason.cleaned_data["comment"]
                outcome: Any = attempt(
                    lambda: services.cancel_internship(internship=stay, actor=actor, comment=comment)
                )
            else:
                outcome = attempt(
                    lambda: services.confirm_attendance(internship=stay, days=form.amounts, actor=actor)
                )
            if outcome.done:
                return redirect(request.path)
            problems, status = outcome.reasons, outcome.status
            stay = _whole(stay.pk)
    context = {
        "stay": stay,
        "project": stay.project,
        "form": form,
        "reason": reason,
        "problems": problems,
        "over": stay.end <= today(),
        "open": stay.state == InternshipState.AGREED,
        "confirmed": stay.state == InternshipState.CONFIRMED,
        "cancelled": stay.state == InternshipState.CANCELLED,
        "counted": stay.attendance.all(),
    }
    return render(request, "trainees/attendance.html", context, status=status)


# ── Looking back ──────────────────────────────────────────────────────────────────────────────────────
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def look_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """The trainee looks back, and judges her goals."""
    stay = find_internship(request, public_id, RIGHTS[Party.TRAINEE])
    return _look_back_page(request, stay, Party.TRAINEE, Actor.of(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def look_back_as(request: HttpRequest, public_id: str, party: str) -> HttpResponse:
    """Host or employer look back with an account."""
    if party not in (Party.HOST, Party.EMPLOYER):
        raise Http404
    stay = find_internship(request, public_id, RIGHTS[Party(party)])
    return _look_back_page(request, stay, Party(party), Actor.of(request.user))


@public_view
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_back_by_link(request: HttpRequest, party: str, token: str) -> HttpResponse:
    """Host or employer look back by their link. Opening the page changes nothing."""
    if party not in (Party.HOST, Party.EMPLOYER):
        raise Http404
    visitor = open_link(request, token, links.EVALUATE[Party(party)])
    if not isinstance(visitor, Visitor):
        return visitor
    stay = _whole(visitor.subject.pk)
    language = stay.host_language if party == Party.HOST else stay.project.employer_language
    with spoken_to(request, language):
        return _look_back_page(request, stay, Party(party), visitor.actor, outside=True)


def _look_back_page(
    request: HttpRequest, stay: Internship, party: Party, actor: Actor, outside: bool = False
) -> HttpResponse:
    if not may_evaluate(stay, party, actor):
        raise PermissionDenied(_("You were not asked to look back at this stay."))
    given = stay.evaluations.filter(party=party).first()
    own = party == Party.TRAINEE
    goals = list(stay.project.goals.all()) if own and given is None else []
    data = request.POST if request.method == "POST" and given is None else None
    form = EvaluationForm(data, on_card=own)
    results = [GoalResultForm(data, goal=goal) for goal in goals]
    problems: tuple[str, ...] = ()
    status = 200
    if data is not None:
        status = 422
        if all([form.is_valid(), *(result.is_valid() for result in results)]):
            outcome = attempt(lambda: _keep(stay, party, form, results, actor))
            if outcome.done:
                return redirect(request.path)
            problems, status = outcome.reasons, outcome.status
    elif request.method == "POST":
        return redirect(request.path)
    context = {
        "stay": stay,
        "project": stay.project,
        "form": form,
        "results": results,
        "given": given,
        "party": party,
        "own": own,
        "outside": outside,
        "problems": problems,
        "open": stay.state == InternshipState.CONFIRMED,
        "crumbs": crumbs(stay.project) if own else [],
        "goals": stay.project.goals.all(),
    }
    return render(request, "trainees/look_back.html", context, status=status)


def _keep(stay: Internship, party: Party, form: Any, results: list[Any], actor: Actor) -> None:
    found = form.cleaned_data
    services.look_back(
        internship=stay,
        party=party,
        actor=actor,
        results=[
            (form.goal, form.cleaned_data["result"], form.cleaned_data["result_comment"]) for form in results
        ],
        **found,
    )


@require_POST
def look_back_remind(request: HttpRequest, public_id: str, party: str) -> HttpResponse:
    """Ask host or employer again to look back."""
    if party not in (Party.HOST, Party.EMPLOYER):
        raise Http404
    stay = find_internship(request, public_id, "trainees.edit_internship")
    return perform_or_message(
        request,
        lambda: services.remind_evaluation(internship=stay, party=party, actor=request.user),
        said=_("The e-mail is on its way."),
        then=project_page(stay.project, "looks"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def goal_results(request: HttpRequest, public_id: str) -> HttpResponse:
    """What became of the goals: may be said anew as long as the project is open."""
    project = find_project(request, public_id, "trainees.edit_project")
    check(request.user, "trainees.edit_project", project)
    data = request.POST if request.method == "POST" else None
    results = [GoalResultForm(data, goal=goal) for goal in project.goals.all()]
    valid = [data is not None and result.is_valid() for result in results]
    if data is not None and all(valid):
        for result in results:
            said = result.cleaned_data
            judge = partial(
                services.judge_goal,
                goal=result.goal,
                result=said["result"],
                comment=said["result_comment"],
            )
            outcome = attempt(judge)
            for reason in outcome.reasons:
                messages.warning(request, reason)
        return redirect(project_page(project, "goals"))
    context = {
        "project": project,
        "results": results,
        "crumbs": crumbs(project),
        "open": project.state in (ProjectState.CHECK, ProjectState.ACT),
    }
    return render(request, "trainees/goal_results.html", context, status=200 if data is None else 422)
