"""The project page and what is told before the stay: problem and goals."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecett.core.components.formats import date_range
from ecett.core.fields import LONG_TEXT
from ecett.core.permissions import check
from ecett.core.views.comments import comment_of
from ecett.core.views.steps import attempt, perform_or_message
from ecett.core.workflow import available
from trainees import services
from trainees.enums import AgreementState, InternshipState, Party, ProjectState
from trainees.forms.project import GoalForm, ProjectForm, StartForm
from trainees.models import Goal, Internship, Project
from trainees.selectors.goals import check_goal, goal_lines
from trainees.selectors.journey import (
    days_of,
    living_agreement,
    living_internship,
    looked_back,
    signer_rows,
)
from trainees.selectors.money import budget_view
from trainees.selectors.steps import next_step, plan_items, spine
from trainees.selectors.timeline import timeline
from trainees.views.base import crumbs, find_project, person, project_page
from trainees.views.documents import document_state

EDIT = "trainees.edit_project"


@require_safe
def project_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything about one trip, with the next step on top."""
    project = find_project(request, public_id)
    user = request.user
    stay = living_internship(project)
    agreement = living_agreement(stay)
    document = (agreement.sealed_document or agreement.document) if agreement else None
    mine = user.has_perm(EDIT, project)
    planning = stay is None or stay.state == InternshipState.PLANNED
    open_project = project.state not in (ProjectState.DONE, ProjectState.DROPPED)
    context = {
        "project": project,
        "crumbs": [
            *crumbs(project)[:1],
            (_("Project %(number)s") % {"number": project.number}, ""),
        ],
        "lead": _lead(project, stay),
        "stay": stay,
        "days": days_of(stay) if stay else 0,
        "mine": mine,
        "own": user.pk == project.trainee_id,
        "may_plan": mine and planning and open_project,
        "may_budget": mine and stay is not None and open_project,
        "step": next_step(project, user),
        "steps": spine(project),
        "plan": plan_items(project),
        "goals": goal_lines(list(project.goals.all()), project.language),
        "agreement": agreement,
        "signers": signer_rows(agreement),
        "signed": sum(1 for row in agreement.signatures.all() if row.signed_at) if agreement else 0,
        "document": document_state(document) if document else None,
        "sealed": agreement is not None and agreement.state == AgreementState.SEALED,
        "budget": budget_view(stay, user) if stay else None,
        "looks": _looks(stay),
        "events": timeline(project, user),
        "actions": available(project, user),
        "stay_actions": available(stay, user) if stay else [],
        "act": project.state in (ProjectState.CHECK, ProjectState.ACT, ProjectState.DONE),
    }
    return render(request, "trainees/project.html", context)


def _lead(project: Project, stay: Internship | None) -> str:
    if stay is None:
        return ""
    words = {"host": stay.host.name, "city": stay.host.city, "dates": date_range(stay.start, stay.end)}
    lead = _("%(host)s in %(city)s, %(dates)s") % words
    names = ", ".join(companion.name for companion in stay.companions.all())
    return f"{lead}, {_('with %(names)s') % {'names': names}}." if names else f"{lead}."


def _looks(stay: Internship | None) -> list[dict[str, Any]]:
    """The three looks back, given or still to come."""
    if stay is None or stay.state != InternshipState.CONFIRMED:
        return []
    given = looked_back(stay)
    return [{"party": party, "label": party.label, "given": given.get(party)} for party in Party]


@require_http_methods(["GET", "HEAD", "POST"])
def project_start(request: HttpRequest) -> HttpResponse:
    """A name is enough to begin."""
    check(request.user, "trainees.add_project")
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        project = services.start_project(
            trainee=person(request), language=person(request).language, **form.cleaned_data
        )
        return redirect(project_page(project))
    return render(request, "trainees/project_start.html", {"form": form}, status=_status(form))


def _status(*forms: Any) -> int:
    return 422 if any(form.is_bound for form in forms) else 200


