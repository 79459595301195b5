"""What the tests of the journey share."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from ecett.accounts.enums import Role
from ecett.core.actors import Actor
from ecett.core.clock import now, today
from ecett.core.models import Document, Notification
from tests.factories import (
    GoalFactory,
    HostFactory,
    InternshipFactory,
    OrganisationFactory,
    ProjectFactory,
    person,
)
from trainees import links, services
from trainees.models import Agreement, Internship, Project, Signature
from trainees.services.internships import usual_programme

SCRIPT = "<script>alert(1)</script>"


def make_ready(document: Document, sha256: str = "a" * 64) -> None:
    """As if the worker had made the file."""
    Document.objects.filter(pk=document.pk).update(state="ready", sha256=sha256, size=1234, ready_at=now())


def planned_stay(*, start: dt.date | None = None, days: int = 5, **project_fields: Any) -> Internship:
    """A stay with goal, programme and insurance: the agreement could be made."""
    employer = project_fields.pop("employer", None) or OrganisationFactory()
    project = ProjectFactory(employer=employer, **project_fields)
    GoalFactory(project=project)
    host = HostFactory(organisation=OrganisationFactory(kind="hosting"))
    first = start or today() + dt.timedelta(days=30)
    stay = InternshipFactory(
        project=project, host=host, start=first, end=first + dt.timedelta(days=days - 1), insurance="Employer"
    )
    services.save_programme(internship=stay, items=usual_programme(stay))
    return stay


def signing(stay: Internship | None = None) -> Agreement:
    """An agreement whose document is ready, nobody has signed."""
    stay = stay or planned_stay()
    agreement = services.make_agreement(internship=stay, actor=stay.project.trainee)
    make_ready(agreement.document)
    return agreement


def sign_all(agreement: Agreement) -> None:
    """All three sign: the trainee with her account, the others by their links."""
    for signature in agreement.signatures.order_by("pk"):
        actor: Any = signature.user or by_link(signature)
        services.sign(signature=signature, typed_name=signature.name, actor=actor)


def agreed_stay(**fields: Any) -> Internship:
    """A stay whose agreement all three have signed; over today unless said otherwise."""
    fields.setdefault("start", today() - dt.timedelta(days=4))
    stay = planned_stay(**fields)
    sign_all(signing(stay))
    return Internship.objects.get(pk=stay.pk)


def confirmed_stay(**fields: Any) -> Internship:
    """A stay whose host confirmed every day."""
    stay = agreed_stay(**fields)
    length = (stay.end - stay.start).days + 1
    days = {stay.start + dt.timedelta(days=number): Decimal(1) for number in range(length)}
    host = person(Role.HOST, organisation=stay.host.organisation)
    services.confirm_attendance(internship=stay, days=days, actor=host)
    return Internship.objects.get(pk=stay.pk)


@pytest.fixture
def project(db: None) -> Project:
    """A trainee's project in planning, with one goal."""
    found: Project = ProjectFactory()
    GoalFactory(project=found)
    return found


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def path_of(url: str) -> str:
    """The path of a whole address of a letter."""
    return url.partition("://")[2].partition("/")[2].join(["/", ""])


def rows(prefix: str, lines: list[dict[str, str]]) -> dict[str, str]:
    """What a browser sends for a table of lines."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(lines)), f"{prefix}-INITIAL_FORMS": "0"}
    for number, line in enumerate(lines):
        data |= {f"{prefix}-{number}-{name}": value for name, value in line.items()}
    return data


def letters(kind: str) -> list[tuple[str, str]]:
    """(address, language) of the letters of a kind, in order."""
    found = Notification.objects.filter(kind=f"trainees.{kind}").order_by("pk")
    return list(found.values_list("email", "language"))


def by_link(signature: Signature) -> Actor:
    return Actor.link(
        purpose=links.SIGN,
        subject=signature.pk,
        name=signature.name,
        role=signature.party,
        email=signature.email,
    )
