"""Periods that are over: kept for those who edit the card, told to nobody else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecett.core.clock import today
from hosts.models import Host, HostSuggestion
from tests.factories import HostFactory, person
from tests.hosts.conftest import form_in

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def host(author: Any) -> Host:
    host = HostFactory(created_by=author)
    for start, end, note in ((-400, -390, "Builders in"), (-5, 0, "Still on"), (30, 40, "To come")):
        host.periods.create(kind="closed", start=today() + start * DAY, end=today() + end * DAY, note=note)
    return host


def notes(host: Host) -> list[str]:
    return [row.note for row in host.periods.order_by("start")]


def test_visitors_read_only_what_is_on_or_to_come(client: Client, host: Host, author: Any) -> None:
    page = reverse("hosts:host_detail", args=[host.public_id])
    text = client.get(page).content.decode()
    assert [word in text for word in ("Builders in", "Still on", "To come")] == [False, True, True]
    client.force_login(author)
    text = client.get(page).content.decode()
    folded = text[text.index('id="past-periods"') :]
    assert "Builders in" in folded
    assert "To come" not in folded
    told = client.get(reverse("api:host_detail", args=[host.public_id])).json()
    assert [row["end"] for row in told["periods"]] == [
        today().isoformat(),
        (today() + 40 * DAY).isoformat(),
    ]


def test_saving_the_card_keeps_them_and_an_emptied_one_goes(client: Client, host: Host, author: Any) -> None:
    client.force_login(author)
    address = reverse("hosts:host_edit", args=[host.public_id])
    form = form_in(client.get(address).content.decode(), address)
    assert client.post(address, form.data(capacity="3")).status_code == 302
    assert notes(host) == ["Builders in", "Still on", "To come"]
    form = form_in(client.get(address).content.decode(), address)
    emptied = {"past0-start": "", "past0-end": "", "past0-note": ""}
    assert client.post(address, form.data(**emptied)).status_code == 302
    assert notes(host) == ["Still on", "To come"]


def test_mistake_in_one_unfolds_them(client: Client, host: Host, author: Any) -> None:
    client.force_login(author)
    address = reverse("hosts:host_edit", args=[host.public_id])
    form = form_in(client.get(address).content.decode(), address)
    response = client.post(address, form.data(**{"past0-end": "0001-01-01"}))
    assert response.status_code == 422
    assert 'id="past-rows" open' in response.content.decode()
    assert notes(host) == ["Builders in", "Still on", "To come"]


def test_suggestion_neither_shows_nor_loses_them(client: Client, host: Host, author: Any) -> None:
    client.force_login(person("trainee"))
    address = reverse("hosts:host_suggest", args=[host.public_id])
    text = client.get(address).content.decode()
    assert "Builders in" not in text
    client.post(address, form_in(text, address).data(**{"period1-note": "Moved"}, intent="suggest"))
    suggestion = HostSuggestion.objects.get()
    assert set(suggestion.changes) == {"period"}
    client.force_login(author)
    page = reverse("hosts:suggestion_detail", args=[suggestion.public_id])
    answer = form_in(client.get(page).content.decode(), page)
    assert client.post(page, answer.data(take="period", intent="accept")).status_code == 302
    assert notes(host) == ["Builders in", "Still on", "Moved"]
