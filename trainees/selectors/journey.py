"""One project with all that belongs to it, read with a constant number of queries."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from ecett.accounts.models import User
from ecett.core.components.formats import day
from trainees.enums import AgreementState, InternshipState, Party
from trainees.models import Agreement, Internship, Project


def with_journey(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Projects with their stays, agreements, signatures, looks back and goals."""
    agreements = Agreement.objects.select_related("document", "sealed_document").prefetch_related(
        "signatures"
    )
    internships = (
        Internship.objects.select_related("host")
        .prefetch_related(
            Prefetch("agreements", queryset=agreements),
            "evaluations",
            "companions",
            "programme",
            "budget",
            "reported_practices__practice",
            "reported_hosts__host",
        )
        .order_by("-pk")
    )
    return projects.select_related("trainee", "employer").prefetch_related(
        "goals", Prefetch("internships", queryset=internships)
    )


def projects_of(user: User) -> QuerySet[Project]:
    """Her own projects, newest first, ready for `next_step`."""
    return with_journey(Project.objects.filter(trainee=user)).order_by("-created_at")


def projects_along(user: User) -> QuerySet[Project]:
    """Projects of colleagues she comes along with."""
    along = Project.objects.filter(internships__companions__user=user).exclude(trainee=user).distinct()
    return with_journey(along).order_by("-created_at")


def living_internship(project: Project) -> Internship | None:
    """The stay that counts: the newest that was not cancelled."""
    for internship in project.internships.all():
        if internship.state != InternshipState.CANCELLED:
            # The page has the project already; asking for it again would cost a query.
            internship.project = project
            return internship
    return None


def living_agreement(internship: Internship | None) -> Agreement | None:
    """The version that is being signed or is sealed."""
    if internship is None:
        return None
    for agreement in internship.agreements.all():
        if agreement.state != AgreementState.VOID:
            agreement.internship = internship
            return agreement
    return None


def days_of(internship: Internship) -> int:
    """Days of the stay, first and last included."""
    return (internship.end - internship.start).days + 1


def looked_back(internship: Internship) -> dict[str, Any]:
    """Evaluations by party."""
    return {evaluation.party: evaluation for evaluation in internship.evaluations.all()}


def signer_rows(agreement: Agreement | None) -> list[tuple[str, str, Any, str]]:
    """Rows for the signatures component: name, role, signed at, what is waited for."""
    rows = []
    for signature in agreement.signatures.all() if agreement else ():
        side = str(Party(signature.party).label)
        role = f"{side}, {signature.organisation}" if signature.organisation else side
        asked = signature.reminded_at or signature.asked_at
        note = _("Asked on %(day)s") % {"day": day(asked)} if asked else ""
        rows.append((signature.signed_name or signature.name, role, signature.signed_at, note))
    return rows
