"""Writing a host card: drafts, sending, refusals that lose nothing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hosts.models import Host
from hosts.services import (
    load_thesaurus,
)
from tests.factories import person
from tests.hosts.conftest import indexed_host as host

pytestmark = pytest.mark.django_db


FORM = {
    "name": "Huset", "country": "DK", "city": "Aarhus", "sectors": ["youth"], "summary": "Day house.",
    "expertise": "Young mothers", "language": "en", "lang0-language": "da", "lang0-level": "C2",
}  # fmt: skip


def test_form_draft_asks_for_nothing(client: Client, author: Any) -> None:
    client.force_login(author)
    response = client.post(reverse("hosts:host_create"), {"intent": "draft", "city": "Aarhus"})
    card = Host.objects.get()
    assert (response.status_code, card.city, card.moderation, card.created_by) == (
        302,
        "Aarhus",
        "draft",
        author,
    )


def test_form_submit_asks_for_everything_and_loses_nothing(client: Client, author: Any) -> None:
    client.force_login(author)
    response = client.post(reverse("hosts:host_create"), {"intent": "submit", "summary": "Typed with care"})
    text = response.content.decode()
    assert (response.status_code, Host.objects.count()) == (422, 0)
    assert "Typed with care" in text
    assert "Name at least one language" in text


def test_form_submit_sends_the_card_to_the_desk(client: Client, author: Any) -> None:
    client.force_login(author)
    client.post(reverse("hosts:host_create"), {**FORM, "intent": "submit"})
    card = Host.objects.get()
    assert (card.moderation, [(row.language, row.level) for row in card.languages.all()]) == (
        "submitted",
        [("da", "C2")],
    )


def test_form_period_that_ends_before_it_starts_is_refused(client: Client, author: Any) -> None:
    client.force_login(author)
    dates = {"period0-kind": "closed", "period0-start": "2027-08-10", "period0-end": "2027-08-01"}
    response = client.post(reverse("hosts:host_create"), {**FORM, **dates, "intent": "draft"})
    assert response.status_code == 422
    assert "This is before the first day." in response.content.decode()


def test_form_too_long_a_text_is_refused_and_kept(client: Client, author: Any) -> None:
    client.force_login(author)
    response = client.post(reverse("hosts:host_create"), {**FORM, "summary": "x" * 10_001, "intent": "draft"})
    assert (response.status_code, Host.objects.count()) == (422, 0)
    assert "x" * 10_001 in response.content.decode()


def test_form_script_in_a_field_is_shown_as_text(client: Client, author: Any) -> None:
    client.force_login(author)
    client.post(
        reverse("hosts:host_create"), {**FORM, "name": "<script>alert(1)</script>", "intent": "draft"}
    )
    card = Host.objects.get()
    text = client.get(reverse("hosts:host_detail", args=[card.public_id])).content.decode()
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert(1)" not in text


def test_form_finds_concepts_without_losing_what_was_typed(client: Client, author: Any) -> None:
    load_thesaurus()
    client.force_login(author)
    response = client.post(
        reverse("hosts:host_create"), {"intent": "find", "find": "nazorg", "summary": "Typed", "city": "Gent"}
    )
    text = response.content.decode()
    assert (response.status_code, Host.objects.count()) == (200, 0)
    assert 'value="aftercare"' in text
    assert "Typed" in text


def test_form_unknown_concept_is_refused(client: Client, author: Any) -> None:
    client.force_login(author)
    response = client.post(reverse("hosts:host_create"), {**FORM, "concepts": ["made-up"], "intent": "draft"})
    assert (response.status_code, Host.objects.count()) == (422, 0)


def test_edit_of_another_persons_card_is_forbidden(client: Client) -> None:
    card = host("Team")
    client.force_login(person("trainee"))
    assert client.get(reverse("hosts:host_edit", args=[card.public_id])).status_code == 403
