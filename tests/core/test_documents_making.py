"""A row makes one document, however often its task runs and whatever dies on the way."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecett.core.documents import rendering, services
from ecett.core.documents.registry import DocumentKind
from ecett.core.documents.signals import document_ready
from ecett.core.models import Document
from ecett.core.models.document import DocumentState
from tests.core.document_kinds import NOW, Clock, ask, stored, test_kind

pytestmark = pytest.mark.usefixtures("storage")


# ── Making ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_render_stores_the_file_where_its_hash_says(
    kind: DocumentKind, sent: list[Any], quick: list[str], storage: Path, time: Clock
) -> None:
    document = ask()
    assert services.render(document.pk)
    document.refresh_from_db()
    content = Path(document.file.path).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    assert (document.state, document.sha256, document.size) == (DocumentState.READY, digest, len(content))
    assert document.file.name == f"documents/{digest[:2]}/{digest}.pdf"
    assert (document.lease, document.leased_until, document.ready_at) == ("", None, NOW)
    assert len(stored(storage)) == 1


@pytest.mark.django_db
def test_render_of_a_ready_row_does_nothing(
    kind: DocumentKind, sent: list[Any], quick: list[str], storage: Path
) -> None:
    document = ask()
    assert [services.render(document.pk) for _ in range(3)] == [True, False, False]
    assert quick == [document.code]
    assert len(stored(storage)) == 1


@pytest.mark.django_db
def test_render_tells_those_who_listen_once_and_survives_their_errors(
    kind: DocumentKind, sent: list[Any], quick: list[str]
) -> None:
    heard: list[tuple[int, str]] = []

    def listen(sender: Any, document: Document, **_kwargs: Any) -> None:
        # By then the row says so too.
        heard.append((document.pk, Document.objects.get(pk=document.pk).state))
        raise RuntimeError("a listener at fault")

    document_ready.connect(listen)
    try:
        document = ask()
        assert [services.render(document.pk) for _ in range(2)] == [True, False]
    finally:
        document_ready.disconnect(listen)
    document.refresh_from_db()
    assert heard == [(document.pk, DocumentState.READY)]
    assert (document.state, document.error) == (DocumentState.READY, "")


@pytest.mark.django_db(transaction=True)
def test_render_in_many_workers_at_once_makes_one_file(
    kind: DocumentKind, sent: list[Any], quick: list[str], storage: Path
) -> None:
    document = ask()
    barrier = threading.Barrier(6)
    made: list[bool] = []

    def run() -> None:
        barrier.wait()
        try:
            made.append(services.render(document.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [False] * 5 + [True]
    assert quick == [document.code]
    assert len(stored(storage)) == 1


@pytest.mark.django_db
def test_render_leaves_a_row_in_other_hands_until_the_lease_is_over(
    kind: DocumentKind, sent: list[Any], quick: list[str], time: Clock, settings: Any
) -> None:
    settings.DOCUMENT_LEASE_SECONDS = 60
    document = ask()
    assert services._take(document.pk)
    time.forward(seconds=59)
    assert not services.render(document.pk)
    time.forward(seconds=2)
    assert services.render(document.pk)


@pytest.mark.django_db
def test_render_whose_lease_is_gone_throws_its_file_away(
    kind: DocumentKind, sent: list[Any], quick: list[str], time: Clock, storage: Path, monkeypatch: Any
) -> None:
    document = ask()
    plain = rendering.render_pdf

    def slow(**kwargs: Any) -> bytes:
        pdf = plain(**kwargs)
        if len(quick) == 1:
            # While this run is printing its lease ends, and another worker makes the document.
            time.forward(minutes=5)
            assert services.render(document.pk)
        return pdf

    monkeypatch.setattr(rendering, "render_pdf", slow)
    assert not services.render(document.pk)
    document.refresh_from_db()
    assert Path(document.file.path).read_bytes() == f"%PDF {document.code} 2".encode()
    assert len(stored(storage)) == 1


@pytest.mark.django_db
def test_render_that_fails_is_tried_again_with_growing_pauses_and_then_failed(
    sent: list[Any], time: Clock, storage: Path
) -> None:
    with test_kind(template="documents/missing.html"):
        document = ask()
        pauses = []
        for _ in range(services.MAX_ATTEMPTS):
            assert not services.render(document.pk)
            document.refresh_from_db()
            pauses.append((document.leased_until - time.time).seconds if document.leased_until else None)
            time.forward(minutes=5)
        assert not services.render(document.pk)
    assert pauses == [2, 4, 8, 16, None]
    assert document.state == DocumentState.FAILED
    assert document.error == "TemplateDoesNotExist: documents/missing.html"
    assert stored(storage) == []


@pytest.mark.django_db
def test_retry_makes_a_failed_document(
    kind: DocumentKind, sent: list[Any], quick: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    document = ask()
    Document.objects.filter(pk=document.pk).update(state=DocumentState.FAILED, attempts=5, error="x")
    with django_capture_on_commit_callbacks(execute=True):
        assert services.retry(document=document)
        assert not services.retry(document=document)
    assert sent == [(services.RENDER_TASK, (document.pk,))]
    assert services.render(document.pk)


@pytest.mark.django_db
def test_render_without_the_pdf_library_fails_at_once_and_says_so(
    kind: DocumentKind, sent: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(**_kwargs: Any) -> bytes:
        raise rendering.PdfUnavailable("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(rendering, "render_pdf", missing)
    document = ask()
    assert not services.render(document.pk)
    document.refresh_from_db()
    assert document.state == DocumentState.FAILED
    assert document.error == "PdfUnavailable: cannot load library 'libpango-1.0-0'"


# ── Sweeping ────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_sweep_takes_up_a_row_whose_worker_died(
    kind: DocumentKind, sent: list[Any], quick: list[str], time: Clock
) -> None:
    document = ask()
    services._take(document.pk)
    assert services.sweep() == 0
    time.forward(minutes=2)
    assert services.sweep() == 1
    assert sent[-1] == (services.RENDER_TASK, (document.pk,))
    # The queue is not filled with copies while the row waits its turn.
    time.forward(seconds=30)
    assert services.sweep() == 0
    assert services.render(document.pk)
    time.forward(hours=1)
    assert services.sweep() == 0


@pytest.mark.django_db
def test_sweep_gives_up_on_a_row_that_kills_every_worker(
    kind: DocumentKind, sent: list[Any], time: Clock
) -> None:
    document = ask()
    for _ in range(services.MAX_ATTEMPTS):
        assert services._take(document.pk)
        time.forward(minutes=2)
    assert services.sweep() == 0
    document.refresh_from_db()
    assert document.state == DocumentState.FAILED
    assert "worker stopped" in document.error


STEPS = st.lists(st.sampled_from(["render", "die", "fail", "wait", "sweep", "retry", "twice"]), max_size=25)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_row_yields_one_document_whatever_happens(
    steps: list[str], kind: DocumentKind, sent: list[Any], quick: list[str], time: Clock
) -> None:
    document = ask()
    plain = rendering.render_pdf
    finished: tuple[str, str] | None = None
    for step in steps:
        with pytest.MonkeyPatch.context() as patch:
            if step in ("render", "twice"):
                services.render(document.pk)
            if step == "twice":
                services.render(document.pk)
            if step == "die":
                services._take(document.pk)
            if step == "fail":
                patch.setattr(rendering, "render_pdf", lambda **_kw: 1 / 0)
                services.render(document.pk)
            if step == "wait":
                time.forward(seconds=90)
            if step == "sweep":
                services.sweep()
            if step == "retry":
                services.retry(document=document)
        document.refresh_from_db()
        if finished:
            assert (document.file.name, document.state) == finished
        elif document.state == DocumentState.READY:
            finished = (document.file.name, document.state)
    assert rendering.render_pdf is plain
    # And it always ends well once workers live: at most one more round.
    services.retry(document=document)
    time.forward(hours=1)
    services.sweep()
    services.retry(document=document)
    services.render(document.pk)
    document.refresh_from_db()
    assert document.state == DocumentState.READY
    assert default_storage.exists(document.file.name)
