"""What becomes of an export once it is made: a letter, the person's home, its page; the week after which it goes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from ecett.core import clock
from ecett.core.exports import services
from ecett.core.exports.selectors import export_todos
from ecett.core.models import ExportJob, Notification
from ecett.core.models.exportjob import ExportState
from tests.core.export_toy import lines, made, queued, registered, some_rows, stored, toy
from tests.factories import UserFactory, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_exports")]


def test_files_go_after_a_week_and_rows_after_a_month(asker: Any) -> None:
    kind = registered(toy())
    old, new = made(queued(asker, kind)), made(queued(asker, kind, "xlsx"))
    left = default_storage.save("exports/left.csv", ContentFile(b"x"))
    week = clock.now() - services.KEPT - dt.timedelta(minutes=1)
    ExportJob.objects.filter(pk=old.pk).update(finished_at=week)
    assert services.remove_old() == 1
    old.refresh_from_db()
    assert (old.state, old.file.name) == (ExportState.REMOVED, "")
    assert sorted(stored()) == sorted([Path(str(new.file)).name, Path(left).name])
    assert services.remove_old() == 0
    ExportJob.objects.update(asked_at=clock.now() - services.REMEMBERED - dt.timedelta(minutes=1))
    services.remove_old()
    assert list(ExportJob.objects.all()) == [new]


def test_file_that_belongs_to_nothing_is_removed_a_day_later(monkeypatch: pytest.MonkeyPatch) -> None:
    default_storage.save("exports/left.csv", ContentFile(b"x"))
    services.remove_old()
    assert stored() == ["left.csv"]
    later = clock.now() + dt.timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    services.remove_old()
    assert stored() == []


def test_letter_only_to_who_waited_long_and_left(asker: Any) -> None:
    kind = registered(toy())
    made(queued(asker, kind))
    assert not Notification.objects.exists()
    watched = queued(asker, kind)
    services.note_watched(watched)
    ExportJob.objects.filter(pk=watched.pk).update(asked_at=clock.now() - dt.timedelta(minutes=2))
    made(watched)
    assert not Notification.objects.exists()
    job = queued(asker, kind)
    ExportJob.objects.filter(pk=job.pk).update(asked_at=clock.now() - dt.timedelta(minutes=2))
    made(job)
    letter = Notification.objects.get()
    assert (letter.recipient, letter.kind) == (asker, "core.export_ready")
    assert reverse("exports:export_detail", args=[job.public_id]) in letter.text


def test_home_names_it_until_it_is_taken(asker: Any, client: Client) -> None:
    some_rows(2)
    job = made(queued(asker))
    assert [(todo.title, todo.text) for todo in export_todos(asker)] == [
        ("Toys: your export", "Ready: 2 rows")
    ]
    assert list(export_todos(UserFactory())) == []
    client.force_login(asker)
    answer: Any = client.get(reverse("exports:export_file", args=[job.public_id]))
    assert answer["Content-Disposition"] == 'attachment; filename="toys.csv"'
    assert b"".join(answer.streaming_content).decode("utf-8-sig").split() == ["name", "g000000", "g000001"]
    assert list(export_todos(asker)) == []


def test_nobody_else_finds_it(asker: Any, client: Client) -> None:
    job = made(queued(asker))
    client.force_login(person("admin"))
    for name in ("detail", "progress", "file"):
        assert client.get(reverse(f"exports:export_{name}", args=[job.public_id])).status_code == 404
    for name in ("remove", "again"):
        assert client.post(reverse(f"exports:export_{name}", args=[job.public_id])).status_code == 404
    job.refresh_from_db()
    assert job.state == ExportState.READY


def test_file_that_is_gone_is_told_and_made_again(asker: Any, client: Client) -> None:
    some_rows(1)
    job = made(queued(asker))
    default_storage.delete(str(job.file))
    client.force_login(asker)
    page = client.get(reverse("exports:export_file", args=[job.public_id]), follow=True)
    assert "The file of this export is gone." in page.content.decode()
    page = client.post(reverse("exports:export_again", args=[job.public_id]), follow=True)
    assert "Waiting for a worker" in page.content.decode()
    assert lines(made(job)) == ["name", "g000000"]


def test_page_follows_the_job(asker: Any, client: Client) -> None:
    client.force_login(asker)
    job = queued(asker)
    address = reverse("exports:export_detail", args=[job.public_id])
    progress = reverse("exports:export_progress", args=[job.public_id])
    page = client.get(address).content.decode()
    assert 'http-equiv="refresh"' in page
    assert f'hx-get="{progress}"' in page
    ExportJob.objects.update(state=ExportState.RUNNING, done=1000, total=4000)
    part = client.get(progress).content.decode()
    assert 'value="1000"' in part
    assert "1,000 of 4,000 rows" in part
    ExportJob.objects.update(state=ExportState.QUEUED)
    made(job)
    assert client.get(progress)["HX-Refresh"] == "true"
    page = client.get(address).content.decode()
    assert reverse("exports:export_file", args=[job.public_id]) in page
    assert "http-equiv" not in page
    page = client.post(reverse("exports:export_remove", args=[job.public_id]), follow=True).content.decode()
    assert "The file was deleted." in page
    assert stored() == []
