"""What the home page asks of those who speak for a team: is the card still right?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.core.clock import today
from ecett.core.todo import todos
from ecett.core.workflow import perform
from hosts.models import Host
from hosts.services import ask_host, confirm_host
from tests.factories import HostFactory, OrganisationFactory, person

pytestmark = pytest.mark.django_db
OLD = dt.timedelta(days=400)


@pytest.fixture
def team(db: Any) -> Any:
    return OrganisationFactory(kind="hosting")


def asked(user: Any) -> list[str]:
    return [str(item.text) for item in todos(user) if item.title == "Say whether your card is still right"]


@pytest.mark.parametrize(
    ("fields", "waits"),
    [
        ({"last_confirmed_on": today() - OLD}, True),
        ({"last_confirmed_on": None}, True),
        ({"last_confirmed_on": today()}, False),
        ({"last_confirmed_on": today() - OLD, "moderation": "submitted"}, False),
    ],
)
def test_card_that_nobody_has_confirmed_for_a_year_waits_for_its_team(
    team: Any, fields: dict[str, Any], waits: bool
) -> None:
    speaks = person(Role.HOST, organisation=team)
    HostFactory(name="Huset", organisation=team, **fields)
    HostFactory(name="Another team's", organisation=OrganisationFactory(kind="hosting"), **fields)
    assert asked(speaks) == (["Huset"] if waits else [])
    assert asked(person(Role.TRAINEE, organisation=team)) == []


def test_letter_that_waits_stands_on_the_list_until_the_card_is_confirmed(team: Any, client: Client) -> None:
    speaks = person(Role.HOST, organisation=team)
    host = HostFactory(name="Huset", organisation=team, last_confirmed_on=today())
    assert asked(speaks) == []
    ask_host(host=host)
    assert asked(speaks) == ["Huset"]
    client.force_login(speaks)
    page = client.get(reverse("hosts:host_detail", args=[host.public_id])).text
    assert reverse("hosts:host_confirm", args=[host.public_id]) in page
    confirm_host(host=host, actor=speaks)
    assert asked(speaks) == []


def test_card_that_says_nothing_is_asked_for_its_words_only(team: Any) -> None:
    speaks = person(Role.HOST, organisation=team)
    HostFactory(name="Huset", organisation=team, last_confirmed_on=None)
    Host.objects.update(summary="")
    assert asked(speaks) == []
    assert [str(item.title) for item in todos(speaks)] == ["Huset"]


def test_form_of_a_card_with_a_question_shows_it(client: Client) -> None:
    author = person(Role.TRAINEE)
    host = HostFactory(moderation="submitted", created_by=author)
    perform(host, "ask_changes", actor=person(Role.HELPDESK), comment="Who sleeps where?")
    client.force_login(author)
    (item,) = [one for one in todos(author) if "a question" in str(one.text)]
    assert "Who sleeps where?" in client.get(item.url).text
    page = client.get(reverse("hosts:host_detail", args=[host.public_id])).text
    assert f'<a class="btn btn-primary" href="{item.url}">' in page
    assert '<button class="btn btn-primary">Send to the helpdesk' not in page
