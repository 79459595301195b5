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
from django.db import connection, connections

from ecett.core import clock, jobs
from ecett.core.exports import kinds, orders, services
from ecett.core.exports.selectors import export_todos
from ecett.core.exports.services import NotPossible
from ecett.core.heartbeat import Heartbeat
from ecett.core.models import ExportJob
from ecett.core.models.exportjob import ExportState
from hosts.exports import HOSTS
from tests.core.export_toy import content, lines, made, order_of, queued, registered, some_rows, stored, toy
from tests.factories import HostFactory, UserFactory, person
from tests.patience import wait_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_exports")]


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
def test_job_becomes_a_file(asker: Any, form: str) -> None:
    some_rows(3)
    job = made(queued(asker, None, form, "name", "number"))
    assert (job.state, job.done, job.total, job.error, job.lease) == (ExportState.READY, 3, 3, "", "")
    assert job.size == job.file.size
    if form == "csv":
        assert [line.partition(",")[2] for line in lines(job)] == ["name", "g000000", "g000001", "g000002"]
    else:
        page = openpyxl.load_workbook(BytesIO(content(job)))["toys"]
        assert [row[1].value for row in page.iter_rows()] == ["name", "g000000", "g000001", "g000002"]


def test_second_start_of_the_task_does_nothing(asker: Any) -> None:
    job = made(queued(asker))
    assert not services.run_job(job.pk)
    job.refresh_from_db()
    assert job.attempts == 1
    assert len(stored()) == 1


def test_same_order_is_made_once_however_often_it_is_asked(asker: Any) -> None:
    kind = registered(toy())
    first = queued(asker, kind, "csv", "name", "number")
    assert queued(asker, kind, "csv", "number", "name") == first
    assert queued(asker, kind, "xlsx", "name", "number") != first
    assert queued(UserFactory(), kind, "csv", "name", "number") != first
    made(first)
    assert queued(asker, kind, "csv", "name", "number") != first


def test_two_presses_at_once_are_one_job(asker: Any) -> None:
    kind = registered(toy())
    gate, pks = threading.Barrier(2), []

    def press() -> None:
        try:
            gate.wait()
            pks.append(queued(asker, kind).pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pks) == 2
    assert len(set(pks)) == 1


def test_page_sent_again_after_the_job_ended_finds_it(asker: Any) -> None:
    kind = registered(toy())
    job = made(queued(asker, kind, once="bcdfghjkmnpq"))
    assert queued(asker, kind, once="bcdfghjkmnpq") == job
    assert queued(asker, kind, once="bcdfghjkmnpr") != job


def test_three_at_a_time(asker: Any) -> None:
    kind = registered(toy())
    for heading in ("name", "number"):
        queued(asker, kind, "csv", heading)
    queued(asker, kind, "xlsx")
    with pytest.raises(NotPossible, match="3 of your exports are being made"):
        queued(asker, kind, "xlsx", "number")
    queued(UserFactory(), kind, "xlsx", "number")


def test_broker_away_leaves_a_queued_job_that_the_sweep_sends(
    asker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    job = queued(asker)

    def keep(task: str, *args: Any) -> bool:
        sent.append((task, *args))
        return True

    monkeypatch.setattr(jobs, "send_task", keep)
    assert services.sweep() == 0
    ExportJob.objects.update(changed_at=clock.now() - dt.timedelta(minutes=1))
    assert services.sweep() == 1
    assert sent == [("ecett.core.tasks.run_export", job.pk)]


def test_worker_that_died_is_followed_by_another_until_it_is_hopeless(
    asker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "send_task", lambda *args: True)
    job = queued(asker)
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


def test_run_that_lost_its_lease_stores_nothing(asker: Any) -> None:
    def taken_over() -> None:
        elsewhere(lambda: ExportJob.objects.update(lease="another"))

    kind = registered(toy(taken_over))
    job = queued(asker, kind)
    some_rows(1)
    assert services.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.lease, job.file.name) == (ExportState.RUNNING, "another", "")
    assert stored() == []


def test_cancelled_while_it_is_made(asker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(orders, "PIECE", 1)
    heard = threading.Event()

    class Heard(Heartbeat):
        def _run(self) -> None:
            super()._run()
            heard.set()

    monkeypatch.setattr(jobs, "Heartbeat", Heard)

    def cancel() -> None:
        elsewhere(lambda: services.remove(job=ExportJob.objects.get()))
        # The next piece is not begun once the sign of life has found out.
        wait_for(heard.is_set, "the end of the heartbeat")

    some_rows(3)
    job = queued(asker, registered(toy(cancel)))
    assert services.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.file.name) == (ExportState.CANCELLED, "")
    assert stored() == []


def test_sheet_tells_of_one_moment(asker: Any) -> None:
    def work() -> None:
        Group.objects.exclude(name="g000000").delete()
        Group.objects.update(name="changed")

    some_rows(3)
    job = made(queued(asker, registered(toy(lambda: elsewhere(work)))))
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


def test_fault_is_told_and_it_can_be_tried_again(asker: Any) -> None:
    broken = [True]

    def meanwhile() -> None:
        if broken:
            raise RuntimeError("the toy is broken")

    some_rows(1)
    job = made(queued(asker, registered(toy(meanwhile))))
    assert (job.state, job.error) == (ExportState.FAILED, "A fault of the portal stopped this export.")
    assert [todo.text for todo in export_todos(asker)] == ["Could not be made: try again?"]
    broken.clear()
    assert made(services.make_again(job=job)).state == ExportState.READY


def test_more_rows_than_a_workbook_holds(asker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "MAX_XLSX_ROWS", 2)
    some_rows(3)
    kind = registered(toy())
    job = made(queued(asker, kind, "xlsx"))
    assert job.state == ExportState.FAILED
    assert job.error == "A workbook holds at most 2 rows. Choose CSV, or narrow the filters."
    assert made(queued(asker, kind, "csv")).total == 3


@pytest.mark.worker
def test_worker_makes_it(asker: Any, celery_worker: Path) -> None:
    HostFactory(name="Vågbrytaren")
    job = services.queue_export(order=order_of(HOSTS, "csv", "name", "city"), user=asker)

    def ended() -> bool:
        job.refresh_from_db()
        return not job.pending

    wait_for(ended, lambda: f"the export: {job.state}\n{celery_worker.read_text()[-2000:]}")
    try:
        assert (job.state, job.total) == (ExportState.READY, 1)
        assert "Vågbrytaren" in content(job).decode()
    finally:
        services.remove(job=job)


def test_number_of_questions_does_not_grow(asker: Any, django_assert_max_num_queries: Any) -> None:
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


def test_memory_does_not_grow_with_the_rows(asker: Any, tmp_path: Path) -> None:
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
