"""Refused rows are given back as a sheet: as they were, with the reason, to be put right and sent again."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from ecett.core.imports import registry, services
from ecett.core.models import ImportJob
from tests.core.imports_toy import ToyImporter
from tests.factories import person

pytestmark = pytest.mark.django_db
LONG = "=" + "x" * 120


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DEMO_MODE = True
    monkeypatch.setattr(registry, "_importers", {"hosts": ToyImporter})
    monkeypatch.setattr("ecett.core.dispatch.send_task", lambda *args: True)


def done(content: bytes, filename: str = "toy.csv") -> ImportJob:
    job = services.queue_import(kind="hosts", file=ContentFile(content), filename=filename, dry_run=False)
    services.run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error
    return job


def refused(job: ImportJob, status: int = 200) -> list[tuple[Any, ...]]:
    client = Client()
    client.force_login(person("helpdesk"))
    response = client.get(reverse("imports:import_refused", args=[job.public_id]))
    assert response.status_code == status
    if status != 200:
        return []
    content = b"".join(response.streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_refused_rows_come_back_as_they_were_with_the_reason() -> None:
    job = done(
        f"Name,Day,Beds,Remark\nNamur,,2,\n{LONG},31.12.2025,'7,-3.5 and\tmore\nGent,,many,=1+1\n".encode()
    )
    heads, *rows = refused(job)
    assert heads == ("Line", "Why it was refused", "Name", "Day", "Beds", "Remark")
    assert [row[0] for row in rows] == [3, 4]
    assert rows[1][2:] == ("Gent", "", "many", "=1+1")
    assert "beds" in rows[1][1]
    assert rows[0][2] == LONG


def test_what_was_put_right_in_the_sheet_is_taken_when_it_is_sent(tmp_path: Any) -> None:
    heads, *rows = refused(done(b"Name,Day,Beds\nNamur,,2\nGent,,many\nLiege,,few\n"))
    book = openpyxl.Workbook()
    book.active.append(heads)
    book.active.append([*rows[0][:4], 3])
    book.active.append(rows[1])
    book.save(tmp_path / "again.xlsx")
    job = done((tmp_path / "again.xlsx").read_bytes(), "again.xlsx")
    assert (job.created, job.refused) == (1, 1)
    assert set(Group.objects.values_list("name", flat=True)) >= {"Namur", "Gent"}
    # The second sheet says each thing once.
    heads, *rows = refused(job)
    assert heads == ("Line", "Why it was refused", "Name", "Day", "Beds")
    assert [row[2] for row in rows] == ["Liege"]


def test_numbers_of_a_workbook_stay_numbers_and_ragged_rows_keep_their_reason(tmp_path: Any) -> None:
    with xlsxwriter.Workbook(tmp_path / "toy.xlsx") as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Name", "Day", "Beds"])
        page.write_row(1, 0, ["Gent", "", 2.5])
        page.write_row(2, 0, ["Namur", "", 1, "more"])
    _heads, *rows = refused(done((tmp_path / "toy.xlsx").read_bytes(), "toy.xlsx"))
    assert rows[0][2:] == ("Gent", "", 2.5)
    assert "4 cells" in rows[1][1]
    assert not rows[1][2]


def test_nothing_refused_is_no_sheet_and_the_page_offers_none() -> None:
    job = done(b"Name,Day,Beds\nNamur,,2\n")
    refused(job, 404)
    client = Client()
    client.force_login(person("helpdesk"))
    address = reverse("imports:import_refused", args=[job.public_id])
    assert address not in client.get(reverse("imports:import_detail", args=[job.public_id])).content.decode()
    other = done(b"Name,Day,Beds\nGent,,many\n")
    address = reverse("imports:import_refused", args=[other.public_id])
    assert address in client.get(reverse("imports:import_detail", args=[other.public_id])).content.decode()
    assert Client().get(address).status_code == 302
