"""Addresses as people and machines change them: pages that are not, filters nobody knows, ids of nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.bad_input.conftest import signed_in
from tests.permissions.world import Tenant

LISTS = [
    ("hosts:host_list", None),
    ("goodpractices:practice_list", None),
    ("portal:statistics", None),
    ("hosts:host_list", "admin"),
    ("hosts:host_mine", "host"),
    ("hosts:host_moderation", "admin"),
    ("goodpractices:practice_mine", "trainee"),
    ("goodpractices:practice_moderation", "admin"),
    ("helpdesk:inbox", "helpdesk"),
    ("helpdesk:request_archive", "helpdesk"),
    ("helpdesk:proposal_list", "host"),
    ("trainees:home", "trainee"),
    ("network:home", "trainee"),
    ("certification:home", "juror"),
    ("certification:queue", "secretary"),
    ("certification:session_list", "secretary"),
    ("certification:certificate_list", "secretary"),
    ("grants:home", "coordinator"),
    ("grants:rate_list", "coordinator"),
    ("imports:import_list", "admin"),
    ("core:demo_mail", None),
]
QUESTIONS: list[dict[str, Any]] = [
    {"page": "999999"},
    {"page": "abc"},
    {"page": "-1"},
    {"page": "0"},
    {"page": ""},
    {"page": "9" * 400},
    {"page": "\x00"},
    {"page": ["1", "2"]},
    {"nonsense": "1"},
    {"sort": "nonsense"},
    {"sort": "-password"},
    {"o": "1;drop"},
    {"q": "\x00"},
    {"q": "x" * 50_000},
    {"q": "'\"; drop table hosts; --"},
    {"q": "( & | ! : *"},
    {"q": "%_\\"},
    {"q": "<script>alert(1)</script>"},
    {"country": "ZZ"},
    {"country": "\x00"},
    {"sector": "nonsense"},
    {"lang": "tlh"},
    {"language": "zz"},
    {"year": "abc"},
    {"year": "99999999999"},
    {"state": "nonsense"},
    {"level": "Z"},
    {"mine": "x"},
    {"to": "\x00<b>"},
    {"concept": "9" * 60},
    {"from": "2027-02-30"},
    {"until": "abc"},
    {"view": "nonsense"},
]


@pytest.mark.parametrize(("name", "role"), LISTS)
def test_list_answers_whatever_the_address_asks(tenant: Tenant, name: str, role: str | None) -> None:
    client = signed_in(tenant.people[role] if role else None)
    faults = []
    for question in QUESTIONS:
        answer = client.get(reverse(name), question)
        if answer.status_code not in (200, 404, 422, 302):
            faults.append(f"{question}: {answer.status_code}")
        elif "<script>alert(1)" in answer.content.decode():
            faults.append(f"{question}: the script is let out")
    assert not faults, "\n".join(faults)
    assert client.get(reverse(name)).status_code == 200


def test_page_that_is_not_leads_to_the_last_one(client: Client, tenant: Tenant) -> None:
    for page in ("999999", "abc"):
        text = client.get("/hosts/", {"page": page}).content.decode()
        assert tenant["host"].name in text, page


def test_filter_nobody_knows_finds_nothing_and_can_be_taken_away(client: Client, tenant: Tenant) -> None:
    answer = client.get("/hosts/", {"country": "ZZ"})
    assert answer.status_code == 200
    assert 'href="/hosts/"' in answer.content.decode()


OBJECTS = [
    ("hosts:host_detail", None),
    ("hosts:host_edit", "admin"),
    ("goodpractices:practice_detail", None),
    ("goodpractices:practice_edit", "admin"),
    ("goodpractices:practice_print", None),
    ("trainees:project_detail", "trainee"),
    ("trainees:stay_detail", "trainee"),
    ("trainees:signature", "trainee"),
    ("helpdesk:request_detail", "helpdesk"),
    ("helpdesk:propose", "helpdesk"),
    ("helpdesk:proposal_detail", "host"),
    ("network:workshop_detail", "trainee"),
    ("certification:dossier_detail", "juror"),
    ("certification:session_detail", "secretary"),
    ("certification:certificate_detail", "secretary"),
    ("grants:contract_detail", "coordinator"),
    ("grants:report_detail", "coordinator"),
    ("core:document_page", "trainee"),
    ("imports:import_detail", "admin"),
]


@pytest.mark.parametrize(("name", "role"), OBJECTS)
def test_object_that_does_not_exist_is_404(tenant: Tenant, name: str, role: str | None) -> None:
    client = signed_in(tenant.people[role] if role else None)
    for ident in ("doesnotexist", "1", "0" * 12, "x" * 300, "2c6gvwsk2v7f"):
        answer = client.get(reverse(name, args=[ident]))
        assert answer.status_code == 404, ident
        assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/hosts/%00/",
        "/hosts/%F0%9F/",
        "/verify/%00/",
        "/verify/<script>alert(1)<%2Fscript>/",
        "/nothing/",
        "/hosts/../../etc/passwd",
        "/%2e%2e/",
        "/verify/" + "x" * 3000 + "/",
    ],
)
def test_address_of_nothing_is_404_in_words(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    text = answer.content.decode()
    assert "<script>alert(1)" not in text
    assert 'href="/' in text, "there is a way on"


def test_method_that_is_not_meant_is_405(tenant: Tenant) -> None:
    admin, trainee = signed_in(tenant.people["admin"]), signed_in(tenant.people["trainee"])
    only_post = [
        (admin, reverse("hosts:host_confirm", args=[tenant["host"].public_id])),
        (admin, reverse("hosts:host_step", args=[tenant["host_draft"].public_id, "submit"])),
        (trainee, reverse("trainees:project_step", args=[tenant["project"].public_id, "drop"])),
        (trainee, reverse("helpdesk:message_post", args=[tenant["request"].public_id])),
        (trainee, reverse("certification:dossier_submit", args=[tenant["dossier_draft"].public_id])),
        (
            signed_in(tenant.people["coordinator"]),
            reverse("grants:mobility_reverse", args=[tenant["mobility"].public_id]),
        ),
    ]
    for client, path in only_post:
        assert client.get(path).status_code == 405, path
    only_get = ["/trainee/", "/helpdesk/", "/grants/", f"/trainee/projects/{tenant['project'].public_id}/"]
    for path in only_get:
        assert admin.post(path).status_code in (403, 405), path
        assert admin.delete(path).status_code in (403, 405), path


def test_step_nobody_knows_is_404(tenant: Tenant) -> None:
    admin = signed_in(tenant.people["admin"])
    for path in (
        reverse("hosts:host_step", args=[tenant["host_draft"].public_id, "explode"]),
        reverse("goodpractices:practice_step", args=[tenant["practice_draft"].public_id, "explode"]),
        reverse("trainees:project_step", args=[tenant["project"].public_id, "explode"]),
        reverse("trainees:stay_step", args=[tenant["internship"].public_id, "explode"]),
        reverse("helpdesk:request_step", args=[tenant["request"].public_id, "explode"]),
        reverse("helpdesk:proposal_step", args=[tenant["proposal"].public_id, "explode"]),
        reverse("certification:certificate_step", args=[tenant["certificate"].public_id, "explode"]),
    ):
        assert admin.post(path).status_code == 404, path
