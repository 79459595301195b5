"""The desk's sheet with the people of each team, and what comes back of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ecett.core.imports.engine import import_file
from hosts.imports.importer import HostImporter
from hosts.models import ContactExport, Host
from tests.factories import HostFactory, person
from tests.hosts.test_round_trip import sheet, told

pytestmark = pytest.mark.django_db
ADDRESS = reverse("hosts:contacts_export")
PEOPLE = (
    {
        "role": "director", "name": "Eva | Berg; =1", "email": "eva@example.org", "phone": "+46 31 123 45",
        "languages": ["sv", "en"],
    },
    {"role": "other", "name": "Back\\slash", "languages": []},
)  # fmt: skip


@pytest.fixture
def host() -> Host:
    host = HostFactory(
        name="Vågbrytaren", spokesperson_name="Maja", spokesperson_email="maja@example.org",
        spokesperson_phone="+46 31 555 55", spokesperson_language="sv",
    )  # fmt: skip
    for row in PEOPLE:
        host.contacts.create(**row)
    return host


def taken(client: Client, query: str = "") -> bytes:
    response: Any = client.post(ADDRESS + query)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def cells(data: bytes) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(data), read_only=True).active.values  # type: ignore[union-attr]
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_sheet_holds_the_people_and_comes_back(client: Client, desk: Any, host: Host, tmp_path: Path) -> None:
    client.force_login(desk)
    path = tmp_path / "hosts.xlsx"
    path.write_bytes(taken(client))
    (row,) = cells(path.read_bytes())
    assert (row["spokesperson_email"], "Eva" in row["contacts"]) == ("maja@example.org", True)
    assert told(import_file(HostImporter(), path)) == ({"skipped": 1}, 1)
    host.contacts.all().delete()
    Host.objects.update(spokesperson_phone="", spokesperson_name="")
    assert told(import_file(HostImporter(), path)) == ({"updated": 1}, 0)
    host.refresh_from_db()
    assert (host.spokesperson_name, host.spokesperson_phone) == ("Maja", "+46 31 555 55")
    back = {each.role: (each.name, each.email, each.phone, each.languages) for each in host.contacts.all()}
    assert back == {
        each["role"]: (each["name"], each.get("email", ""), each.get("phone", ""), each["languages"])
        for each in PEOPLE
    }


def test_sheet_without_contacts_leaves_them_alone(desk: Any, host: Host, tmp_path: Path) -> None:
    path = sheet(tmp_path, "csv", desk)
    Host.objects.update(capacity=7)
    assert told(import_file(HostImporter(), path)) == ({"updated": 1}, 0)
    host.refresh_from_db()
    assert (host.spokesperson_email, host.contacts.count()) == ("maja@example.org", 2)


def test_no_other_export_names_anybody(client: Client, host: Host) -> None:
    for address in (
        f"{reverse('hosts:host_export')}?format=csv",
        reverse("hosts:host_geojson"),
        reverse("api:host_list"),
    ):
        client.force_login(person("trainee"))
        response: Any = client.get(address)
        text = (b"".join(response.streaming_content) if response.streaming else response.content).decode()
        assert "Vågbrytaren" in text.encode().decode("unicode_escape", "ignore") or "Vågbrytaren" in text
        for word in ("maja@example.org", "eva@example.org", "123 45", "Back"):
            assert word not in text


def test_taking_it_is_written_down_with_the_filters(client: Client, desk: Any, host: Host) -> None:
    HostFactory(country="FR", city="Lille")
    client.force_login(desk)
    (row,) = cells(taken(client, "?country=FR"))
    assert row["city"] == "Lille"
    taken(client, "?country=FR")
    taken(client)
    assert [(each.taken_by, each.cards, each.times) for each in ContactExport.objects.order_by("pk")] == [
        (desk, 1, 2),
        (desk, 2, 1),
    ]
    assert "country=FR" in ContactExport.objects.order_by("pk")[0].address


def test_only_the_desk_takes_it(client: Client, desk: Any, host: Host) -> None:
    client.force_login(person("trainee"))
    assert client.post(ADDRESS).status_code == 403
    assert not ContactExport.objects.exists()


def test_thirty_cards_ask_no_more_than_one(client: Client, desk: Any, host: Host) -> None:
    client.force_login(desk)
    taken(client)
    with CaptureQueriesContext(
        connection,
    ) as one:
        taken(client, "?country=SE")
    for _at in range(29):
        HostFactory(country="SE").contacts.create(role="other", name="Eva")
    with CaptureQueriesContext(connection) as many:
        taken(client, "?country=SE&q=")
    assert abs(len(many) - len(one)) <= 6


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("spokesperson_email", "maja@"),
        ("spokesperson_phone", "call me"),
        ("spokesperson_name", "x" * 201),
        ("spokesperson_language", "xx"),
        ("contacts", "Eva Berg"),
        ("contacts", "role=boss|name=Eva"),
        ("contacts", "role=director"),
        ("contacts", "name=Eva|email=eva@"),
        ("contacts", "name=Eva|phone=call me"),
        ("contacts", "name=Eva|languages=xx"),
        ("contacts", "name=" + "x" * 201),
    ],
)
def test_people_that_cannot_be_are_refused(
    client: Client, desk: Any, host: Host, tmp_path: Path, column: str, value: str
) -> None:
    client.force_login(desk)
    book = openpyxl.load_workbook(io.BytesIO(taken(client)))
    page: Any = book.active
    (at,) = [cell.column for cell in page[1] if cell.value == column]
    page.cell(2, at).value = value
    book.save(tmp_path / "hosts.xlsx")
    report = import_file(HostImporter(), tmp_path / "hosts.xlsx")
    assert (told(report), [note.field for note in report.notes]) == (({"refused": 1}, 0), [column])
    assert host.contacts.count() == 2
