"""A portal with reference data, a worker, and people who click."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from ecett.core.ids import public_id
from ecett.core.models import Document, Notification
from tests.journeys.person import Person
from tests.patience import wait_for

REAL_NOW = timezone.now


class Calendar:
    """The portal's day, moved forward by the test; the portal asks Django for the time, and Django asks here."""

    def __init__(self) -> None:
        import datetime as dt

        self.shift = dt.timedelta(0)

    def __call__(self) -> Any:
        return REAL_NOW() + self.shift

    def forward(self, *, days: int) -> None:
        import datetime as dt

        self.shift += dt.timedelta(days=days)


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    moved = Calendar()
    monkeypatch.setattr(timezone, "now", moved)
    return moved


@pytest.fixture
def portal(celery_worker: Any, live_server: Any, settings: Any, tmp_path: Any) -> Any:
    """The portal with rates, thesaurus and rules; its letters carry the address of this very server, and nothing is
    kept from the test before: its front page may have counted no hosts.
    """
    settings.PORTAL_URL = live_server.url
    default = settings.CACHES["default"]
    settings.CACHES = {"default": {**default, "KEY_PREFIX": f"{default['KEY_PREFIX']}-{public_id()}"}}
    call_command("load_reference", verbosity=0)
    return live_server


@pytest.fixture
def someone(portal: Any, browser_context: Callable[..., Any]) -> Iterator[Callable[..., Person]]:
    """``someone(locale="fr", javascript=False)``: a person with a browser of her own."""
    with ExitStack() as stack:

        def arrive(**options: Any) -> Person:
            context = stack.enter_context(browser_context(**options))
            return Person(context.new_page(), portal.url)

        yield arrive


@pytest.fixture
def mailbox() -> Callable[..., str]:
    """``mailbox("maja@example.org", "/helpdesk/answer/")``: the newest link to such an address in her letters."""

    def newest_link(email: str, path: str) -> str:
        def look() -> str | None:
            for letter in Notification.objects.filter(email=email).order_by("-pk"):
                found = re.search(rf"https?://[^\s/]+({re.escape(path)}\S*)", letter.text)
                if found:
                    return found.group(1)
            return None

        return str(wait_for(look, f"a letter to {email} with a link to {path}"))

    return newest_link


@pytest.fixture
def made() -> Callable[[str], Document]:
    """``made("agreement")``: the newest document of a kind, once the worker has finished it."""

    def newest(kind: str) -> Document:
        def look() -> Document | None:
            document = Document.objects.filter(kind=kind).order_by("-pk").first()
            return document if document is not None and document.state == "ready" else None

        found = wait_for(look, f"a finished document of the kind {kind}")
        assert isinstance(found, Document)
        return found

    return newest
