"""What waits for those who speak for a host or an employer."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ecett.accounts.enums import Role
from ecett.core.clock import today
from trainees.enums import AgreementState, InternshipState, Party
from trainees.models import Evaluation, Internship, Signature


def organisations(user: Any, role: str) -> list[int]:
    """The organisations she speaks for in a role."""
    return [hat.organisation_id for hat in user.hats if hat.role == role and hat.organisation_id]


def is_party(user: Any) -> bool:
    """She speaks for a host or an employer."""
    return bool(organisations(user, Role.HOST) or organisations(user, Role.EMPLOYER))


def signatures_waiting(user: Any) -> QuerySet[Signature]:
    """Signatures asked of her side and not yet given."""
    asked = Q(party=Party.HOST, agreement__internship__host__organisation__in=organisations(user, Role.HOST))
    asked |= Q(
        party=Party.EMPLOYER,
        agreement__internship__project__employer__in=organisations(user, Role.EMPLOYER),
    )
    return (
        Signature.objects.filter(asked, signed_at=None, agreement__state=AgreementState.SIGNING)
        .select_related("agreement__internship__project__trainee", "agreement__internship__host")
        .order_by("asked_at")
    )


def attendance_waiting(user: Any) -> QuerySet[Internship]:
    """Stays at her house that are over and not yet confirmed."""
    return (
        Internship.objects.filter(
            host__organisation__in=organisations(user, Role.HOST),
            state=InternshipState.AGREED,
            end__lte=today(),
        )
        .select_related("project__trainee", "host")
        .order_by("end")
    )


def evaluations_waiting(user: Any, party: str) -> QuerySet[Internship]:
    """Stays her side has not looked back at."""
    given = Evaluation.objects.filter(internship=OuterRef("pk"), party=party)
    mine = (
        Q(host__organisation__in=organisations(user, Role.HOST))
        if party == Party.HOST
        else Q(project__employer__in=organisations(user, Role.EMPLOYER))
    )
    return (
        Internship.objects.filter(mine, ~Exists(given), state=InternshipState.CONFIRMED)
        .select_related("project__trainee", "host")
        .order_by("confirmed_at")
    )


def stays_of_party(user: Any) -> QuerySet[Internship]:
    """Every stay at her host or of her employees, newest first."""
    mine = Q(host__organisation__in=organisations(user, Role.HOST))
    mine |= Q(project__employer__in=organisations(user, Role.EMPLOYER))
    return (
        Internship.objects.filter(mine).select_related("project__trainee", "host").order_by("-start", "-pk")
    )