@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The problem, and who approves the departure."""
    project = find_project(request, public_id, EDIT)
    initial = {name: getattr(project, name) for name in ProjectForm.base_fields}
    form = ProjectForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        outcome = attempt(lambda: services.edit_project(project=project, **form.cleaned_data))
        if outcome.done:
            messages.success(request, _("Your project is saved."))
            return redirect(project_page(project))
        outcome.tell(form)
    context = {"form": form, "project": project, "crumbs": crumbs(project)}
    return render(request, "trainees/project_edit.html", context, status=_status(form))


@require_POST
def project_step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """Finish, give up, take up again."""
    project = find_project(request, public_id)
    comment = comment_of(request)
    changes = {
        "finish": (
            lambda: services.finish_project(project=project, actor=request.user),
            _("Finished. Well done!"),
        ),
        "drop": (
            lambda: services.drop_project(project=project, actor=request.user, comment=comment),
            _("The project is given up. You can take it up again."),
        ),
        "resume": (lambda: services.resume_project(project=project, actor=request.user), _("Welcome back.")),
    }
    if step not in changes:
        raise Http404
    change, said = changes[step]
    return perform_or_message(request, change, said=said, then=project_page(project))


# ── Goals ─────────────────────────────────────────────────────────────────────────────────────────────
@require_http_methods(["GET", "HEAD", "POST"])
def goal_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """State a goal; the checker says what it thinks, and keeps it all the same."""
    project = find_project(request, public_id, EDIT)
    form = GoalForm(request.POST or None)
    if _saves(request) and form.is_valid():
        outcome = attempt(lambda: services.add_goal(project=project, **form.cleaned_data))
        if outcome.done:
            return _kept(request, project)
        outcome.tell(form)
    return _goal_page(request, project, form)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_edit(request: HttpRequest, public_id: str, goal_id: str) -> HttpResponse:
    """Put a goal into better words."""
    project = find_project(request, public_id, EDIT)
    goal = get_object_or_404(Goal, project=project, public_id=goal_id)
    form = GoalForm(request.POST or None, initial={"text": goal.text, "deadline": goal.deadline})
    if _saves(request) and form.is_valid():
        outcome = attempt(lambda: services.edit_goal(goal=goal, **form.cleaned_data))
        if outcome.done:
            return _kept(request, project)
        outcome.tell(form)
    return _goal_page(request, project, form, goal)


def _saves(request: HttpRequest) -> bool:
    """Sent to be saved; without a script the same form can be sent to be checked only."""
    return request.method == "POST" and "check" not in request.POST


def _kept(request: HttpRequest, project: Project) -> HttpResponse:
    messages.success(request, _("The goal is saved."))
    return redirect(project_page(project, "goals"))


def _goal_page(request: HttpRequest, project: Project, form: Any, goal: Goal | None = None) -> HttpResponse:
    if form.is_bound:
        form.is_valid()
        text, deadline = form.data.get("text", ""), form.cleaned_data.get("deadline")
    else:
        text, deadline = (goal.text, goal.deadline) if goal else ("", None)
    context = {
        "form": form,
        "goal": goal,
        "project": project,
        "crumbs": crumbs(project),
        "checked": check_goal(text[:LONG_TEXT], deadline, project.language) if text.strip() else None,
        "check_url": reverse("trainees:goal_check", args=[project.public_id]),
    }
    return render(request, "trainees/goal.html", context, status=_status(form))


@require_POST
def goal_move(request: HttpRequest, public_id: str, goal_id: str) -> HttpResponse:
    """Put a goal at another place; a second click finds it there."""
    project = find_project(request, public_id, EDIT)
    goal = get_object_or_404(Goal, project=project, public_id=goal_id)
    place = request.POST.get("place", "")
    if not (place.isascii() and place.isdigit() and len(place) <= 3):
        return redirect(project_page(project, "goals"))
    return perform_or_message(
        request,
        lambda: services.place_goal(goal=goal, place=int(place)),
        said="",
        then=project_page(project, "goals"),
    )


@require_POST
def goal_delete(request: HttpRequest, public_id: str, goal_id: str) -> HttpResponse:
    """Take a goal away; a second click finds nothing left to do."""
    project = find_project(request, public_id, EDIT)
    goal = Goal.objects.filter(project=project, public_id=goal_id).first()
    if goal is None:
        return redirect(project_page(project, "goals"))
    return perform_or_message(
        request,
        lambda: services.delete_goal(goal=goal),
        said=_("The goal is removed."),
        then=project_page(project, "goals"),
    )


@require_POST
def goal_check(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the checker says of a text while it is being typed (a fragment for htmx)."""
    project = find_project(request, public_id)
    if not request.user.has_perm(EDIT, project):
        raise PermissionDenied(_("Only the trainee writes her goals."))
    form = GoalForm(request.POST)
    form.is_valid()
    text = request.POST.get("text", "").replace("\x00", "")[:LONG_TEXT]
    checked = check_goal(text, form.cleaned_data.get("deadline"), project.language) if text.strip() else None
    return render(request, "trainees/_goal_check.html", {"checked": checked})
