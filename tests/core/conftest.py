"""What the tests of documents and of exports share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ecett.core import clock, dispatch
from ecett.core.documents import rendering, sealing, services
from ecett.core.documents.registry import DocumentKind
from ecett.core.exports import kinds
from tests.core.document_kinds import Clock, test_kind
from tests.factories import UserFactory


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


@pytest.fixture
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


@pytest.fixture
def own_exports(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    """No task leaves by itself, and files go to a folder of the test; the real worker has its own."""
    if "celery_worker" not in request.fixturenames:
        settings.MEDIA_ROOT = tmp_path / "media"
        monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
        monkeypatch.setattr("ecett.core.dispatch.send_task", lambda *args: True)


@pytest.fixture
def asker() -> Any:
    """Who asks for an export."""
    return UserFactory(language="en")
