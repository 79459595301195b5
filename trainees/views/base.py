"""What the journey's views share: scope first (404), right second (403), people who come by a signed link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation

from ecett.accounts.models import User
from ecett.core import links as signed
from ecett.core.actors import Actor
from ecett.core.permissions import check
from ecett.core.views.links import link_problem
from trainees import links
from trainees.models import Internship, Project
from trainees.selectors.journey import with_journey


def person(request: HttpRequest) -> User:
    """Who is signed in; every view that asks is closed to others."""
    return cast(User, request.user)


def find_project(request: HttpRequest, public_id: str, permission: str = "") -> Project:
    """A project the person may see, with its journey; with ``permission`` one she may do that to."""
    found = get_object_or_404(with_journey(Project.objects.visible_to(request.user)), public_id=public_id)
    if permission:
        check(request.user, permission, found)
    return found


def find_internship(request: HttpRequest, public_id: str, permission: str = "") -> Internship:
    """A stay the person may see; with ``permission`` one she may do that to."""
    stays = Internship.objects.visible_to(request.user).select_related(
        "project__trainee", "project__employer", "host"
    )
    found = get_object_or_404(stays, public_id=public_id)
    if permission:
        check(request.user, permission, found)
    return found


def project_page(project: Project, part: str = "") -> str:
    """The address of a project's page."""
    path = reverse("trainees:project_detail", args=[project.public_id])
    return f"{path}#{part}" if part else path


def crumbs(project: Project, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where the person is, below a project."""
    number = translation.gettext("Project %(number)s") % {"number": project.number}
    return [
        (translation.gettext("My projects"), reverse("trainees:home")),
        (number, project_page(project)),
        *more,
    ]


def to_project(internship: Internship, part: str = "") -> HttpResponse:
    """Back to the project's page after a change."""
    return redirect(project_page(internship.project, part))


# ── People who come by a signed link ──────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Visitor:
    """Who holds the link and the object it was made for."""

    actor: Actor
    subject: Any
    token: str
    purpose: str


def open_link(request: HttpRequest, token: str, purpose: str) -> Visitor | HttpResponse:
    """The visitor of a good link, or the page that says what is wrong with it."""
    model: type[Model] = links.MODELS[purpose]
    try:
        claim = signed.read(token, purpose=purpose, model=model)
    except signed.LinkProblem as error:
        renew = reverse("trainees:link_renew", args=[purpose, token])
        return link_problem(request, error, resend_url=renew)
    subject = model._default_manager.filter(pk=claim.subject_pk).first()
    if subject is None:
        return link_problem(request, signed.LinkInvalid("the object is gone"))
    actor = Actor.link(
        purpose=purpose,
        subject=claim.subject_pk,
        name=claim.name,
        role=claim.role,
        email=claim.email,
        organisation=str(getattr(subject, "organisation", "")),
    )
    return Visitor(actor=actor, subject=subject, token=token, purpose=purpose)
