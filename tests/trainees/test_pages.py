"""Who sees which page of a journey: companions, hosts, employers, strangers."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ecett.accounts.enums import Role
from tests.factories import InternshipFactory, OrganisationFactory, person
from tests.trainees.conftest import planned_stay, signed_in, signing
from trainees.models import Companion

pytestmark = pytest.mark.django_db


def test_companion_reads_and_cannot_write() -> None:
    stay = planned_stay()
    jonas = person(Role.TRAINEE)
    Companion.objects.create(internship=stay, name="Jonas", email=jonas.email, user=jonas)
    client = signed_in(jonas)
    page = client.get(reverse("trainees:project_detail", args=[stay.project.public_id]))
    assert page.status_code == 200
    assert ">Make the agreement<" not in page.text
    assert stay.project.title in client.get("/trainee/").text
    for name, public_id in (
        ("project_edit", stay.project.public_id),
        ("goal_add", stay.project.public_id),
        ("stay_edit", stay.public_id),
        ("programme_edit", stay.public_id),
        ("budget_edit", stay.public_id),
        ("agreement_make", stay.public_id),
    ):
        assert client.get(reverse(f"trainees:{name}", args=[public_id])).status_code == 403


@pytest.mark.parametrize(
    ("role", "own", "status"),
    [
        (Role.TRAINEE, False, 404),
        (Role.EMPLOYER, True, 200),
        (Role.EMPLOYER, False, 404),
        (Role.HOST, True, 404),
        (Role.HELPDESK, False, 200),
        (Role.COORDINATOR, True, 200),
        (Role.COORDINATOR, False, 404),
        (Role.JUROR, False, 404),
    ],
)
def test_project_page_by_role(role: str, own: bool, status: int) -> None:
    stay = planned_stay()
    employer = stay.project.employer
    organisations = {Role.EMPLOYER: employer, Role.COORDINATOR: employer, Role.HOST: stay.host.organisation}
    organisation = organisations.get(Role(role)) if own else OrganisationFactory()
    page = signed_in(person(role, organisation=organisation)).get(
        reverse("trainees:project_detail", args=[stay.project.public_id])
    )
    assert page.status_code == status


def test_host_and_employer_find_what_waits() -> None:
    agreement = signing()
    stay = agreement.internship
    host = signed_in(person(Role.HOST, organisation=stay.host.organisation))
    employer = signed_in(person(Role.EMPLOYER, organisation=stay.project.employer))
    for client in (host, employer):
        page = client.get("/trainee/waiting/")
        assert page.status_code == 200
        assert "Sign the agreement of" in page.text
        assert client.get(reverse("trainees:stay_detail", args=[stay.public_id])).status_code == 200
    assert signed_in(person(Role.TRAINEE)).get("/trainee/waiting/").status_code == 403


def test_party_home_has_constant_queries() -> None:
    stay = planned_stay()
    client = signed_in(person(Role.HOST, organisation=stay.host.organisation))
    client.get("/trainee/waiting/")
    with CaptureQueriesContext(connection) as few:
        client.get("/trainee/waiting/")
    for _number in range(10):
        InternshipFactory(host=stay.host)
    with CaptureQueriesContext(connection) as many:
        assert client.get("/trainee/waiting/").status_code == 200
    assert len(many) == len(few)


def test_host_with_account_cancels_with_reason() -> None:
    stay = planned_stay()
    client = signed_in(person(Role.HOST, organisation=stay.host.organisation))
    url = reverse("trainees:stay_step", args=[stay.public_id, "cancel"])
    assert "Please say why." in client.post(url, {"comment": " "}, follow=True).text
    assert client.post(url, {"comment": "Two colleagues left."}, follow=True).status_code == 200
    stay.refresh_from_db()
    assert stay.state == "cancelled"
