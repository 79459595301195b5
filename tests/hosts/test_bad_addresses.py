"""Addresses of cards that are merged, not public, or gone; and a card that is merged while somebody writes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hosts.models import Host
from hosts.services import merge_hosts
from tests.factories import HostFactory, person
from tests.hosts.conftest import form_in

pytestmark = pytest.mark.django_db
PAGES = ("host_detail", "host_edit", "host_photos", "host_suggest", "host_people", "host_merge")


def address(page: str, host: Host) -> str:
    return reverse(f"hosts:{page}", args=[host.public_id])


def test_merged_over_several_cards_leads_to_the_last(client: Client, desk: Any) -> None:
    first, second, last = HostFactory(), HostFactory(), HostFactory(name="Stays")
    merge_hosts(host=first, into=second, actor=desk)
    merge_hosts(host=second, into=last, actor=desk)
    for gone in (first, second):
        for path in (address("host_detail", gone), reverse("api:host_detail", args=[gone.public_id])):
            response = client.get(path)
            assert response.status_code == 301, path
            assert last.public_id in response["Location"]


def test_merged_into_a_card_that_is_no_more_public_is_not_there(client: Client, desk: Any) -> None:
    gone, stays = HostFactory(), HostFactory()
    merge_hosts(host=gone, into=stays, actor=desk)
    Host.objects.filter(pk=stays.pk).update(moderation="submitted")
    assert client.get(address("host_detail", gone)).status_code == 404


@pytest.mark.parametrize("state", ["draft", "submitted", "changes", "rejected"])
@pytest.mark.parametrize("page", PAGES)
def test_card_that_is_not_public_is_not_there_for_others(client: Client, state: str, page: str) -> None:
    host = HostFactory(moderation=state, name="Secret house")
    client.force_login(person("trainee"))
    response = client.get(address(page, host))
    assert response.status_code == 404
    assert "Secret house" not in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("code", ["0" * 12, "x" * 16, "none"])
def test_card_that_is_gone_is_not_there(client: Client, desk: Any, page: str, code: str) -> None:
    client.force_login(desk)
    host = HostFactory()
    path = address(page, host)
    host.delete()
    assert client.get(path).status_code == 404
    assert client.get(path.replace(host.public_id, code)).status_code == 404


def test_pages_of_a_merged_card_lead_to_those_of_the_one_that_stayed(client: Client, desk: Any) -> None:
    gone, stays = HostFactory(), HostFactory()
    merge_hosts(host=gone, into=stays, actor=desk)
    client.force_login(desk)
    for page in ("host_edit", "host_photos"):
        response = client.get(address(page, gone))
        assert (response.status_code, response["Location"]) == (302, address(page, stays)), page
    client.post(address("host_confirm", gone))
    stays.refresh_from_db()
    gone.refresh_from_db()
    assert stays.last_confirmed_on is not None
    assert gone.last_confirmed_on is None


def test_what_was_written_while_the_card_was_merged_meets_the_one_that_stayed(
    client: Client, desk: Any
) -> None:
    gone = HostFactory(name="Huset", expertise="Before")
    stays = HostFactory(name="The House", expertise="Theirs")
    client.force_login(desk)
    form = form_in(client.get(address("host_edit", gone)).content.decode(), address("host_edit", gone))
    merge_hosts(host=gone, into=stays, actor=desk)
    response = client.post(form.action, form.data(expertise="Mine, typed with care"))
    text = response.content.decode()
    assert response.status_code == 409
    assert "Mine, typed with care" in text
    assert "Theirs" in text
    again = form_in(text, form.action)
    assert client.post(form.action, again.data(**{"take-expertise": "mine"})).status_code == 302
    stays.refresh_from_db()
    gone.refresh_from_db()
    assert (stays.name, stays.expertise, gone.expertise) == ("The House", "Mine, typed with care", "Before")


def test_author_of_a_merged_card_is_told_where_it_went(client: Client, desk: Any, author: Any) -> None:
    gone, stays = HostFactory(created_by=author), HostFactory(name="The House")
    merge_hosts(host=gone, into=stays, actor=desk)
    client.force_login(author)
    response = client.get(address("host_edit", gone))
    assert response.status_code == 403
    assert "This card was merged into “The House”" in response.content.decode()
