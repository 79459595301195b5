"""Rows of a sheet that look like cards which are there under another key."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from ecett.core import jobs
from ecett.core.imports.engine import import_file
from ecett.core.imports.services import apply_dry_run, queue_import, run_job
from ecett.core.models import ImportJob
from hosts.exports import HOST_COLUMNS
from hosts.imports import twins
from hosts.imports.importer import HostImporter
from hosts.models import DuplicatePair, DuplicateSearch, Host, HostMerge
from hosts.models.duplicate import PairState
from tests.factories import HostFactory

pytestmark = pytest.mark.django_db
HEADINGS = [str(column.heading) for column in HOST_COLUMNS]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """The heart of a job beats on a connection of its own, which does not see what a test has not committed."""
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 3600)


@pytest.fixture
def there() -> Host:
    return HostFactory(
        name="Therapeutic Community Kethea Ithaki", city="Thessaloniki", country="GR", website="", capacity=2
    )


def sheet(path: Path, *names: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS)
        writer.writeheader()
        writer.writerows(
            {"name": name, "city": "Σαλονίκη" if "έ" in name else "Thessaloniki", "country": "GR",
             "website": "https://ithaki.example.org", "capacity": "5", "language": "en"}
            for name in names
        )  # fmt: skip
    return path


def tried(path: Path, user: Any) -> ImportJob:
    job = queue_import(
        kind="hosts", file=ContentFile(path.read_bytes(), "h.csv"), filename="h.csv", dry_run=True,
        requested_by=user,
    )  # fmt: skip
    assert run_job(job.pk)
    job.refresh_from_db()
    return job


def done(job: ImportJob) -> ImportJob:
    assert run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error
    return job


TWIN = "Therapeutic Community KETHEA-Ithaki"


def test_dry_run_shows_the_pair_and_writes_nothing(
    client: Client, desk: Any, there: Host, tmp_path: Path
) -> None:
    job = tried(sheet(tmp_path / "h.csv", TWIN, "Day Centre Nausicaa"), desk)
    (question,) = job.questions.all()
    assert (question.line, question.key, question.answer) == (2, there.public_id, "")
    assert (Host.objects.count(), DuplicatePair.objects.count()) == (1, 0)
    client.force_login(desk)
    text = client.get(reverse("imports:import_detail", args=[job.public_id])).content.decode()
    assert there.name in text
    assert f'name="question-{question.pk}" value="same"' in text


def test_without_an_answer_the_card_is_made_and_the_pair_waits_for_the_desk(
    desk: Any, there: Host, tmp_path: Path
) -> None:
    job = tried(sheet(tmp_path / "h.csv", TWIN, "Day Centre Nausicaa"), desk)
    real = done(apply_dry_run(job=job, requested_by=desk))
    assert (real.created, real.merged, real.read) == (2, 0, 2)
    pair = DuplicatePair.objects.get()
    assert pair.state == PairState.OPEN
    assert there.pk in (pair.first_id, pair.second_id)
    assert not real.questions.exists()


def test_same_joins_the_row_and_fills_in_what_was_missing(
    client: Client, desk: Any, there: Host, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "h.csv", TWIN)
    job = tried(path, desk)
    client.force_login(desk)
    answer = {f"question-{job.questions.get().pk}": "same"}
    for _time in range(2):
        client.post(reverse("imports:import_apply", args=[job.public_id]), answer)
    real = done(ImportJob.objects.get(follows=job))
    assert (real.created, real.merged, real.read) == (0, 1, 1)
    there.refresh_from_db()
    assert (there.website, there.capacity) == ("https://ithaki.example.org", 2)
    merge = HostMerge.objects.get()
    assert (merge.survivor, merge.merged_by) == (there, desk)
    # The next edition of the file knows the row by its key.
    assert import_file(HostImporter(), path).counts["skipped"] == 1
    page = client.get(reverse("hosts:host_detail", args=[merge.loser.public_id]))
    assert f"/{there.public_id}/" in page["Location"]


def test_another_makes_the_card_and_nobody_is_asked_again(desk: Any, there: Host, tmp_path: Path) -> None:
    job = tried(sheet(tmp_path / "h.csv", TWIN), desk)
    done(apply_dry_run(job=job, requested_by=desk, answers={job.questions.get().pk: "another"}))
    assert DuplicatePair.objects.get().state == PairState.DIFFERENT
    assert Host.objects.filter(moderation="published").count() == 2


@pytest.mark.parametrize("value", ["maybe", "\x00", "same" * 300_000])
def test_answer_that_is_none_imports_nothing(
    client: Client, desk: Any, there: Host, tmp_path: Path, value: str
) -> None:
    job = tried(sheet(tmp_path / "h.csv", TWIN), desk)
    client.force_login(desk)
    number = job.questions.get().pk
    response = client.post(
        reverse("imports:import_apply", args=[job.public_id]), {f"question-{number}": value}
    )
    assert response.status_code in (302, 400, 413)
    assert not ImportJob.objects.filter(follows=job).exists()


def test_answers_to_questions_of_another_file_count_for_nothing(
    desk: Any, there: Host, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "h.csv", TWIN)
    mine, other = tried(path, desk), tried(path, desk)
    done(apply_dry_run(job=mine, requested_by=desk, answers={other.questions.get().pk: "same"}))
    assert not HostMerge.objects.exists()
    assert other.questions.get().answer == ""


def test_more_new_cards_than_anybody_answers_for_are_left_to_the_finder(
    client: Client, desk: Any, there: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twins, "MOST_ASKED", 1)
    job = tried(sheet(tmp_path / "h.csv", TWIN, "Day Centre Nausicaa"), desk)
    assert (job.unasked, job.questions.count(), DuplicateSearch.objects.count()) == (2, 0, 0)
    client.force_login(desk)
    text = client.get(reverse("imports:import_detail", args=[job.public_id])).content.decode()
    assert "2 new rows are too many to ask about one by one." in text
    done(apply_dry_run(job=job, requested_by=desk))
    assert DuplicateSearch.objects.get().requested_by == desk
