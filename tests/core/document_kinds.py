"""A kind of document for tests, with a certificate's layout and a person as its subject."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from ecett.core.documents import registry, services
from ecett.core.documents.registry import DocumentKind, VerifyFacts
from ecett.core.models import Document
from tests.factories import UserFactory

NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)


def certificate_context(subject: Any) -> dict[str, Any]:
    """What a certificate says of a person."""
    return {
        "level": "b",
        "heading": _("Level %(level)s") % {"level": "B"},
        "holder": subject.get_full_name(),
        "sentence": "went from Gdańsk to Bologna to work beside colleagues.",
        "number": "B-2026-0041",
        "place_and_date": "Torino, 20 October 2026",
        "facts": [{"label": "Stay", "lines": ["Casa Meridiana, Bologna", "5 days"]}],
        "signers": [{"name": "Giulia Ferraris", "role": "Chair of the jury"}],
    }


def own_document(user: Any, document: Document) -> bool:
    """Only the person it is about."""
    return bool(user.pk == document.object_id)


@contextmanager
def test_kind(**changes: Any) -> Iterator[DocumentKind]:
    """Register the kind "test" for the time of a test."""
    values: dict[str, Any] = {
        "name": "test",
        "title": lambda subject: f"Certificate, {subject.get_full_name()}",
        "template": "documents/base_certificate.html",
        "context": certificate_context,
        "may_read": own_document,
        "verify": lambda document: VerifyFacts(facts=((_("Holder"), document.context["holder"]),)),
        **changes,
    }
    kind = registry.register(DocumentKind(**values))
    try:
        yield kind
    finally:
        registry.unregister(kind.name)


test_kind.__test__ = False  # type: ignore[attr-defined]


class Clock:
    """A clock one can put forward."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> dt.datetime:
        return self.time

    def forward(self, **span: float) -> None:
        self.time += dt.timedelta(**span)


def ask(**changes: Any) -> Document:
    subject = changes.pop("subject", None) or UserFactory(first_name="Marta", last_name="Zielińska")
    return services.request_document(**{"kind": "test", "subject": subject, "language": "en", **changes})


def stored(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]
