"""A worker killed in the middle of a PDF, a broker emptied, a cache that is away: nothing is lost, pages answer."""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from ecett.core import breaker, clock, dispatch
from ecett.core.documents import services as documents
from ecett.core.models import Document, Notification
from ecett.core.notifications import services as notifications
from tests.factories import HostFactory, PracticeFactory
from tests.patience import wait_for
from tests.trainees.conftest import planned_stay
from trainees import services as trainees


def ready(document: Document) -> bool:
    document.refresh_from_db()
    return document.state == "ready"


def pool_of(log: Path) -> list[psutil.Process]:
    """The pool processes of the worker that writes this log."""
    for process in psutil.Process().children():
        if "ecett.runtime.worker" in " ".join(process.cmdline()):
            return process.children()
    raise AssertionError("no worker")


@pytest.mark.worker
def test_killed_worker_loses_no_document_and_makes_none_twice(celery_worker: Path, settings: Any) -> None:
    agreement_stay = planned_stay()
    documents_before = Document.objects.count()
    agreement = trainees.make_agreement(internship=agreement_stay, actor=agreement_stay.project.trainee)
    document = agreement.document
    assert document is not None
    # As soon as a worker has taken the row, the pool is killed: no goodbye, no cleaning up.
    wait_for(
        lambda: Document.objects.filter(pk=document.pk).exclude(state="queued").exists(),
        "a worker to take the row",
    )
    for process in pool_of(celery_worker):
        os.kill(process.pid, signal.SIGKILL)
    document.refresh_from_db()
    if document.state != "ready":
        # The lease runs out, as it does after a minute; the sweep sends the row again.
        Document.objects.filter(pk=document.pk).update(leased_until=document.created_at)

    def swept() -> bool:
        documents.sweep()
        return ready(document)

    wait_for(swept, "the document")
    assert Document.objects.count() == documents_before + 1
    assert document.file.size == document.size > 1000
    digest = document.sha256
    documents.sweep()
    document.refresh_from_db()
    assert document.sha256 == digest


@pytest.mark.worker
def test_emptied_broker_loses_no_document_and_no_letter(celery_worker: Path) -> None:
    stay = planned_stay()
    # Nobody works while the broker is emptied.
    for process in pool_of(celery_worker):
        os.kill(process.pid, signal.SIGSTOP)
    try:
        agreement = trainees.make_agreement(internship=stay, actor=stay.project.trainee)
        letter = Notification.objects.latest("pk")
        caches["default"]._cache.get_client(None, write=True).flushall()
    finally:
        for process in pool_of(celery_worker):
            os.kill(process.pid, signal.SIGCONT)
    document = agreement.document
    assert document is not None
    past = document.created_at - notifications.LEASE
    Document.objects.filter(pk=document.pk).exclude(state="ready").update(leased_until=past)
    Notification.objects.filter(state="queued").update(created_at=past)

    def swept() -> bool:
        documents.sweep()
        notifications.sweep()
        letter.refresh_from_db()
        return ready(document) and letter.state == "sent"

    wait_for(swept, "document and letter")
    assert Document.objects.filter(object_id=agreement.pk, kind=document.kind).count() == 1


def connections_of_worker() -> set[int]:
    """The database's processes for everybody but this test: in these tests the worker."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return {pid for (pid,) in cursor.fetchall()}


@pytest.mark.worker
def test_worker_keeps_its_connection_and_opens_another_when_it_is_cut(celery_worker: Path) -> None:
    stay = planned_stay()
    agreement = trainees.make_agreement(internship=stay, actor=stay.project.trainee)
    document = agreement.document
    assert document is not None

    def made_again() -> Document:
        new = documents.supersede(document=Document.objects.latest("pk"))
        wait_for(lambda: ready(new), "the next document")
        return new

    wait_for(lambda: ready(document), "the first document")
    # Each of the two pool processes has had its turn after a few.
    for _ in range(3):
        made_again()
    kept = connections_of_worker()
    assert kept
    made_again()
    assert kept & connections_of_worker()
    with connection.cursor() as cursor:
        for pid in kept:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    last = made_again()
    assert (last.attempts, last.error) == (1, "")


@dataclass
class Silent:
    """A server that takes every connection and never says a word, or (``address`` of nobody) one that is away."""

    url: str
    asked: int = 0


@contextmanager
def silent_server() -> Iterator[Silent]:
    """Listens on a port of its own and counts who came."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        silent = Silent(f"redis://127.0.0.1:{listening.getsockname()[1]}/0")
        guests: list[socket.socket] = []

        def welcome() -> None:
            with suppress(OSError):
                while True:
                    guests.append(listening.accept()[0])
                    silent.asked += 1

        thread = threading.Thread(target=welcome, daemon=True)
        thread.start()
        try:
            yield silent
        finally:
            # Wakes the thread that waits for the next guest.
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(10)
            for guest in guests:
                guest.close()


