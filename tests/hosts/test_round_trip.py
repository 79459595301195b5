"""What the sheet of hosts holds comes back as it was, in both formats, whatever people have written."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as DatabaseTestCase

from ecett.core.imports.engine import import_file
from ecett.core.imports.report import Report
from ecett.core.search import clean
from hosts.exports import HOST_COLUMNS
from hosts.imports.importer import HostImporter
from hosts.models import Concept, Host
from hosts.services import load_thesaurus
from tests.factories import HostFactory, person

pytestmark = pytest.mark.django_db
FORMS = ("csv", "xlsx")
AWKWARD = (
    "=1+1", "+32 81 00", "-1 step", "@team", "'already", "''=twice", "\tTab", "  spaces  ", "two  spaces",
    "One\nTwo\r\nThree", 'He said "no"; then, left', "🏠👩‍👩‍👧 emoji", "שלום עולם", "‏مرحبا", "ALL CAPITALS HOUSE",
    "n/a", "NULL", "0012", "1e400", "TRUE", "2026-01-02", "<b>bold</b>", "_x0041_", "\\N", "%00", "é vs é",
    "see #REF!",
)  # fmt: skip
TEXTS = ("summary", "expertise", "learning", "programme")


def sheet(folder: Path, form: str, user: Any) -> Path:
    client = Client()
    client.force_login(user)
    response = client.get(reverse("hosts:host_export"), {"format": form})
    path = folder / f"hosts.{form}"
    path.write_bytes(b"".join(response.streaming_content))  # type: ignore[arg-type]
    return path


def bring_back(path: Path, **options: Any) -> Report:
    return import_file(HostImporter(), path, **options)


def told(report: Report) -> tuple[dict[str, int], int]:
    return {name: number for name, number in report.counts.items() if number}, report.unchanged_count


@pytest.mark.parametrize("form", FORMS)
def test_awkward_values_come_back_unchanged(tmp_path: Path, form: str) -> None:
    load_thesaurus()
    for at, text in enumerate(AWKWARD):
        # Fields of one line hold no breaks.
        line = text.replace("\r\n", " ").replace("\n", " ")
        HostFactory(
            name=line,
            city=line,
            address=line,
            postcode=line[:20],
            source_note=text,
            website="https://example.org/a,b;c?d=e" if at % 2 else "",
            latitude=57.707200000000004,
            longitude=-179.99999999999997,
            capacity=at if at % 3 else None,
            step_free=(True, False, None)[at % 3],
            meals=("free", "price", "no", "")[at % 4],
            day_price=f"{at}.05",
            last_confirmed_on=dt.date(2024, 2, 29),
            languages=[("sv", "C2"), ("ar", "A1")],
            **dict.fromkeys(TEXTS, text),
        )
    HostFactory(name="Long", **dict.fromkeys(TEXTS, "ab ć\n" * 2000))
    HostFactory(
        name="Bare", city="X", country="FR", latitude=None, longitude=None, sectors=[], languages=[("fr", "B1")],
        summary="", expertise="", capacity=None, status="inactive",
    )  # fmt: skip
    report = bring_back(sheet(tmp_path, form, person("helpdesk")))
    number = len(AWKWARD) + 2
    assert told(report) == ({"skipped": number}, number), report.notes


class Anything(DatabaseTestCase):
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors])
    @given(texts=st.lists(st.text(max_size=60), min_size=1, max_size=4), form=st.sampled_from(FORMS))
    def test_any_text_comes_back_unchanged(self, texts: list[str], form: str) -> None:
        texts = [text for text in map(clean, texts) if text and "\x00" not in text] or ["x"]
        for text in texts:
            line = clean(text.replace("\n", " ")) or "x"
            HostFactory(name=line, city=line, **dict.fromkeys(TEXTS, text))
        with tempfile.TemporaryDirectory() as folder:
            report = bring_back(sheet(Path(folder), form, person("helpdesk")))
        assert told(report) == ({"skipped": len(texts)}, len(texts)), report.notes


@pytest.mark.parametrize("form", FORMS)
def test_portal_without_the_cards_has_them_again_column_by_column(tmp_path: Path, form: str) -> None:
    load_thesaurus()
    host = HostFactory(
        name="=Huis", target_groups=["unaccompanied-minors"], day_price="45.50", step_free=False, website="https://a.example",
        charter_accepted_on=dt.date(2025, 1, 2), last_confirmed_on=dt.date(2026, 1, 2), source_note="A list",
        languages=[("sv", "C2"), ("en", "B2")], meals="free", transport="price", accommodation="no",
    )  # fmt: skip
    host.concepts.set(Concept.objects.filter(code__in=["aftercare", "harm-reduction"]))
    host.periods.create(kind="open", start=dt.date(2027, 1, 1), end=dt.date(2027, 2, 1), note="Ask first")
    host.periods.create(kind="closed", start=dt.date(2027, 1, 5), end=dt.date(2027, 1, 5))
    host = Host.objects.get()
    before = [column.of(host) for column in HOST_COLUMNS]
    path = sheet(tmp_path, form, person("helpdesk"))
    host.delete()
    assert told(bring_back(path)) == ({"created": 1}, 0)
    again = Host.objects.get()
    assert [column.of(again) for column in HOST_COLUMNS] == before
    assert (again.public_id, again.moderation) == (host.public_id, "published")


def test_periods_of_a_sheet_are_read_and_keep_their_notes(tmp_path: Path) -> None:
    load_thesaurus()
    host = HostFactory()
    host.periods.create(kind="open", start=dt.date(2027, 1, 1), end=dt.date(2027, 2, 1), note="Ask first")
    path = sheet(tmp_path, "csv", person("helpdesk"))
    text = path.read_text("utf-8-sig")
    kept = "open:2027-01-01/2027-02-01"
    assert kept in text
    path.write_text(text.replace(kept, f"{kept};closed:2027-03-01/2027-03-02"), "utf-8")
    assert told(bring_back(path, dry_run=True)) == ({"updated": 1}, 0)
    assert host.periods.count() == 1
    assert told(bring_back(path)) == ({"updated": 1}, 0)
    assert [(row.kind, row.note) for row in host.periods.all()] == [("open", "Ask first"), ("closed", "")]
    assert told(bring_back(path)) == ({"skipped": 1}, 1)
    for wrong in (
        "open:2027-02-30/2027-03-01",
        "open:2027-03-02/2027-03-01",
        "away:2027-03-02/2027-03-03",
        "open",
    ):
        path.write_text(text.replace(kept, wrong), "utf-8")
        report = bring_back(path)
        assert told(report) == ({"refused": 1}, 0), wrong
        assert [note.field for note in report.notes] == ["periods"]
    assert host.periods.count() == 2


def test_sheet_of_before_without_periods_leaves_them_alone(tmp_path: Path) -> None:
    load_thesaurus()
    host = HostFactory()
    host.periods.create(kind="open", start=dt.date(2027, 1, 1), end=dt.date(2027, 2, 1))
    path = sheet(tmp_path, "csv", person("helpdesk"))
    lines = path.read_text("utf-8-sig").splitlines()
    rows = list(csv.reader(lines))
    at = rows[0].index("periods")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*row[:at], *row[at + 1 :]] for row in rows)
    assert told(bring_back(path)) == ({"skipped": 1}, 1)
    assert host.periods.count() == 1
