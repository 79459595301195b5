"""The Enter key in a field of a card's form keeps what is written: it does not press the button that looks up words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goodpractices.models import GoodPractice
from hosts.models import Host
from hosts.services import load_thesaurus
from tests.factories import HostFactory

pytestmark = pytest.mark.django_db
FORMS = ("hosts:host_create", "goodpractices:practice_create")


@pytest.mark.parametrize("name", FORMS)
def test_enter_presses_the_first_button_which_keeps(client: Client, author: Any, name: str) -> None:
    """A browser presses the first button of a form."""
    client.force_login(author)
    text = client.get(reverse(name)).content.decode()
    form = text[text.index("data-draft=") :]
    first = form[form.index("<button") :].split(">", 1)[0]
    assert 'name="intent" value="enter"' in first
    assert 'tabindex="-1"' in first


def test_enter_keeps_the_draft(client: Client, author: Any) -> None:
    client.force_login(author)
    client.post(reverse("hosts:host_create"), {"name": "By Enter", "intent": "enter"})
    client.post(reverse("goodpractices:practice_create"), {"title": "By Enter", "intent": "enter"})
    assert [(card.name, card.moderation) for card in Host.objects.all()] == [("By Enter", "draft")]
    assert [(card.title, card.state) for card in GoodPractice.objects.all()] == [("By Enter", "draft")]


@pytest.mark.parametrize("name", FORMS)
def test_enter_after_a_word_to_look_up_finds_it(client: Client, author: Any, name: str) -> None:
    load_thesaurus()
    client.force_login(author)
    response = client.post(reverse(name), {"intent": "enter", "find": " nazorg ", "language": "en"})
    assert response.status_code == 200
    assert (Host.objects.count(), GoodPractice.objects.count()) == (0, 0)


def test_finding_a_word_does_not_call_needed_answers_optional(client: Client, author: Any) -> None:
    host = HostFactory(created_by=author)
    client.force_login(author)
    response = client.post(
        reverse("hosts:host_edit", args=[host.public_id]), {"intent": "find", "find": "nazorg"}
    )
    assert response.status_code == 200
    assert response.context["form"]["name"].field.required
    assert not response.context["form"].errors