@pytest.fixture(params=["away", "hangs"])
def no_cache(
    request: pytest.FixtureRequest, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Silent]:
    """A cache whose server is away, or takes connections and never answers. No second question in this test."""
    monkeypatch.setattr(breaker, "PAUSE_SECONDS", 3600.0)
    with silent_server() as silent:
        url = silent.url if request.param == "hangs" else f"unix://{tmp_path}/nobody-listens.sock?db=0"
        options = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": url, "OPTIONS": options}}
        yield silent
        caches["default"].close()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/", "/hosts/", "/hosts/?q=aftercare", "/good-practices/", "/statistics/", "/verify/", "/verify/?code=AAAA-BBBB",
     "/accounts/login/", "/accounts/signup/", "/health/live"],
)  # fmt: skip
def test_page_answers_while_the_cache_is_away(client: Client, no_cache: Silent, path: str) -> None:
    HostFactory()
    PracticeFactory()
    for _visit in range(3):
        assert client.get(path).status_code == (404 if "code=" in path else 200)
    assert no_cache.asked <= 1, "one question waits for the server, the next ones do not"


@pytest.mark.django_db
def test_signing_in_works_while_the_cache_is_away(client: Client, no_cache: Silent, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
    answer = client.post("/accounts/login/", {"login": "nobody@example.org", "password": "wrong"})
    assert answer.status_code == 200
    assert "not correct" in answer.content.decode()


@pytest.mark.django_db
def test_readiness_tells_that_the_broker_is_away(client: Client, no_cache: Silent) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["broker"] != "ok"


@pytest.mark.django_db(transaction=True)
def test_letter_and_document_are_written_while_the_broker_is_away(
    no_cache: Silent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for the broker; the rows are there, and the sweep finds them when it is back."""
    sent: list[tuple[Any, ...]] = []
    stay = planned_stay()
    agreement = trainees.make_agreement(internship=stay, actor=stay.project.trainee)
    document = agreement.document
    assert document is not None
    assert document.state == "queued"
    letters = Notification.objects.filter(state="queued")
    assert letters.count() >= 2
    assert no_cache.asked <= 1
    # It is back: a minute later the sweep sends what nobody has taken.
    monkeypatch.setattr(dispatch, "server_answers", lambda: True)
    monkeypatch.setattr(
        dispatch.current_app, "send_task", lambda name, args, **_how: sent.append((name, *args))
    )
    soon = clock.now() + dt.timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: soon)
    assert documents.sweep() == 1
    assert sent == [(documents.RENDER_TASK, document.pk)]
    assert notifications.sweep() == letters.model.objects.filter(state="sent").count() >= 2


@pytest.mark.usefixtures("no_cache")
def test_cache_that_is_away_is_an_empty_one() -> None:
    cache = caches["default"]
    assert cache.get("a", "default") == "default"
    assert cache.set("a", 1) is None
    assert cache.add("a", 1) is True
    assert cache.get_many(["a"]) == {}
    assert cache.set_many({"a": 1}) == ["a"]
    assert cache.has_key("a") is False
    assert cache.touch("a") is False
    assert cache.delete("a") is False
    assert cache.delete_many(["a"]) is None
    assert cache.get_or_set("a", 7) == 7
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")


def test_cache_that_is_there_counts_and_keeps() -> None:
    cache = caches["default"]
    cache.delete("bad-input")
    assert cache.add("bad-input", 1, 30) is True
    assert cache.add("bad-input", 5, 30) is False
    assert cache.incr("bad-input") == 2
    assert cache.get("bad-input") == 2
    assert cache.delete("bad-input") is True
    with pytest.raises(ValueError, match="not found"):
        cache.incr("bad-input")
