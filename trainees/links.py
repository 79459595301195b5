"""Signed links of the journey: to sign, to confirm attendance, to look back, to read a document."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from ecett.core import links
from ecett.core.models import Document
from trainees.enums import Party
from trainees.models import Internship, Signature

SIGN = "sign_agreement"
ATTENDANCE = "attendance"
EVALUATE = {Party.HOST: "evaluate_host", Party.EMPLOYER: "evaluate_employer"}
#: Purpose → the kind of object its links are made for.
MODELS = {SIGN: Signature, ATTENDANCE: Internship, **dict.fromkeys(EVALUATE.values(), Internship)}

#: How long a link to act is good, days; a new one is sent to the same address on request.
ACT_DAYS = 60
#: How long people without an account may fetch a document, days: as long as a learning path lasts.
DOCUMENT_DAYS = 5 * 365


def sign_url(signature: Signature) -> str:
    """Where one person signs one agreement."""
    token = links.make(
        purpose=SIGN,
        subject=signature,
        email=signature.email,
        name=signature.name,
        role=signature.party,
        days=ACT_DAYS,
    )
    return links.absolute(reverse("trainees:sign", args=[token]))


def attendance_url(internship: Internship) -> str:
    """Where the host says on which days the trainee was there."""
    token = links.make(
        purpose=ATTENDANCE,
        subject=internship,
        email=internship.host_email,
        name=internship.host_contact,
        role=Party.HOST,
        days=ACT_DAYS,
    )
    return links.absolute(reverse("trainees:attendance", args=[token]))


def evaluation_url(internship: Internship, party: str) -> str:
    """Where host or employer look back."""
    project = internship.project
    email, name = (
        (internship.host_email, internship.host_contact)
        if party == Party.HOST
        else (project.employer_email, project.employer_contact)
    )
    token = links.make(
        purpose=EVALUATE[Party(party)], subject=internship, email=email, name=name, role=party, days=ACT_DAYS
    )
    return links.absolute(reverse("trainees:look_back_by_link", args=[party, token]))


def document_url(document: Document, *, email: str, name: str = "") -> str:
    """Where somebody without an account reads a document."""
    token = links.make(purpose="document", subject=document, email=email, name=name, days=DOCUMENT_DAYS)
    path = reverse("core:document_page", args=[document.public_id])
    return links.absolute(f"{path}?{urlencode({'key': token})}")


def project_url(internship_or_project: object) -> str:
    """The trainee's page of a project, as it stands in letters."""
    project = getattr(internship_or_project, "project", internship_or_project)
    return links.absolute(reverse("trainees:project_detail", args=[project.public_id]))  # type: ignore[attr-defined]
