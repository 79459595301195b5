"""Act: the practice she saw, a host she met, what changes at home."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ecett.core.towns import find_town
from ecett.core.views.steps import attempt
from trainees import services
from trainees.forms.project import ActionPlanForm
from trainees.forms.stay import HostReportForm, PracticeReportForm
from trainees.models import Internship
from trainees.views.base import crumbs, find_internship, find_project, person, project_page


def _card_page(name: str, public_id: str, otherwise: str) -> str:
    """The page that asks for the rest of a card."""
    try:
        return reverse(name, args=[public_id])
    except NoReverseMatch:
        return otherwise


@require_http_methods(["GET", "HEAD", "POST"])
def action_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """What will change at the workplace."""
    project = find_project(request, public_id, "trainees.edit_project")
    form = ActionPlanForm(request.POST or None, initial={"action_plan": project.action_plan})
    if request.method == "POST" and form.is_valid():
        outcome = attempt(lambda: services.edit_project(project=project, **form.cleaned_data))
        if outcome.done:
            messages.success(request, _("Your action plan is saved."))
            return redirect(project_page(project, "act"))
        outcome.tell(form)
    context = {"form": form, "project": project, "crumbs": crumbs(project)}
    return render(request, "trainees/action_plan.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def practice_report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin the card of a practice; its own page asks for the rest and sends it to be read."""
    stay = find_internship(request, public_id, "trainees.edit_internship")
    along = [row.user for row in stay.companions.select_related("user") if row.user]
    form = PracticeReportForm(
        request.POST or None, companions=[(user.public_id, str(user)) for user in along]
    )
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        chosen = said.pop("joint_authors", [])
        joint = [user for user in along if user.public_id in chosen]
        outcome = attempt(
            lambda: services.report_practice(
                internship=stay, author=person(request), joint_authors=joint, **said
            )
        )
        if outcome.done and outcome.value is not None:
            messages.success(
                request, _("The practice is saved as a draft. Complete it, then send it to the helpdesk.")
            )
            page = project_page(stay.project, "act")
            card = _card_page("goodpractices:practice_edit", outcome.value.public_id, page)
            # The next page shows what in her words may say who somebody is.
            return redirect(f"{card}?check=1")
        outcome.tell(form)
    return _page(request, "trainees/practice_report.html", stay, form)


@require_http_methods(["GET", "HEAD", "POST"])
def host_report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin the card of a host she met; its own page asks for the rest."""
    stay = find_internship(request, public_id, "trainees.edit_internship")
    form = HostReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        town = find_town(said["city"], said["country"])
        if town is not None:
            said |= {"latitude": town.latitude, "longitude": town.longitude}
        outcome = attempt(lambda: services.report_host(internship=stay, author=person(request), **said))
        if outcome.done and outcome.value is not None:
            messages.success(
                request, _("The card is saved as a draft. Complete it, then send it to the helpdesk.")
            )
            page = project_page(stay.project, "act")
            return redirect(_card_page("hosts:host_edit", outcome.value.public_id, page))
        outcome.tell(form)
    return _page(request, "trainees/host_report.html", stay, form)


def _page(request: HttpRequest, template: str, stay: Internship, form: Any) -> HttpResponse:
    context = {"form": form, "stay": stay, "crumbs": crumbs(stay.project)}
    return render(request, template, context, status=422 if form.is_bound else 200)
