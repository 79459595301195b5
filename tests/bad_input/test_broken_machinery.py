"""A worker killed in the middle of a PDF, a broker emptied, a cache that is away: nothing is lost, pages answer."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.core.cache import caches
from django.test import Client

from ecett.core.documents import services as documents
from ecett.core.models import Document, Notification
from ecett.core.notifications import services as notifications
from tests.factories import HostFactory, PracticeFactory
from tests.trainees.conftest import planned_stay
from trainees import services as trainees


def wait(look: Callable[[], Any], what: str, seconds: float = 60) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds:.0f} s for {what}")


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
    wait(
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

    wait(swept, "the document", 90)
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

    wait(swept, "document and letter", 90)
    assert Document.objects.filter(object_id=agreement.pk, kind=document.kind).count() == 1


@pytest.fixture
def no_cache(settings: Any, tmp_path: Path) -> None:
    """A cache whose server is away."""
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": f"unix://{tmp_path}/nobody-listens.sock?db=0"}
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/", "/hosts/", "/hosts/?q=aftercare", "/good-practices/", "/statistics/", "/verify/", "/verify/?code=AAAA-BBBB",
     "/accounts/login/", "/accounts/signup/", "/health/live"],
)  # fmt: skip
def test_page_answers_while_the_cache_is_away(client: Client, no_cache: None, path: str) -> None:
    HostFactory()
    PracticeFactory()
    answer = client.get(path)
    assert answer.status_code == (404 if "code=" in path else 200)


@pytest.mark.django_db
def test_signing_in_works_while_the_cache_is_away(client: Client, no_cache: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
    answer = client.post("/accounts/login/", {"login": "nobody@example.org", "password": "wrong"})
    assert answer.status_code == 200
    assert "not correct" in answer.content.decode()


@pytest.mark.django_db
def test_readiness_tells_that_the_broker_is_away(client: Client, no_cache: None) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["broker"] != "ok"


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
