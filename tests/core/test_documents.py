"""A row makes one document, however often its task runs and whatever dies on the way."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecett.core import clock, dispatch
from ecett.core.documents import registry, rendering, sealing, selectors, services
from ecett.core.documents.registry import DocumentKind
from ecett.core.documents.signals import document_ready
from ecett.core.models import Document
from ecett.core.models.document import DocumentState
from tests.core.document_kinds import test_kind
from tests.factories import UserFactory

NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)


class Clock:
    """A clock one can put forward."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> dt.datetime:
        return self.time

    def forward(self, **span: float) -> None:
        self.time += dt.timedelta(**span)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock_ = Clock()
    monkeypatch.setattr(clock, "now", clock_)
    return clock_


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[Any, ...]]]:
    """The tasks that went to the broker."""
    tasks: list[tuple[str, tuple[Any, ...]]] = []

    def keep(task: str, *args: Any) -> bool:
        tasks.append((task, args))
        return True

    monkeypatch.setattr(dispatch, "send_task", keep)
    monkeypatch.setattr(services, "send_task", keep)
    return tasks


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.KEYS_DIR = tmp_path / "keys"
    return tmp_path / "media"


@pytest.fixture
def kind() -> Iterator[DocumentKind]:
    with test_kind() as registered:
        yield registered


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No real PDF: calls of the renderer are noted, and each gives other bytes, as sealing does."""
    calls: list[str] = []

    def fake(*, template: str, context: dict[str, Any], language: str) -> bytes:
        calls.append(context["document"]["code"])
        return f"%PDF {context['document']['code']} {len(calls)}".encode()

    monkeypatch.setattr(rendering, "render_pdf", fake)
    monkeypatch.setattr(sealing, "seal", lambda pdf, **_kw: pdf)
    return calls


def ask(**changes: Any) -> Document:
    subject = changes.pop("subject", None) or UserFactory(first_name="Marta", last_name="Zielińska")
    return services.request_document(**{"kind": "test", "subject": subject, "language": "en", **changes})


def stored(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


# ── Asking ──────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_request_writes_a_queued_row_and_sends_it_on_commit(
    kind: DocumentKind, sent: list[Any], time: Clock, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = ask()
        assert sent == []
    assert document.state == DocumentState.QUEUED
    assert document.title == "Certificate, Marta Zielińska"
    assert document.context["holder"] == "Marta Zielińska"
    assert document.context["document"]["code"] == document.code
    assert document.context["document"]["verify_url"].endswith(f"/verify/{document.code}/")
    assert sent == [("ecett.core.tasks.render_document", (document.pk,))]


@pytest.mark.django_db
def test_request_freezes_lazy_words_in_the_documents_language(sent: list[Any]) -> None:
    from django.utils.translation import gettext_lazy

    with test_kind(context=lambda _s: {"month": gettext_lazy("November")}, title=gettext_lazy("May")):
        document = ask(language="fr")
    document.refresh_from_db()
    assert (document.context["month"], document.title) == ("novembre", "mai")


@pytest.mark.django_db
def test_request_refuses_a_context_that_is_not_plain() -> None:
    with (
        test_kind(context=lambda _s: {"stay": [{"start": dt.date(2026, 3, 16)}]}),
        pytest.raises(TypeError, match=r"context\.stay\[0\]\.start: date"),
    ):
        ask()


@pytest.mark.django_db
def test_request_keeps_what_was_frozen_when_the_subject_changes(
    kind: DocumentKind, sent: list[Any], quick: list[str]
) -> None:
    subject = UserFactory(first_name="Marta", last_name="Zielińska")
    document = ask(subject=subject)
    subject.last_name = "Nowak"
    subject.save()
    services.render(document.pk)
    document.refresh_from_db()
    assert document.context["holder"] == "Marta Zielińska"


@pytest.mark.django_db(transaction=True)
def test_request_survives_a_broker_that_is_down(
    kind: DocumentKind, quick: list[str], monkeypatch: pytest.MonkeyPatch, time: Clock
) -> None:
    def down(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionRefusedError("no broker")

    monkeypatch.setattr("celery.current_app.send_task", down)
    document = ask()
    assert Document.objects.get(pk=document.pk).state == DocumentState.QUEUED
    # The broker is back: the sweep finds the row after ten seconds, not before.
    revived: list[int] = []
    monkeypatch.setattr(services, "send_task", lambda _task, pk: not revived.append(pk))
    assert services.sweep() == 0
    time.forward(seconds=11)
    assert services.sweep() == 1
    assert revived == [document.pk]


def test_register_refuses_a_second_kind_of_the_same_name() -> None:
    with test_kind() as first, pytest.raises(ValueError, match="twice"):
        registry.register(DocumentKind("test", "Other", "x.html", lambda _s: {}))
    assert first.name not in registry.names()


@pytest.mark.django_db
def test_request_of_an_unknown_kind_names_those_that_exist(kind: DocumentKind) -> None:
    with pytest.raises(registry.KindUnknown, match="test"):
        ask(kind="nothing")


@pytest.mark.django_db
def test_ensure_gives_the_same_document_to_a_double_click(kind: DocumentKind, sent: list[Any]) -> None:
    subject = UserFactory()
    first = services.ensure_document(kind="test", subject=subject, language="en")
    assert services.ensure_document(kind="test", subject=subject, language="en") == first
    services.revoke(document=first, reason="Wrong name", actor=None)
    assert services.ensure_document(kind="test", subject=subject, language="en") != first


# ── Making ──────────────────────────────────────────────────────────────────
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


# ── Sweeping ────────────────────────────────────────────────────────────────
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


# ── Replacing, revoking, verifying ──────────────────────────────────────────
@pytest.mark.django_db
def test_supersede_once_and_the_old_one_is_no_longer_in_force(
    kind: DocumentKind, sent: list[Any], quick: list[str]
) -> None:
    old = ask()
    services.render(old.pk)
    new = services.supersede(document=old)
    services.render(new.pk)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.in_force, new.in_force) == (False, True)
    verification = selectors.verification(old)
    assert (verification.standing, verification.superseded_by) == ("superseded", new.code)
    assert selectors.current_document(kind="test", subject=old.subject) == new
    with pytest.raises(services.DocumentError, match="already been replaced"):
        services.supersede(document=old)


@pytest.mark.django_db
def test_revoke_needs_a_reason_and_happens_once(
    kind: DocumentKind, sent: list[Any], quick: list[str]
) -> None:
    document = ask()
    services.render(document.pk)
    actor = UserFactory()
    with pytest.raises(services.DocumentError, match="reason"):
        services.revoke(document=document, reason="  ", actor=actor)
    services.revoke(document=document, reason=" Issued twice ", actor=actor)
    verification = selectors.verification(document)
    assert (verification.standing, verification.revoked_reason) == ("revoked", "Issued twice")
    assert document.revoked_by == actor
    with pytest.raises(services.DocumentError, match="already"):
        services.revoke(document=document, reason="Again", actor=actor)


@pytest.mark.django_db
def test_verification_says_what_the_kind_allows(
    kind: DocumentKind, sent: list[Any], quick: list[str]
) -> None:
    document = ask()
    assert selectors.verification(document).standing == "unfinished"
    services.render(document.pk)
    document.refresh_from_db()
    verification = selectors.verification(document)
    assert (verification.standing, verification.sha256) == ("valid", document.sha256)
    assert [value for _label, value in verification.facts.facts] == ["Marta Zielińska"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed", ["{0}", " {0} ", "{1}", "{2}"], ids=["plain", "spaces", "small", "no hyphens"]
)
def test_find_by_code_takes_codes_as_people_type_them(
    typed: str, kind: DocumentKind, sent: list[Any]
) -> None:
    document = ask()
    code = document.code
    assert selectors.find_by_code(typed.format(code, code.lower(), code.replace("-", ""))) == document


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "K7QM", "'; drop table", "Ω" * 15, "2" * 200])
def test_find_by_code_of_something_else_is_none(typed: str, kind: DocumentKind, sent: list[Any]) -> None:
    ask()
    assert selectors.find_by_code(typed) is None
