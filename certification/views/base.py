"""What the views of certification share: scope first (404), right second (403)."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.models import Certificate, Dossier, JurySession
from ecett.accounts.models import User
from ecett.core.permissions import check


def reader(request: HttpRequest) -> User:
    """The signed-in person (every page of this room asks for one)."""
    return cast(User, request.user)


def find_dossier(request: HttpRequest, public_id: str, permission: str = "") -> Dossier:
    """A dossier the person may see; with ``permission`` one she may do that to."""
    rows = Dossier.objects.visible_to(request.user).select_related("candidate", "session")
    found = get_object_or_404(rows, public_id=public_id)
    if permission:
        check(request.user, permission, found)
    return found


def find_session(request: HttpRequest, public_id: str, permission: str = "") -> JurySession:
    """A session the person may see; with ``permission`` one she may do that to."""
    found = get_object_or_404(JurySession.objects.visible_to(request.user), public_id=public_id)
    if permission:
        check(request.user, permission, found)
    return found


def find_certificate(request: HttpRequest, public_id: str, permission: str = "") -> Certificate:
    """A certificate the person may see; with ``permission`` one she may do that to."""
    rows = Certificate.objects.visible_to(request.user).select_related(
        "holder", "document", "dossier", "internship__host"
    )
    found = get_object_or_404(rows, public_id=public_id)
    if permission:
        check(request.user, permission, found)
    return found


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where the person is, below certification."""
    return [(_("Certification"), reverse("certification:home")), *more]


def dossier_page(dossier: Dossier) -> str:
    """The address of a dossier."""
    return reverse("certification:dossier_detail", args=[dossier.public_id])


def mine(request: HttpRequest, dossier: Dossier) -> bool:
    """Whether the reader is the candidate."""
    return dossier.candidate_id == reader(request).pk
