"""Asking the interface for programmes, and cards to ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from ecett.core.clock import today
from hosts.models import Host
from hosts.services import count_terms, index_hosts
from tests.factories import HostFactory

ROOT = "/api/v1/"


def get(client: Client, path: str, status: int = 200, **values: Any) -> Any:
    response = client.get(f"{ROOT}{path}", values)
    assert response.status_code == status, response.content.decode()
    return response.json()


def pages(client: Client, path: str, **values: Any) -> Iterator[dict[str, Any]]:
    address: str | None = f"{ROOT}{path}?{urlencode(values, doseq=True)}"
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.content.decode()
        page = response.json()
        assert response.headers.get("Link", "") == (f'<{page["next"]}>; rel="next"' if page["next"] else "")
        yield page
        address = page["next"] and page["next"].removeprefix("http://testserver")


def ids(client: Client, path: str, **values: Any) -> list[str]:
    return [item["id"] for page in pages(client, path, **values) for item in page["items"]]


def some_hosts() -> list[Host]:
    """Seven hosts that differ in everything lists are ordered by, of which two are alike but for their id."""
    day = today()
    rows = [
        {"name": "Ångest", "city": "Namur", "country": "BE", "latitude": 50.46, "longitude": 4.86},
        {"name": "Beta", "status": "potential", "last_confirmed_on": day},
        {"name": "Beta", "status": "potential", "last_confirmed_on": day},
        {"name": "gamma", "status": "inactive", "sectors": ["youth"]},
        {
            "name": "Delta",
            "last_confirmed_on": day - dt.timedelta(days=3),
            "latitude": None,
            "longitude": None,
        },
        {"name": "’t Huis", "status": "potential", "sectors": []},
        {"name": "Zeta", "city": "Liège", "country": "BE", "latitude": 50.63, "longitude": 5.57},
    ]
    made = [HostFactory(**row) for row in rows]
    index_hosts([host.pk for host in made])
    count_terms(Host, force=True)
    return made
