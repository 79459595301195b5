"""What is known of documents."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from ecett.core.documents import registry
from ecett.core.documents.registry import VerifyFacts
from ecett.core.ids import ALPHABET
from ecett.core.models import Document
from ecett.core.models.document import DocumentState

_NOT_IN_CODES = re.compile(f"[^{ALPHABET.upper()}]")


class Standing(StrEnum):
    """What may be said of a document to whoever has its code."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    UNFINISHED = "unfinished"


@dataclass(frozen=True)
class Verification:
    """The truth about one code.

    ``superseded_by`` is the code of the newer document, ``sha256`` the hash of the file as it is handed out.
    """

    standing: Standing
    title: str
    kind: str
    code: str
    language: str
    made_at: dt.datetime | None
    sealed: bool
    sha256: str
    revoked_at: dt.datetime | None
    revoked_reason: str
    superseded_by: str
    facts: VerifyFacts


def documents_of(subject: Model, *, kind: str = "") -> QuerySet[Document]:
    """The documents of an object, newest first."""
    found = Document.objects.filter(
        content_type=ContentType.objects.get_for_model(subject), object_id=subject.pk
    )
    return found.filter(kind=kind) if kind else found


def current_document(*, kind: str, subject: Model) -> Document | None:
    """The document of this kind that counts: the newest neither replaced nor revoked, ready or not."""
    standing = documents_of(subject, kind=kind).filter(superseded_by=None, revoked_at=None)
    return standing.order_by("-created_at", "-pk").first()


def find_by_code(code: str) -> Document | None:
    """The document with this code as people type it: small letters, spaces, no hyphens are all right."""
    raw = _NOT_IN_CODES.sub("", code.upper())
    if len(raw) != 15:
        return None
    return Document.objects.filter(code="-".join((raw[:5], raw[5:10], raw[10:]))).first()


def verification(document: Document) -> Verification:
    """What the public verify page says of a document."""
    newer = Document.objects.filter(supersedes=document).only("code").first()
    kind = registry.get(document.kind)
    if document.revoked_at is not None:
        standing = Standing.REVOKED
    elif document.state != DocumentState.READY:
        standing = Standing.UNFINISHED
    else:
        standing = Standing.SUPERSEDED if newer else Standing.VALID
    return Verification(
        standing=standing,
        title=document.title,
        kind=document.kind,
        code=document.code,
        language=document.language,
        made_at=document.ready_at,
        sealed=document.sealed,
        sha256=document.sha256,
        revoked_at=document.revoked_at,
        revoked_reason=document.revoked_reason,
        superseded_by=newer.code if newer else "",
        facts=kind.verify(document) if kind.verify else VerifyFacts(),
    )
