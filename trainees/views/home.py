"""The trainee's home: what needs her now, her projects, those she comes along with."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trainees.enums import ProjectState
from trainees.models import Project, TraineeProfile
from trainees.selectors.journey import living_internship, projects_along, projects_of
from trainees.selectors.steps import next_step, spine
from trainees.views.base import person


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Each project with its spine and its next step; the person's turn first."""
    user = person(request)
    rows = [_row(project, user) for project in projects_of(user)]
    closed = (ProjectState.DONE, ProjectState.DROPPED)
    profile = TraineeProfile.objects.filter(user=user).select_related("employer").first()
    context = {
        "rows": sorted(
            (row for row in rows if row["project"].state not in closed), key=lambda row: not row["step"].mine
        ),
        "closed": [row for row in rows if row["project"].state in closed],
        "along": [_row(project, user) for project in projects_along(user)],
        "profile": profile,
        "missing": _missing(profile),
    }
    return render(request, "trainees/home.html", context)


def _row(project: Project, user: Any) -> dict[str, Any]:
    return {
        "project": project,
        "stay": living_internship(project),
        "step": next_step(project, user),
        "steps": spine(project),
    }


def _missing(profile: TraineeProfile | None) -> list[str]:
    """What hosts and the agreement will want to know."""
    if profile is None:
        return [_("profession"), _("employer"), _("languages")]
    wanted = (
        (_("profession"), profile.profession),
        (_("employer"), profile.employer_id),
        (_("who approves your departure"), profile.employer_email),
        (_("languages"), profile.languages.exists()),
    )
    return [name for name, value in wanted if not value]
