"""The worker's tasks of the ground floor: each takes an id and calls one service."""

from __future__ import annotations

from typing import Any

import structlog
from celery import shared_task
from celery.signals import worker_init, worker_process_init

from ecett.core.documents import rendering, sealing
from ecett.core.documents import services as documents
from ecett.core.exports.tasks import (  # noqa: F401 - gathered here for the worker
    remove_exports,
    run_export,
    sweep_exports,
)
from ecett.core.imports.tasks import run_import, sweep_imports  # noqa: F401 - gathered here for the worker
from ecett.core.notifications import services as notifications
from ecett.core.pictures import services as pictures

log = structlog.get_logger(__name__)


@shared_task
def render_document(document_id: int) -> None:
    """Make the file of a document row (idempotent)."""
    documents.render(document_id)


@shared_task
def sweep_documents() -> None:
    """Send documents that a dead worker or an emptied broker lost to the workers again."""
    documents.sweep()


@shared_task
def send_notification(notification_id: int) -> None:
    """Send one letter (idempotent)."""
    notifications.send(notification_id)


@shared_task
def sweep_notifications() -> None:
    """Send letters whose task was lost or whose pause is over."""
    notifications.sweep()


@shared_task
def sweep_pictures() -> None:
    """Take away the files of pictures that were removed."""
    pictures.sweep_files()


@worker_init.connect
def load_press(**_kwargs: Any) -> None:
    """Import what printing and sealing need once, before the workers are forked: they share the memory,
    and a new worker that takes the place of an old one begins at once."""
    try:
        rendering.load()
    except rendering.PdfUnavailable as error:
        log.error("pdf_unavailable", reason=str(error))
        return
    sealing.load()


@worker_process_init.connect
def warm_press(**_kwargs: Any) -> None:
    """Fonts and styles of this worker; a worker that cannot print does the other work."""
    try:
        rendering.warm_up()
    except rendering.PdfUnavailable as error:
        log.error("pdf_unavailable", reason=str(error))
