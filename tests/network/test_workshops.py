"""Workshops and presentations."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ecett.accounts.enums import Role
from ecett.core.clock import today
from ecett.core.todo import todos
from ecett.core.workflow import Blocked, Denied
from network import services
from network.models import Presentation, Workshop
from tests.factories import PracticeFactory, PresentationFactory, WorkshopFactory, authored_practice, person

pytestmark = pytest.mark.django_db


def test_presenting_twice_is_once_and_needs_ones_own_practice() -> None:
    user, workshop = person(Role.TRAINEE), WorkshopFactory()
    practice = authored_practice(user)
    first = services.present_practice(workshop=workshop, practice=practice, presenter=user, actor=user)
    again = services.present_practice(workshop=workshop, practice=practice, presenter=user, actor=user)
    assert first == again
    with pytest.raises(Blocked, match="you wrote"):
        services.present_practice(workshop=workshop, practice=PracticeFactory(), presenter=user, actor=user)
    with pytest.raises(Denied):
        services.present_practice(
            workshop=workshop, practice=practice, presenter=user, actor=person(Role.TRAINEE)
        )


def test_confirming_is_for_desk_and_secretary_after_the_day() -> None:
    said = PresentationFactory()
    with pytest.raises(Denied):
        services.confirm_presentation(presentation=said, actor=said.presenter)
    desk = person(Role.HELPDESK)
    confirmed = services.confirm_presentation(presentation=said, actor=desk)
    assert confirmed.confirmed_by == desk
    later = services.confirm_presentation(presentation=said, actor=person(Role.SECRETARY))
    assert later.confirmed_by == desk
    coming = PresentationFactory(workshop=WorkshopFactory(day=today() + dt.timedelta(days=2)))
    with pytest.raises(Blocked, match="not taken place"):
        services.confirm_presentation(presentation=coming, actor=desk)


def test_nobody_confirms_her_own() -> None:
    secretary = person(Role.SECRETARY)
    with pytest.raises(Blocked, match="Somebody else"):
        services.confirm_presentation(presentation=PresentationFactory(presenter=secretary), actor=secretary)


def test_confirmed_presentation_stays() -> None:
    said = PresentationFactory()
    services.confirm_presentation(presentation=said, actor=person(Role.SECRETARY))
    with pytest.raises(Blocked, match="stays"):
        services.withdraw_presentation(presentation=said, actor=said.presenter)


def test_trainee_says_what_she_presented_and_desk_confirms(client: Client) -> None:
    user, workshop = person(Role.TRAINEE), WorkshopFactory(title="Lyon workshop")
    practice = authored_practice(user, title="Evening café")
    page = f"/network/workshops/{workshop.public_id}/"
    client.force_login(user)
    assert "Evening café" in client.get(page).content.decode()
    for _click in range(2):
        assert client.post(f"{page}present/", {"practice": practice.public_id}).url == page
    said = Presentation.objects.get()
    assert "Waiting to be confirmed" in client.get(page).content.decode()
    assert client.post(f"/network/presentations/{said.public_id}/confirm/").status_code == 403

    desk = person(Role.HELPDESK)
    assert todos(desk)[0].url == page
    client.force_login(desk)
    client.post(f"/network/presentations/{said.public_id}/confirm/")
    said.refresh_from_db()
    assert said.confirmed_by == desk

    client.force_login(person(Role.TRAINEE))
    assert client.post(f"/network/presentations/{said.public_id}/withdraw/").status_code == 404


def test_unconfirmed_entries_of_others_are_hidden(client: Client) -> None:
    said = PresentationFactory(practice=PracticeFactory(title="Not yours to see"))
    client.force_login(person(Role.TRAINEE))
    page = f"/network/workshops/{said.workshop.public_id}/"
    assert "Not yours to see" not in client.get(page).content.decode()
    services.confirm_presentation(presentation=said, actor=person(Role.SECRETARY))
    assert "Not yours to see" in client.get(page).content.decode()


def test_workshop_is_made_by_secretary_and_desk_only(client: Client) -> None:
    values = {
        "title": "Autumn workshop",
        "day": "2026-12-01",
        "city": "Lyon",
        "country": "FR",
        "language": "fr",
    }
    client.force_login(person(Role.TRAINEE))
    assert client.get("/network/workshops/new/").status_code == 403
    assert client.post("/network/workshops/new/", values).status_code == 403
    client.force_login(person(Role.SECRETARY))
    refused = client.post("/network/workshops/new/", {**values, "day": "1 December"})
    assert refused.status_code == 422
    assert "Autumn workshop" in refused.content.decode()
    client.post("/network/workshops/new/", values)
    made = Workshop.objects.get()
    assert (made.day, str(made.country)) == (dt.date(2026, 12, 1), "FR")


def test_list_takes_the_same_queries_for_one_and_thirty(client: Client) -> None:
    client.force_login(person(Role.SECRETARY))
    counts: list[int] = []
    PresentationFactory()
    for more in (0, 24):
        for _n in range(more):
            PresentationFactory()
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/network/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14


def test_visitor_is_asked_to_sign_in(client: Client) -> None:
    answer: Any = client.get("/network/")
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")
