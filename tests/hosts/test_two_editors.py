"""Two editors of one host card, and of one good practice: pages that lose nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecett.core.clock import today
from ecett.core.versions import version
from ecett.core.workflow import StaleTransition
from goodpractices.models import GoodPractice
from hosts.models import Host, HostCheck
from hosts.services import update_host
from tests.bad_input.crawl import Form
from tests.factories import HostFactory, authored_practice, person
from tests.hosts.conftest import form_in
from tests.permissions.world import token

pytestmark = pytest.mark.django_db


def opened(client: Client, address: str) -> Form:
    """The form of a page as it stands in the browser."""
    return form_in(client.get(address).content.decode(), address)


def edit_of(host: Host) -> str:
    return reverse("hosts:host_edit", args=[host.public_id])


def test_what_only_one_of_both_changed_stands(client: Client, desk: Any, author: Any) -> None:
    host = HostFactory(created_by=author, expertise="Before", city="Malmö")
    client.force_login(author)
    form = opened(client, edit_of(host))
    update_host(host=host, actor=desk, city="Lund", languages=[("sv", "C2")])
    response = client.post(form.action, form.data(expertise="Mine"), follow=True)
    host.refresh_from_db()
    assert (host.city, host.expertise) == ("Lund", "Mine")
    assert [row.language for row in host.languages.all()] == ["sv"]
    assert "Country and town, Working languages" in response.content.decode()


def test_what_both_changed_is_shown_side_by_side_and_chosen(client: Client, desk: Any, author: Any) -> None:
    host = HostFactory(created_by=author, expertise="Before", summary="Before", capacity=2)
    client.force_login(author)
    form = opened(client, edit_of(host))
    update_host(host=host, actor=desk, expertise="Theirs", summary="Their summary", capacity=4)
    response = client.post(
        form.action, form.data(expertise="Mine", summary="My summary", website="https://a.eu")
    )
    text = response.content.decode()
    assert response.status_code == 409
    for words in ("Mine", "Theirs", "My summary", "Their summary", "https://a.eu"):
        assert words in text
    host.refresh_from_db()
    assert (host.expertise, host.website) == ("Theirs", "")
    again = form_in(text, form.action)
    answers = {"take-expertise": "mine", "take-summary": "both"}
    assert client.post(form.action, again.data(**answers)).status_code == 302
    host.refresh_from_db()
    assert (host.expertise, host.summary, host.capacity, host.website) == (
        "Mine",
        "Their summary\n\nMy summary",
        4,
        "https://a.eu",
    )


def test_more_languages_than_the_card_has_by_now_are_not_lost(client: Client, desk: Any, author: Any) -> None:
    spoken = ("en", "fr", "de", "nl", "sv", "da")
    host = HostFactory(created_by=author, languages=[(each, "B2") for each in spoken])
    client.force_login(author)
    form = opened(client, edit_of(host))
    update_host(host=host, actor=desk, languages=[("en", "C1")])
    response = client.post(form.action, form.data(**{"lang6-language": "it", "lang6-level": "B1"}))
    assert response.status_code == 409
    again = form_in(response.content.decode(), form.action)
    assert client.post(form.action, again.data(**{"take-lang": "mine"})).status_code == 302
    assert {row.language for row in host.languages.all()} == {*spoken, "it"}


def test_a_form_that_is_sent_twice_does_not_meet_itself(client: Client, author: Any) -> None:
    """What is stored is written otherwise than it was typed: 45 becomes 45.00."""
    host = HostFactory(created_by=author, day_price=None)
    client.force_login(author)
    form = opened(client, edit_of(host))
    sent = form.data(day_price="45", website="example.org")
    assert [client.post(form.action, sent).status_code for _press in range(2)] == [302, 302]
    host.refresh_from_db()
    assert (str(host.day_price), host.website) == ("45.00", "https://example.org")


def test_a_word_can_be_looked_for_while_two_versions_stand(client: Client, desk: Any, author: Any) -> None:
    host = HostFactory(created_by=author, expertise="Before")
    client.force_login(author)
    form = opened(client, edit_of(host))
    update_host(host=host, actor=desk, expertise="Theirs")
    response = client.post(form.action, form.data(expertise="Mine", intent="find", find="nazorg"))
    text = response.content.decode()
    assert response.status_code == 200
    assert "Theirs" in text
    assert "Mine" in text


def test_a_team_by_its_link_meets_the_desk(client: Client, desk: Any) -> None:
    host = HostFactory(expertise="Before")
    check = HostCheck.objects.create(
        host=host, email=host.spokesperson_email, asked_on=today(), last_letter_on=today()
    )
    form = opened(client, reverse("hosts:check_edit", args=[token("host_check", check)]))
    update_host(host=host, actor=desk, expertise="Theirs")
    response = client.post(form.action, form.data(expertise="Mine"))
    check.refresh_from_db()
    assert (response.status_code, check.answered_on) == (409, None)
    again = form_in(response.content.decode(), form.action)
    assert client.post(form.action, again.data(**{"take-expertise": "theirs"})).status_code == 302
    host.refresh_from_db()
    assert (host.expertise, host.last_confirmed_on) == ("Theirs", today())


def test_a_service_refuses_a_version_that_is_gone(desk: Any) -> None:
    host = HostFactory()
    seen = version(host)
    update_host(host=host, actor=desk, city="Lund")
    with pytest.raises(StaleTransition):
        update_host(host=host, actor=desk, seen=seen, city="Malmö")
    assert Host.objects.get(pk=host.pk).city == "Lund"


def test_two_authors_of_a_practice(client: Client) -> None:
    author, desk = person("trainee"), person("helpdesk")
    practice = authored_practice(author, state="draft", title="Before", description="Before")
    address = reverse("goodpractices:practice_edit", args=[practice.public_id])
    client.force_login(author)
    form = opened(client, address)
    other = Client()
    other.force_login(desk)
    theirs = opened(other, address)
    assert (
        other.post(address, theirs.data(title="Their title", transfer="A phone", intent="draft")).status_code
        == 302
    )
    response = client.post(address, form.data(title="My title", resources="A room", intent="draft"))
    text = response.content.decode()
    assert response.status_code == 409
    assert desk.get_full_name() in text
    again = form_in(text, address)
    assert client.post(address, again.data(**{"take-title": "mine", "intent": "draft"})).status_code == 302
    practice = GoodPractice.objects.get(pk=practice.pk)
    assert (practice.title, practice.resources, practice.transfer) == ("My title", "A room", "A phone")
