"""The list of hosts for maps of others."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import HostFactory
from tests.hosts.conftest import indexed_host

pytestmark = pytest.mark.django_db
AWKWARD = '=1+1 "quoted", <b>bold</b> & \\ 🏠 שלום\nsecond line'


@pytest.fixture(autouse=True)
def forget() -> None:
    cache.clear()


def read(client: Client, query: str = "") -> dict[str, Any]:
    response = client.get(f"{reverse('hosts:host_geojson')}{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/geo+json"
    assert response["Content-Disposition"] == 'attachment; filename="hosts.geojson"'
    return json.loads(b"".join(response.streaming_content))


def test_hosts_are_points_longitude_first_and_the_others_are_counted() -> None:
    client = Client()
    host = HostFactory(name=AWKWARD, latitude=57.5, longitude=-11.25)
    HostFactory(latitude=None, longitude=None)
    HostFactory(moderation="draft")
    found = read(client)
    assert (found["type"], found["total"], found["without_coordinates"]) == ("FeatureCollection", 1, 1)
    (feature,) = found["features"]
    assert (feature["type"], feature["id"]) == ("Feature", host.public_id)
    assert feature["geometry"] == {"type": "Point", "coordinates": [-11.25, 57.5]}
    assert feature["properties"]["name"] == AWKWARD
    assert "latitude" not in feature["properties"]


def test_it_is_exactly_what_is_filtered_and_the_list_leads_to_it(client: Client) -> None:
    indexed_host("Here", country="BE")
    indexed_host("There", country="FR")
    indexed_host("Both", country="BE", summary="Something else.", expertise="")
    for query, names in (
        ("?country=BE", ["Both", "Here"]),
        ("?country=BE&q=aftercare", ["Here"]),
        ("?near=Göteborg, SE&km=20", ["Both", "Here", "There"]),
    ):
        page = client.get(f"{reverse('hosts:host_list')}{query}")
        address = page.context["geojson_url"]
        text = page.content.decode()
        assert text.count(f'href="{address.replace("&", "&amp;")}"') == 2
        assert [
            one["properties"]["name"]
            for one in read(client, address.partition("hosts.geojson")[2])["features"]
        ] == names
        assert page.context["page"].total == len(names)


def test_nothing_left_is_an_empty_collection_and_what_is_unknown_is_refused(client: Client) -> None:
    HostFactory()
    assert read(client, "?country=IT")["features"] == []
    for query, parameter in (("?country=XX", "country"), ("?page=2", "page"), ("?sort=name", "sort")):
        response = client.get(f"{reverse('hosts:host_geojson')}{query}")
        assert response.status_code == 400
        assert [error["parameter"] for error in response.json()["errors"]] == [parameter]
    page = client.get(f"{reverse('hosts:host_list')}?country=XX")
    assert "geojson" not in page.content.decode()


def test_questions_do_not_grow_with_the_hosts(client: Client) -> None:
    def questions() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as context:
            read(client)
        return len(context)

    HostFactory()
    questions()
    one = questions()
    for _each in range(29):
        HostFactory()
    questions()
    assert questions() == one
