"""One's own name: corrected by oneself, remembered by the database, frozen on what was issued."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from certification import services
from ecett.accounts.enums import Role
from tests.certification.scene import stay_of
from tests.factories import person

pytestmark = pytest.mark.django_db


def page(client: Client, user: Any, **data: str) -> Any:
    client.force_login(user)
    address = reverse("accounts:name_edit")
    return client.post(address, data, follow=True) if data else client.get(address)


def test_name_is_corrected_and_the_old_one_kept_with_who_changed_it(client: Client) -> None:
    user = person(Role.TRAINEE, first_name="Marta", last_name="Zielinska")
    assert 'value="Zielinska"' in page(client, user).text
    assert "Your name is corrected." in page(client, user, first_name="Marta", last_name=" Zielińska ").text
    user.refresh_from_db()
    assert (str(user), user.sort_name) == ("Marta Zielińska", "zielinska marta")
    [before] = apps.get_model("accounts", "NameEvent").objects.filter(pgh_obj=user)
    assert (before.first_name, before.last_name) == ("Marta", "Zielinska")
    assert before.pgh_context.metadata["user"] == user.pk


def test_name_must_not_be_empty_and_nothing_typed_is_lost(client: Client) -> None:
    user = person(Role.TRAINEE, first_name="Marta", last_name="Zielińska")
    answer = page(client, user, first_name="Märta", last_name=" ")
    assert answer.status_code == 422
    assert 'value="Märta"' in answer.text
    answer = page(client, user, first_name="x" * 101, last_name="<script>alert(1)</script>")
    assert answer.status_code == 422
    assert "<script>alert(1)" not in answer.text
    user.refresh_from_db()
    assert str(user) == "Marta Zielińska"


def test_certificate_keeps_the_name_it_was_issued_with(client: Client) -> None:
    user = person(Role.TRAINEE, first_name="Marta", last_name="Zielinska")
    certificate = services.issue_internship_certificate(internship=stay_of(user), holder=user)
    assert (
        "keep the name they were made with" in page(client, user, first_name="Marta", last_name="Kowal").text
    )
    certificate.refresh_from_db()
    assert certificate.holder_name == "Marta Zielinska"
    assert certificate.document is not None
    assert certificate.document.context["holder"] == "Marta Zielinska"
