"""What the export pages show, each with a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ecett.core import clock
from ecett.core.components.formats import number
from ecett.core.exports import kinds
from ecett.core.exports.orders import Order
from ecett.core.exports.services import FRESH
from ecett.core.models import ExportJob
from ecett.core.models.exportjob import ExportState
from ecett.core.todo import Todo

SHOWN = 5


def exports_of(user: Any) -> QuerySet[ExportJob]:
    """The exports that a person asked for, the last first. Nobody sees another's."""
    return ExportJob.objects.filter(requested_by=user)


def last_exports(user: Any, kind: str) -> list[ExportJob]:
    """Her last exports of a list."""
    return list(exports_of(user).filter(kind=kind)[:SHOWN])


def made_lately(order: Order, user: Any) -> ExportJob | None:
    """The same order of this person, ready and no older than an hour."""
    since = clock.now() - FRESH
    ready = exports_of(user).filter(state=ExportState.READY, finished_at__gte=since)
    return ready.filter(digest=order.digest).first()


def label_of(job: ExportJob) -> str:
    """What was exported: “Hosts”."""
    kind = kinds.find(job.kind)
    return str(kind.label) if kind else job.kind


def export_todos(user: Any) -> Iterator[Todo]:
    """Files that nobody has fetched, and what could not be made."""
    waiting = exports_of(user).filter(state__in=(ExportState.READY, ExportState.FAILED), taken_at=None)
    for job in waiting[:SHOWN]:
        ready = job.state == ExportState.READY
        rows = number(job.total)
        title = _("%(list)s: your export") % {"list": label_of(job)}
        text = _("Ready: %(n)s rows") % {"n": rows} if ready else _("Could not be made: try again?")
        yield Todo(
            title,
            text,
            reverse("exports:export_detail", args=[job.public_id]),
            job.finished_at or job.changed_at,
        )
