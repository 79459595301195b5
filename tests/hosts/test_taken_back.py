"""The address of a card that everybody could read and that the helpdesk has taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecett.core.workflow import perform
from tests.factories import HostFactory, PracticeFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: Any) -> Any:
    return person("helpdesk")


CARDS = [
    (HostFactory, "hosts:host_detail", "name", "This host card is not shown any more"),
    (PracticeFactory, "goodpractices:practice_detail", "title", "This good practice is not shown any more"),
]


@pytest.mark.parametrize(("factory", "page", "named", "told"), CARDS)
def test_address_says_since_when_and_neither_name_nor_reason(
    client: Client, desk: Any, factory: Any, page: str, named: str, told: str
) -> None:
    card = factory(**{named: "Casa di Anna"})
    address = reverse(page, args=[card.public_id])
    card = perform(card, "reopen", actor=desk, comment="It names somebody.")
    again = client.get(address)
    assert (again.status_code, told in again.text) == (404, True)
    perform(card, "reject", actor=desk, comment="It names somebody.")
    refused = client.get(address)
    assert (refused.status_code, told in refused.text) == (410, True)
    assert "Anna" not in refused.text
    assert "names somebody" not in refused.text
    client.force_login(desk)
    assert "Nothing, unless you take the card back to reading." in client.get(address).text


@pytest.mark.parametrize(("factory", "page", "named", "told"), CARDS)
def test_of_a_card_that_nobody_could_read_nothing_is_said(
    client: Client, desk: Any, factory: Any, page: str, named: str, told: str
) -> None:
    state = "moderation" if factory is HostFactory else "state"
    card = perform(factory(**{state: "submitted"}), "reject", actor=desk, comment="No.")
    refused = client.get(reverse(page, args=[card.public_id]))
    assert (refused.status_code, told in refused.text) == (404, False)


def test_merged_card_leads_to_what_became_of_the_one_that_stayed(client: Client, desk: Any) -> None:
    kept = HostFactory(country="DE")
    merged = HostFactory(moderation="merged", merged_into=kept)
    perform(kept, "reopen", actor=desk, comment="Is it there?")
    page = client.get(reverse("hosts:host_detail", args=[merged.public_id]))
    assert (page.status_code, "Hosts: Germany" in page.text) == (404, True)
