"""News from the journey (a confirmed stay is worth a certificate A) and from the worker (its PDF is there)."""

from __future__ import annotations

from typing import Any

from certification.services import issue_for_stay, kinds
from ecett.core.dispatch import send_task
from ecett.core.models import Document
from trainees.models import Internship

ANNOUNCE_TASK = "certification.tasks.announce_certificate"


def issue_after_attendance(sender: Any, internship: Internship, **_kwargs: Any) -> None:
    """For the trainee and each companion with an account, in the transaction of the confirmation."""
    issue_for_stay(internship=internship)


def announce_when_ready(sender: Any, document: Document, **_kwargs: Any) -> None:
    """Its holder is told by a task of its own: documents that wait are made first."""
    if document.kind == kinds.CERTIFICATE:
        send_task(ANNOUNCE_TASK, document.object_id)
