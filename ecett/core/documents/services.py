"""Documents are asked for, made, replaced and revoked here and nowhere else.

A row makes one document, however often its task runs: a run takes the row by one UPDATE that gives it a
lease, works outside of any transaction, and may store its file only while the lease is still its own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Model, Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise

from ecett.core import clock
from ecett.core.dispatch import send_task, send_task_on_commit
from ecett.core.documents import registry, rendering, sealing
from ecett.core.documents.selectors import current_document
from ecett.core.documents.signals import document_ready
from ecett.core.links import absolute
from ecett.core.models import Document
from ecett.core.models.document import DocumentState

log = structlog.get_logger(__name__)

RENDER_TASK = "ecett.core.tasks.render_document"
MAX_ATTEMPTS = 5
# A task that has not begun after this long is taken for lost; one that the sweep sent again gets longer, so
# that a full queue is not filled with copies.
FIRST_PATIENCE = dt.timedelta(seconds=10)
PATIENCE = dt.timedelta(seconds=60)
SWEEP_LIMIT = 500
VERIFY_PATH = "/verify/{code}/"


class DocumentError(Exception):
    """A document that cannot be asked for, replaced or revoked; the text says why."""


def frozen(value: Any, where: str = "context") -> Any:
    """A copy of a context made of plain JSON values; lazy words are said now, in the active language.

    Raises TypeError for anything else, naming its place: a date or an amount must come as it shall be
    printed.
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str | Promise):
        # A plain str also of safe strings: what is frozen is escaped again when it is printed.
        return "".join(str(value).split("\x00"))
    if isinstance(value, Mapping):
        return {str(key): frozen(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [frozen(item, f"{where}[{number}]") for number, item in enumerate(value)]
    raise TypeError(
        f"{where}: {type(value).__name__} cannot be frozen; give it as text, as it shall be printed"
    )


def request_document(
    *,
    kind: str,
    subject: Model,
    language: str,
    requested_by: Any = None,
    supersedes: Document | None = None,
) -> Document:
    """Write the row of a new document, its context frozen in its language; on commit the worker gets it.

    Raises `KindUnknown`, TypeError for a context that is not plain, `DocumentError` when ``supersedes`` has
    already been replaced.
    """
    kind_ = registry.get(kind)
    now = clock.now()
    with translation.override(language):
        title = kind_.title_of(subject)[:300]
        document = Document(
            kind=kind,
            title=title,
            language=language,
            content_type=ContentType.objects.get_for_model(subject),
            object_id=subject.pk,
            requested_by=requested_by,
            supersedes=supersedes,
            leased_until=now + FIRST_PATIENCE,
        )
        document.context = {
            **frozen(kind_.context(subject)),
            "document": {
                "title": title,
                "kind": kind,
                "code": document.code,
                "verify_url": absolute(VERIFY_PATH.format(code=document.code)),
                "verify_site": absolute("verify/").partition("://")[2].rstrip("/"),
                "asked_on": date_format(clock.today(), "DATE_FORMAT"),
                "demo": bool(settings.DEMO_MODE),
            },
        }
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError as error:
        if supersedes is not None and Document.objects.filter(supersedes=supersedes).exists():
            raise DocumentError(f"{supersedes.code} has already been replaced") from error
        raise
    send_task_on_commit(RENDER_TASK, document.pk)
    return document


@transaction.atomic
def ensure_document(*, kind: str, subject: Model, language: str, requested_by: Any = None) -> Document:
    """The current document of this kind, or a new one: a double click and two workers get the same row."""
    key = f"document:{kind}:{subject._meta.label_lower}:{subject.pk}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    found = current_document(kind=kind, subject=subject)
    return found or request_document(kind=kind, subject=subject, language=language, requested_by=requested_by)


@transaction.atomic
def supersede(*, document: Document, requested_by: Any = None, language: str = "") -> Document:
    """A new document of the same kind and object that takes the place of this one."""
    if document.subject is None:
        raise DocumentError(f"{document.code}: what it was made from is gone")
    return request_document(
        kind=document.kind,
        subject=document.subject,
        language=language or document.language,
        requested_by=requested_by,
        supersedes=document,
    )


def revoke(*, document: Document, reason: str, actor: Any) -> Document:
    """Declare a document void, with a reason that the verify page tells. The file stays."""
    if not reason.strip():
        raise DocumentError("revoking needs a reason")
    revoked = Document.objects.filter(pk=document.pk, revoked_at=None).update(
        revoked_at=clock.now(),
        revoked_reason=reason.strip(),
        revoked_by=getattr(actor, "user", actor),
        changed_at=clock.now(),
    )
    if not revoked:
        raise DocumentError(f"{document.code} has already been revoked")
    document.refresh_from_db()
    return document


def retry(*, document: Document) -> bool:
    """Try a failed document again from the first attempt; False when it is not a failed one (any more)."""
    again = Document.objects.filter(pk=document.pk, state=DocumentState.FAILED).update(
        state=DocumentState.QUEUED, attempts=0, error="", lease="", leased_until=clock.now() + FIRST_PATIENCE
    )
    if again:
        send_task_on_commit(RENDER_TASK, document.pk)
    return bool(again)


# ── The worker's side ──────────────────────────────────────────────────────────────────────────────────────
def _take(document_id: int) -> str:
    """Take the row for one run; the lease's token, or "" when it is ready, failed, or in other hands."""
    now = clock.now()
    token = secrets.token_hex(16)
    free = Q(state=DocumentState.QUEUED) | Q(state=DocumentState.RENDERING, leased_until__lt=now)
    taken = Document.objects.filter(free, pk=document_id, attempts__lt=MAX_ATTEMPTS).update(
        state=DocumentState.RENDERING,
        lease=token,
        leased_until=now + dt.timedelta(seconds=settings.DOCUMENT_LEASE_SECONDS),
        attempts=F("attempts") + 1,
    )
    return token if taken else ""


def render(document_id: int) -> bool:
    """Make the file of a row. True when this run made it, else there was nothing to do or it failed.

    Errors are kept in the row: it is tried again after a growing pause, and failed after `MAX_ATTEMPTS`
    runs. What no second try can mend (no PDF library on this machine) fails at once.
    """
    token = _take(document_id)
    if not token:
        return False
    document = Document.objects.get(pk=document_id)
    try:
        kind = registry.get(document.kind)
        pdf = rendering.render_pdf(
            template=kind.template, context=document.context, language=document.language
        )
        if kind.sealed:
            pdf = sealing.seal(pdf, reason=document.title, title=document.title)
        name, digest = _store(pdf)
    except Exception as error:
        _note_failure(document, token, error)
        return False
    now = clock.now()
    made = Document.objects.filter(pk=document_id, lease=token, state=DocumentState.RENDERING).update(
        state=DocumentState.READY,
        file=name,
        sha256=digest,
        size=len(pdf),
        sealed=kind.sealed,
        ready_at=now,
        changed_at=now,
        lease="",
        leased_until=None,
        error="",
    )
    if not made:
        log.warning("document_lease_lost", document=document.public_id)
        if not Document.objects.filter(file=name).exists():
            default_storage.delete(name)
        return False
    log.info("document_ready", document=document.public_id, kind=document.kind, size=len(pdf))
    # The file is there, whatever a listener makes of it: its errors go to the log.
    document_ready.send_robust(sender=Document, document=document)
    return True


def _note_failure(document: Document, token: str, error: Exception) -> None:
    final = document.attempts >= MAX_ATTEMPTS or isinstance(error, rendering.PdfUnavailable)
    log.error("document_failed", document=document.public_id, attempt=document.attempts, exc_info=error)
    Document.objects.filter(pk=document.pk, lease=token).update(
        state=DocumentState.FAILED if final else DocumentState.QUEUED,
        error=f"{type(error).__name__}: {error}"[:2000],
        lease="",
        leased_until=None if final else clock.now() + dt.timedelta(seconds=2**document.attempts),
    )


def _store(pdf: bytes) -> tuple[str, str]:
    """Put a file where its own hash says, whole or not at all; its name in the storage and its SHA-256."""
    digest = hashlib.sha256(pdf).hexdigest()
    name = f"documents/{digest[:2]}/{digest}.pdf"
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{digest}.{secrets.token_hex(4)}")
    try:
        with draft.open("wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return name, digest


def sweep() -> int:
    """Send unfinished rows whose moment has passed to the worker again; how many.

    These are rows whose task was lost with the broker, that pause after an error, or whose worker died.
    """
    now = clock.now()
    Document.objects.filter(
        state=DocumentState.RENDERING, leased_until__lt=now, attempts__gte=MAX_ATTEMPTS
    ).update(
        state=DocumentState.FAILED,
        error="The worker stopped each time it made this document.",
        lease="",
        leased_until=None,
    )
    unfinished = (DocumentState.QUEUED, DocumentState.RENDERING)
    due = Document.objects.filter(state__in=unfinished, leased_until__lt=now).order_by("leased_until")
    sent = 0
    for pk in due.values_list("pk", flat=True)[:SWEEP_LIMIT]:
        # Only if nobody has taken it meanwhile.
        again = Document.objects.filter(pk=pk, state__in=unfinished, leased_until__lt=now).update(
            state=DocumentState.QUEUED, lease="", leased_until=now + PATIENCE
        )
        if again and not send_task(RENDER_TASK, pk):
            break
        sent += again
    return sent
