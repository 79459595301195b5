"""Imports as jobs: once, whole, or not at all, whatever happens to the worker."""

import datetime as dt
import threading

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection

from ecett.core import clock, heartbeat, jobs
from ecett.core.imports import registry, services
from ecett.core.imports.services import NotPossible
from ecett.core.models import ImportJob
from ecett.core.models.importjob import ImportState
from tests.core.imports_toy import LAYOUT, ToyImporter
from tests.factories import UserFactory
from tests.patience import PATIENCE, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
SHEET = "Name,Day,Beds\nNamur,,\nGent,,x\n"


@pytest.fixture(autouse=True)
def toy(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(registry, "_importers", {"hosts": ToyImporter})
    monkeypatch.setattr("ecett.core.dispatch.send_task", lambda *args: True)


def queue(text: str = SHEET, **options) -> ImportJob:
    options = {"kind": "hosts", "filename": "../Ünï toy.csv", "dry_run": False} | options
    return services.queue_import(file=ContentFile(text.encode()), **options)


def names() -> set[str]:
    return set(Group.objects.values_list("name", flat=True))


def test_job_keeps_counts_notes_and_layout():
    job = queue()
    assert (job.filename, job.state) == ("Ünï toy.csv", ImportState.QUEUED)
    assert services.run_job(job.pk)
    job.refresh_from_db()
    assert job.state == ImportState.DONE
    assert job.counts == {"created": 1, "updated": 0, "merged": 0, "skipped": 0, "refused": 1}
    assert (job.read, job.layout, job.lease, job.error) == (2, "toy", "", "")
    assert list(job.rows.values_list("line", "outcome", "field", "reason")) == [
        (3, "refused", "beds", "“x” is not a number")
    ]
    assert names() == {"Namur"}


def test_second_start_of_the_task_does_nothing():
    job = queue()
    assert services.run_job(job.pk)
    assert not services.run_job(job.pk)
    job.refresh_from_db()
    assert (job.attempts, job.rows.count()) == (1, 1)


def test_broker_away_leaves_a_queued_job_that_the_sweep_sends(monkeypatch):
    sent = []
    job = queue()
    monkeypatch.setattr(jobs, "send_task", lambda task, *args: sent.append((task, *args)) or True)
    assert services.sweep() == 0
    ImportJob.objects.update(changed_at=clock.now() - dt.timedelta(minutes=1))
    assert services.sweep() == 1
    assert sent == [("ecett.core.tasks.run_import", job.pk)]
    assert services.sweep() == 0


def test_worker_that_died_is_followed_by_another_until_it_is_hopeless(monkeypatch):
    monkeypatch.setattr(jobs, "send_task", lambda *args: True)
    job = queue()
    past = clock.now() - dt.timedelta(seconds=1)
    ImportJob.objects.update(state=ImportState.RUNNING, lease="dead", leased_until=past, attempts=1)
    assert services.sweep() == 1
    assert services.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (ImportState.DONE, 2)

    hopeless = queue(requested_by=UserFactory(language="nl"))
    ImportJob.objects.filter(pk=hopeless.pk).update(
        state=ImportState.RUNNING, lease="dead", leased_until=past, attempts=jobs.MAX_ATTEMPTS
    )
    assert services.sweep() == 0
    hopeless.refresh_from_db()
    assert hopeless.state == ImportState.FAILED
    assert hopeless.error == "De werker stopte drie keer voor deze import klaar was; er is niets ingelezen."


def test_run_that_lost_its_lease_leaves_nothing(monkeypatch):
    class Robbed(ToyImporter):
        def run(self, rows, report):
            super().run(rows, report)
            self.steal()

        @staticmethod
        def steal():
            # Another process took the job meanwhile (seen from a connection of its own).
            thread = threading.Thread(
                target=lambda: (ImportJob.objects.update(lease="other"), connection.close())
            )
            thread.start()
            thread.join()

    monkeypatch.setattr(registry, "_importers", {"hosts": Robbed})
    job = queue()
    assert services.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.lease, job.rows.count()) == (ImportState.RUNNING, "other", 0)
    assert names() == set()


