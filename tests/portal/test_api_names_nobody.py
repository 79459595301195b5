"""Whatever programmes may read holds no e-mail address and no name of a person that the database knows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import models
from django.test import Client
from django.urls import reverse

from ecett.accounts.models import User
from ecett.portal.resources import RESOURCES
from goodpractices.services import index_practices
from hosts.models import Host, HostContact
from hosts.services import index_hosts
from tests.factories import HostFactory, authored_practice
from tests.permissions.world import build

# Columns that name a person, in any table.
NAMES = ("author_name", "spokesperson_name", "reporter_name", "actor_name", "employer_contact")
# Shorter ones stand in any text.
SHORTEST = 4


def persons() -> set[str]:
    """Every e-mail address and every name of a person in any table of ours."""
    found = {user.get_full_name() for user in User.objects.all()}
    found |= set(User.objects.values_list("last_name", flat=True))
    found |= set(HostContact.objects.values_list("name", flat=True))
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, models.EmailField) or column.name in NAMES:
                found |= set(model._default_manager.values_list(column.name, flat=True))
    # Who acted by a link is named by its host's name.
    hosts = set(Host.objects.values_list("name", flat=True))
    return {text.casefold() for text in found - hosts if text and len(text) >= SHORTEST}


def answers(client: Client) -> Iterator[tuple[str, str]]:
    """(address, text) of everything that programmes may read, to the last page."""
    starts = [resource.address for resource in RESOURCES if resource.listed]
    starts += [
        f"{one.address}?q=aftercare" for one in RESOURCES if one.view in ("host_list", "practice_list")
    ]
    starts += [
        reverse(name)
        for name in (
            "api:page", "api:openapi", "hosts:host_geojson", "goodpractices:practice_json",
            "goodpractices:practice_atom",
        )
    ]  # fmt: skip
    details = {"hosts/": "api:host_detail", "practices/": "api:practice_detail"}
    for start in starts:
        address = start
        while address:
            response = client.get(address)
            assert response.status_code == 200, address
            content = b"".join(response.streaming_content) if response.streaming else response.content
            yield address, content.decode()
            page = (
                response.json()
                if response["Content-Type"] == "application/json" and not response.streaming
                else {}
            )
            for item in page.get("items", ()) if isinstance(page, dict) else ():
                for part, name in details.items():
                    if start.endswith(part):
                        one = reverse(name, args=[item["id"]])
                        yield one, client.get(one).content.decode()
            address = (page.get("next") or "").removeprefix("http://testserver")


@pytest.mark.django_db
def test_no_person_stands_in_any_answer(client: Client) -> None:
    cache.clear()
    tenants = build("en"), build("fr")
    host = HostFactory(
        spokesperson_name="Wilhelmina Vandenbroucke", spokesperson_email="wilhelmina@team.example"
    )
    host.periods.create(
        kind="closed", start="2027-01-01", end="2027-01-05", note="Wilhelmina Vandenbroucke is away"
    )
    host.contacts.create(role="other", name="Balthasar Oyelaran", email="balthasar@team.example")
    authored_practice(tenants[0].people["trainee"], host=host, author_name="Theodora Papadimitriou")
    index_hosts()
    index_practices()
    known = persons()
    assert {
        "wilhelmina@team.example",
        "wilhelmina vandenbroucke",
        "theodora papadimitriou",
        "balthasar oyelaran",
    } <= known
    assert len(known) > 40
    read = list(answers(client))
    assert (
        sum(address.startswith("/api/v1/hosts/") for address, _text in read)
        > Host.objects.published().count()
    )
    assert any("Practice" in text for _address, text in read)
    for address, text in read:
        folded = text.casefold()
        assert [one for one in known if one in folded] == [], address
