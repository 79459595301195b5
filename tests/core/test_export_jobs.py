"""Exports as jobs: one file of one moment for one person, whatever happens to the worker."""

from __future__ import annotations

import datetime as dt
import threading
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from ecett.core import clock
from ecett.core.exports import kinds, orders, services
from ecett.core.exports.kinds import ExportKind
from ecett.core.exports.selectors import export_todos
from ecett.core.exports.services import NotPossible
from ecett.core.heartbeat import Heartbeat
from ecett.core.models import ExportJob, Notification
from ecett.core.models.exportjob import ExportState
from hosts.exports import HOSTS
from tests.core.export_toy import order_of, some_rows, toy
from tests.factories import HostFactory, UserFactory, person
from tests.patience import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quiet(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    """No task leaves by itself, and files go to a folder of the test; the real worker has its own."""
    if "celery_worker" not in request.fixturenames:
        settings.MEDIA_ROOT = tmp_path / "media"
        monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
        monkeypatch.setattr("ecett.core.dispatch.send_task", lambda *args: True)


@pytest.fixture
def user() -> Any:
    return UserFactory(language="en")


def registered(kind: ExportKind) -> ExportKind:
    kinds.register(kind)
    return kind


def queued(
    user: Any, kind: ExportKind | None = None, form: str = "csv", *headings: str, **how: Any
) -> ExportJob:
    kind = kind or registered(toy())
    return services.queue_export(order=order_of(kind, form, *headings), user=user, **how)


def made(job: ExportJob) -> ExportJob:
    assert services.run_job(job.pk)
    job.refresh_from_db()
    return job


def lines(job: ExportJob) -> list[str]:
    return content(job).decode("utf-8-sig").split()


def content(job: ExportJob) -> bytes:
    with job.file.open("rb") as file:
        return file.read()


def stored() -> list[str]:
    return default_storage.listdir("exports")[1] if default_storage.exists("exports") else []


def elsewhere(work: Callable[[], Any]) -> None:
    """Somebody else does something meanwhile, on a connection of her own."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


@pytest.mark.parametrize("form", kinds.FORMS)
def test_job_becomes_a_file(user: Any, form: str) -> None:
    some_rows(3)
    job = made(queued(user, None, form, "name", "number"))
    assert (job.state, job.done, job.total, job.error, job.lease) == (ExportState.READY, 3, 3, "", "")
    assert job.size == job.file.size
    if form == "csv":
        assert [line.partition(",")[2] for line in lines(job)] == ["name", "g000000", "g000001", "g000002"]
    else:
        page = openpyxl.load_workbook(BytesIO(content(job)))["toys"]
        assert [row[1].value for row in page.iter_rows()] == ["name", "g000000", "g000001", "g000002"]


def test_second_start_of_the_task_does_nothing(user: Any) -> None:
    job = made(queued(user))
    assert not services.run_job(job.pk)
    job.refresh_from_db()
    assert job.attempts == 1
    assert len(stored()) == 1


def test_same_order_is_made_once_however_often_it_is_asked(user: Any) -> None:
    kind = registered(toy())
    first = queued(user, kind, "csv", "name", "number")
    assert queued(user, kind, "csv", "number", "name") == first
    assert queued(user, kind, "xlsx", "name", "number") != first
    assert queued(UserFactory(), kind, "csv", "name", "number") != first
    made(first)
    assert queued(user, kind, "csv", "name", "number") != first


def test_two_presses_at_once_are_one_job(user: Any) -> None:
    kind = registered(toy())
    gate, jobs = threading.Barrier(2), []

    def press() -> None:
        try:
            gate.wait()
            jobs.append(queued(user, kind).pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(jobs) == 2
    assert len(set(jobs)) == 1


def test_page_sent_again_after_the_job_ended_finds_it(user: Any) -> None:
    kind = registered(toy())
    job = made(queued(user, kind, once="bcdfghjkmnpq"))
    assert queued(user, kind, once="bcdfghjkmnpq") == job
    assert queued(user, kind, once="bcdfghjkmnpr") != job


def test_three_at_a_time(user: Any) -> None:
    kind = registered(toy())
    for heading in ("name", "number"):
        queued(user, kind, "csv", heading)
    queued(user, kind, "xlsx")
    with pytest.raises(NotPossible, match="3 of your exports are being made"):
        queued(user, kind, "xlsx", "number")
    queued(UserFactory(), kind, "xlsx", "number")


def test_broker_away_leaves_a_queued_job_that_the_sweep_sends(
    user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    job = queued(user)

    def keep(task: str, *args: Any) -> bool:
        sent.append((task, *args))
        return True

    monkeypatch.setattr(services, "send_task", keep)
    assert services.sweep() == 0
    ExportJob.objects.update(changed_at=clock.now() - dt.timedelta(minutes=1))
    assert services.sweep() == 1
    assert sent == [("ecett.core.tasks.run_export", job.pk)]


def test_worker_that_died_is_followed_by_another_until_it_is_hopeless(
    user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "send_task", lambda *args: True)
    job = queued(user)
    past = clock.now() - dt.timedelta(seconds=1)
    ExportJob.objects.update(state=ExportState.RUNNING, lease="dead", leased_until=past, attempts=1)
    assert services.sweep() == 1
    assert (made(job).state, job.attempts) == (ExportState.READY, 2)
    ExportJob.objects.update(state=ExportState.RUNNING, lease="dead", leased_until=past, attempts=3)
    assert services.sweep() == 0
    job.refresh_from_db()
    assert job.state == ExportState.FAILED
    assert "three times" in job.error
    assert services.make_again(job=job) == job
    assert made(job).state == ExportState.READY


def test_run_that_lost_its_lease_stores_nothing(user: Any) -> None:
    def taken_over() -> None:
        elsewhere(lambda: ExportJob.objects.update(lease="another"))

    kind = registered(toy(taken_over))
    job = queued(user, kind)
    some_rows(1)
    assert services.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.lease, job.file.name) == (ExportState.RUNNING, "another", "")
    assert stored() == []


def test_cancelled_while_it_is_made(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(orders, "PIECE", 1)
    heard = threading.Event()

    class Heard(Heartbeat):
        def _run(self) -> None:
            super()._run()
            heard.set()

    monkeypatch.setattr(services, "Heartbeat", Heard)

    def cancel() -> None:
        elsewhere(lambda: services.remove(job=ExportJob.objects.get()))
        # The next piece is not begun once the sign of life has found out.
        wait_for(heard.is_set, "the end of the heartbeat")

    some_rows(3)
    job = queued(user, registered(toy(cancel)))
    assert services.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.file.name) == (ExportState.CANCELLED, "")
    assert stored() == []


def test_sheet_tells_of_one_moment(user: Any) -> None:
    def work() -> None:
        Group.objects.exclude(name="g000000").delete()
        Group.objects.update(name="changed")

    some_rows(3)
    job = made(queued(user, registered(toy(lambda: elsewhere(work)))))
    assert lines(job) == ["name", "g000000", "g000001", "g000002"]
    assert list(Group.objects.values_list("name", flat=True)) == ["changed"]


def test_rights_are_those_of_the_moment_it_is_read() -> None:
    desk, noted = person("helpdesk"), []
    some_rows(2)
    kind = registered(toy(note=lambda **facts: noted.append(facts)))
    job = made(queued(desk, kind, "csv", "name", "secret"))
    assert (job.state, lines(job)[1]) == (ExportState.READY, "g000000,000000g")
    assert noted == [{"user": desk, "address": "", "cards": 2}]
    desk.memberships.all().delete()
    job = made(queued(desk, kind, "csv", "name", "secret"))
    assert (job.state, "no longer" in job.error) == (ExportState.FAILED, True)
    plain = made(queued(desk, kind, "csv", "name"))
    assert plain.state == ExportState.READY
    desk.is_active = False
    desk.save()
    assert made(queued(desk, kind, "xlsx", "name")).state == ExportState.FAILED
    assert len(noted) == 1


def test_fault_is_told_and_it_can_be_tried_again(user: Any) -> None:
    broken = [True]

    def meanwhile() -> None:
        if broken:
            raise RuntimeError("the toy is broken")

    some_rows(1)
    job = made(queued(user, registered(toy(meanwhile))))
    assert (job.state, job.error) == (ExportState.FAILED, "A fault of the portal stopped this export.")
    assert [todo.text for todo in export_todos(user)] == ["Could not be made: try again?"]
    broken.clear()
    assert made(services.make_again(job=job)).state == ExportState.READY


def test_more_rows_than_a_workbook_holds(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "MAX_XLSX_ROWS", 2)
    some_rows(3)
    kind = registered(toy())
    job = made(queued(user, kind, "xlsx"))
    assert job.state == ExportState.FAILED
    assert job.error == "A workbook holds at most 2 rows. Choose CSV, or narrow the filters."
    assert made(queued(user, kind, "csv")).total == 3


def test_files_go_after_a_week_and_rows_after_a_month(user: Any) -> None:
    kind = registered(toy())
    old, new = made(queued(user, kind)), made(queued(user, kind, "xlsx"))
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


def test_letter_only_to_who_waited_long_and_left(user: Any) -> None:
    kind = registered(toy())
    made(queued(user, kind))
    assert not Notification.objects.exists()
    watched = queued(user, kind)
    services.note_watched(watched)
    ExportJob.objects.filter(pk=watched.pk).update(asked_at=clock.now() - dt.timedelta(minutes=2))
    made(watched)
    assert not Notification.objects.exists()
    job = queued(user, kind)
    ExportJob.objects.filter(pk=job.pk).update(asked_at=clock.now() - dt.timedelta(minutes=2))
    made(job)
    letter = Notification.objects.get()
    assert (letter.recipient, letter.kind) == (user, "core.export_ready")
    assert reverse("exports:export_detail", args=[job.public_id]) in letter.text


def test_home_names_it_until_it_is_taken(user: Any, client: Client) -> None:
    some_rows(2)
    job = made(queued(user))
    assert [(todo.title, todo.text) for todo in export_todos(user)] == [
        ("Toys: your export", "Ready: 2 rows")
    ]
    assert list(export_todos(UserFactory())) == []
    client.force_login(user)
    answer: Any = client.get(reverse("exports:export_file", args=[job.public_id]))
    assert answer["Content-Disposition"] == 'attachment; filename="toys.csv"'
    assert b"".join(answer.streaming_content).decode("utf-8-sig").split() == ["name", "g000000", "g000001"]
    assert list(export_todos(user)) == []


def test_nobody_else_finds_it(user: Any, client: Client) -> None:
    job = made(queued(user))
    client.force_login(person("admin"))
    for name in ("detail", "progress", "file"):
        assert client.get(reverse(f"exports:export_{name}", args=[job.public_id])).status_code == 404
    for name in ("remove", "again"):
        assert client.post(reverse(f"exports:export_{name}", args=[job.public_id])).status_code == 404
    job.refresh_from_db()
    assert job.state == ExportState.READY


def test_file_that_is_gone_is_told_and_made_again(user: Any, client: Client) -> None:
    some_rows(1)
    job = made(queued(user))
    default_storage.delete(str(job.file))
    client.force_login(user)
    page = client.get(reverse("exports:export_file", args=[job.public_id]), follow=True)
    assert "The file of this export is gone." in page.content.decode()
    page = client.post(reverse("exports:export_again", args=[job.public_id]), follow=True)
    assert "Waiting for a worker" in page.content.decode()
    assert lines(made(job)) == ["name", "g000000"]


def test_page_follows_the_job(user: Any, client: Client) -> None:
    client.force_login(user)
    job = queued(user)
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


@pytest.mark.worker
def test_worker_makes_it(user: Any, celery_worker: Path) -> None:
    HostFactory(name="Vågbrytaren")
    job = services.queue_export(order=order_of(HOSTS, "csv", "name", "city"), user=user)

    def ended() -> bool:
        job.refresh_from_db()
        return not job.pending

    wait_for(ended, lambda: f"the export: {job.state}\n{celery_worker.read_text()[-2000:]}")
    try:
        assert (job.state, job.total) == (ExportState.READY, 1)
        assert "Vågbrytaren" in content(job).decode()
    finally:
        services.remove(job=job)


def test_number_of_questions_does_not_grow(user: Any, django_assert_max_num_queries: Any) -> None:
    kind = registered(toy())
    counts = []
    for number in (1, 30):
        Group.objects.all().delete()
        some_rows(number)
        with BytesIO() as stream, django_assert_max_num_queries(10) as asked:
            assert order_of(kind).write(stream) == number
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert not connection.in_atomic_block


def test_memory_does_not_grow_with_the_rows(user: Any, tmp_path: Path) -> None:
    kind, peaks = registered(toy()), []
    for number in (2_000, 20_000):
        Group.objects.all().delete()
        some_rows(number)
        with (tmp_path / "sheet").open("wb") as stream:
            tracemalloc.start()
            try:
                assert order_of(kind).write(stream) == number
                peaks.append(tracemalloc.get_traced_memory()[1])
            finally:
                tracemalloc.stop()
    # The ids alone: eight bytes a row.
    assert peaks[1] - peaks[0] < 18_000 * 30