def test_cancelling_a_running_job_stops_it_and_undoes_it(monkeypatch):
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0.02)
    seen = {}

    class Slow(ToyImporter):
        def run(self, rows, report):
            iterator = iter(rows)
            report.created(next(iterator))
            Group.objects.create(name="half done")
            seen["read"] = self.cancelled_meanwhile()
            for row in iterator:
                report.created(row)

        @staticmethod
        def cancelled_meanwhile():
            def cancel():
                seen["job"] = services.cancel(job=ImportJob.objects.get())
                connection.close()

            thread = threading.Thread(target=cancel)
            thread.start()
            thread.join()
            return wait_for(
                lambda: not any(other.name == "heartbeat" for other in threading.enumerate()),
                "the end of the heartbeat",
            )

    monkeypatch.setattr(registry, "_importers", {"hosts": Slow})
    job = queue()
    services.run_job(job.pk)
    job.refresh_from_db()
    assert seen["read"]
    assert job.state == ImportState.CANCELLED
    assert names() == set()
    with pytest.raises(NotPossible):
        services.cancel(job=job)
    assert not services.run_job(job.pk)


def test_progress_is_seen_from_outside_while_the_transaction_runs(monkeypatch):
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0.02)
    seen = []

    class Watched(ToyImporter):
        def run(self, rows, report):
            for row in rows:
                report.created(row)
                if row["name"] == "n300":
                    self.watch()

        @staticmethod
        def watch():
            def look():
                job = wait_for(lambda: ImportJob.objects.filter(read=300).first(), "what was read")
                seen.append((job.state, job.read, job.total))
                connection.close()

            thread = threading.Thread(target=look)
            thread.start()
            thread.join()

    monkeypatch.setattr(registry, "_importers", {"hosts": Watched})
    services.run_job(queue("Name,Day,Beds\n" + "".join(f"n{n},,\n" for n in range(600))).pk)
    assert seen == [("running", 300, 600)]


def test_failures_are_told_in_words_and_write_nothing():
    for text, words in (
        ("foo,bar\n1,2\n", "The layout of “Ünï toy.csv” is unknown"),
        ("Name,Day,Beds\na,,\nboom,,\n", "Stopped near line 3"),
        ("%PDF-1.4 not a table", "looks like a PDF document"),
    ):
        job = queue(text)
        assert services.run_job(job.pk)
        job.refresh_from_db()
        assert job.state == ImportState.FAILED
        assert words in job.error
    assert names() == set()


def test_dry_run_is_made_real_once():
    job = queue(dry_run=True)
    with pytest.raises(NotPossible):
        services.apply_dry_run(job=job)
    services.run_job(job.pk)
    assert names() == set()
    real = services.apply_dry_run(job=job)
    assert services.apply_dry_run(job=job) == real
    services.run_job(real.pk)
    real.refresh_from_db()
    job.refresh_from_db()
    assert names() == {"Namur"}
    assert (real.counts, real.filename, real.dry_run) == (job.counts, job.filename, False)
    with pytest.raises(NotPossible):
        services.apply_dry_run(job=real)


def test_same_once_from_the_same_person_is_one_job():
    first = queue(once="23456789bcdf")
    assert queue(once="23456789bcdf") == first
    assert ImportJob.objects.count() == 1


def test_column_map_sent_along_is_used():
    text = LAYOUT.replace('name = "Name"', 'name = "Nom"').split("day = {")[0]
    job = queue("Nom;x\nMons;1\n", map_text=text)
    services.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (ImportState.DONE, "")
    assert names() == {"Mons"}


def test_heartbeat_survives_a_database_that_is_away_for_a_moment():
    from django.db import OperationalError

    calls = []
    done = threading.Event()

    def beat() -> bool:
        calls.append(1)
        if len(calls) == 1:
            raise OperationalError("gone")
        done.set()
        return True

    with heartbeat.Heartbeat(beat, seconds=0.01) as heart:
        assert done.wait(PATIENCE)
    assert not heart.lost


@pytest.mark.worker
def test_real_worker_runs_a_job_from_the_queue(celery_worker, monkeypatch):
    """The toy is unknown to another process: what is shown is that the task arrives and ends in words."""
    from ecett.core.dispatch import send_task

    monkeypatch.undo()
    job = queue(kind="nothing-of-ours")
    send_task(services.RUN_TASK, job.pk)
    wait_for(lambda: not ImportJob.objects.get(pk=job.pk).pending, "the end of the job")
    job.refresh_from_db()
    assert job.state == ImportState.FAILED
    assert "cannot be imported any more" in job.error
