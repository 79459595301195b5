"""One of everything, and the addresses that people without an account get in their letters."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from certification.services.kinds import CERTIFICATE
from ecett.core.documents.services import request_document
from helpdesk.links import PROPOSAL
from tests.permissions.world import ROLES, Tenant, build, token
from trainees import links


def link_pages(tenant: Tenant) -> dict[str, str]:
    """{purpose: address} of every page behind a signed link."""
    host, employer = links.EVALUATE["host"], links.EVALUATE["employer"]
    return {
        PROPOSAL: reverse("helpdesk:proposal_answer", args=[token(PROPOSAL, tenant["proposal"])]),
        links.SIGN: reverse("trainees:sign", args=[token(links.SIGN, tenant["signature"])]),
        links.ATTENDANCE: reverse(
            "trainees:attendance", args=[token(links.ATTENDANCE, tenant["internship"])]
        ),
        host: reverse("trainees:look_back_by_link", args=["host", token(host, tenant["over"])]),
        employer: reverse("trainees:look_back_by_link", args=["employer", token(employer, tenant["over"])]),
    }


def starts_of(tenant: Tenant, role: str) -> list[str]:
    """Where a role begins to look around: home, its rooms, and pages that only others link to."""
    starts = ["/", "/hosts/", "/good-practices/", "/statistics/", "/verify/"]
    if role == "anonymous":
        return starts + list(link_pages(tenant).values())
    things = [
        ("trainees:project_detail", "project"),
        ("trainees:stay_detail", "internship"),
        ("helpdesk:request_detail", "request"),
        ("helpdesk:propose", "request"),
        ("helpdesk:proposal_detail", "proposal"),
        ("hosts:host_edit", "host"),
        ("hosts:host_edit", "host_draft"),
        ("goodpractices:practice_edit", "practice_draft"),
        ("network:workshop_detail", "workshop"),
        ("certification:dossier_detail", "dossier"),
        ("certification:dossier_detail", "dossier_draft"),
        ("certification:session_detail", "session"),
        ("certification:certificate_detail", "certificate"),
        ("grants:contract_detail", "contract"),
        ("grants:attach_list", "contract"),
        ("core:document_page", "document"),
    ]
    rooms = [
        "/trainee/",
        "/trainee/profile/",
        "/trainee/start/",
        "/trainee/waiting/",
        "/helpdesk/",
        "/network/",
    ]
    rooms += ["/certification/", "/certification/queue/", "/certification/sessions/", "/grants/", "/imports/"]
    rooms += ["/hosts/new/", "/good-practices/new/", "/network/workshops/new/", "/grants/contracts/new/"]
    rooms += [
        "/certification/sessions/new/",
        "/hosts/mine/",
        "/hosts/moderation/",
        "/good-practices/moderation/",
    ]
    return starts + rooms + [reverse(name, args=[tenant[thing].public_id]) for name, thing in things]


def signed_in(person: Any) -> Client:
    """A browser of this person, or of nobody. Errors of the portal become its error page, as for people."""
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def tenant(db: None) -> Tenant:
    tenant = build("en")
    agreement = tenant["agreement"]
    agreement.document = request_document(kind="agreement", subject=agreement, language="en")
    agreement.save()
    certificate = tenant["certificate"]
    certificate.document = request_document(kind=CERTIFICATE, subject=certificate, language="en")
    certificate.save()
    return tenant


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visitor(tenant: Tenant, role: str) -> Client:
    """A browser of somebody with this role."""
    return signed_in(tenant.people.get(role))
