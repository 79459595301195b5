"""A document on a page of the journey: ready, being made, or failed."""

from __future__ import annotations

from dataclasses import dataclass

from ecett.core import links as signed
from ecett.core.models import Document
from ecett.core.models.document import DocumentState
from ecett.core.views.documents import document_url
from trainees.links import DOCUMENT_DAYS


@dataclass(frozen=True)
class DocumentView:
    """Addresses carry the key of a person outside."""

    document: Document
    waiting: bool
    failed: bool
    unavailable: bool
    file_url: str
    poll_url: str
    retry_url: str


def document_state(document: Document, *, email: str = "", name: str = "") -> DocumentView:
    """With ``email`` for somebody without an account, whose links then hold a key."""
    key = ""
    if email:
        key = signed.make(purpose="document", subject=document, email=email, name=name, days=DOCUMENT_DAYS)
    return DocumentView(
        document=document,
        waiting=document.state in (DocumentState.QUEUED, DocumentState.RENDERING),
        failed=document.state == DocumentState.FAILED,
        unavailable=document.error.startswith("PdfUnavailable"),
        file_url=document_url(document, name="document_file", key=key),
        poll_url=document_url(document, name="document_progress", key=key),
        retry_url=document_url(document, name="document_retry", key=key),
    )
