"""What the sheet of practices holds comes back as it was, in both formats, whatever people have written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecett.core.imports.engine import import_file
from ecett.core.imports.report import Report
from goodpractices.exports import PRACTICE_COLUMNS
from goodpractices.imports.importer import PracticeImporter
from goodpractices.models import GoodPractice
from hosts.models import Concept
from hosts.services import load_thesaurus
from tests.factories import PracticeFactory, person
from tests.hosts.test_round_trip import AWKWARD, FORMS

pytestmark = pytest.mark.django_db
TEXTS = ("description", "objectives", "resources", "steps", "results", "transfer", "competences_text")


def sheet(folder: Path, form: str, user: Any) -> Path:
    client = Client()
    client.force_login(user)
    response = client.get(reverse("goodpractices:practice_export"), {"format": form})
    path = folder / f"practices.{form}"
    path.write_bytes(b"".join(response.streaming_content))  # type: ignore[arg-type]
    return path


def told(report: Report) -> tuple[dict[str, int], int]:
    return {name: number for name, number in report.counts.items() if number}, report.unchanged_count


@pytest.mark.parametrize("form", FORMS)
def test_awkward_values_come_back_unchanged(tmp_path: Path, form: str) -> None:
    load_thesaurus()
    for text in AWKWARD:
        # Fields of one line hold no breaks.
        line = text.replace("\r\n", " ").replace("\n", " ")
        PracticeFactory(
            title=line,
            city=line,
            host_name=line,
            author_name=line,
            source_note=text,
            keywords=["plain", "=1+1", "a;b", 'say "no"', "\\", "a\\;b"],
            **dict.fromkeys(TEXTS, text),
        )
    PracticeFactory(title="Long", **dict.fromkeys(TEXTS, "ab ć\n" * 1900))
    PracticeFactory(title="Bare", country="", city="", sectors=[], language="fr")
    report = import_file(PracticeImporter(), sheet(tmp_path, form, person("helpdesk")))
    number = len(AWKWARD) + 2
    assert told(report) == ({"skipped": number}, number), report.notes


@pytest.mark.parametrize("form", FORMS)
def test_portal_without_the_cards_has_them_again_column_by_column(tmp_path: Path, form: str) -> None:
    load_thesaurus()
    made = PracticeFactory(
        title="-1 step", kind="expert", target_groups=["unaccompanied-minors"], keywords=["a;b", "c"],
        author_name="@Ada",
        sectors=["addiction", "youth"], published_at=dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
        **dict.fromkeys(TEXTS, "'=x\ny"),
    )  # fmt: skip
    made.concepts.set(Concept.objects.filter(code="aftercare"))
    made.competences.set(Concept.objects.filter(code__in=["harm-reduction", "aftercare"]))
    before = [column.of(GoodPractice.objects.get()) for column in PRACTICE_COLUMNS]
    path = sheet(tmp_path, form, person("helpdesk"))
    made.delete()
    assert told(import_file(PracticeImporter(), path)) == ({"created": 1}, 0)
    assert [column.of(GoodPractice.objects.get()) for column in PRACTICE_COLUMNS] == before
