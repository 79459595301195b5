"""Sheets at once, or as background jobs: queued, made under a lease, watched, cancelled, removed after a week.

A sheet is read in one transaction of its own (REPEATABLE READ): however long it takes, it tells of one moment. A beside
thread says how far it is. The file is stored before the row says so, by the run that still holds the lease: a worker
that dies leaves no half file, and the sweep starts the job anew. A job makes one file, however often its task is
started.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from os import SEEK_END
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.cache import cache
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ecett.core import clock, jobs
from ecett.core.dispatch import send_task_on_commit
from ecett.core.exports import kinds
from ecett.core.exports.orders import Order
from ecett.core.exports.sheets import TooManyRows
from ecett.core.links import absolute
from ecett.core.models import ExportJob
from ecett.core.models.exportjob import ExportState
from ecett.core.models.job import PENDING
from ecett.core.notifications.registry import NotificationKind, register
from ecett.core.notifications.services import notify

RUN_TASK = "ecett.core.tasks.run_export"
# A sheet of so many rows comes at once: all columns of so many hosts take 2 s as CSV and 3 s as XLSX, and the whole
# directory of today has fewer. A hundred thousand take 2 and 4 minutes.
AT_ONCE = 2000
# One person's jobs do not keep letters and documents of the others waiting.
MOST_PENDING = 3
# The file goes after a week, the row that says what it was after a month.
KEPT = dt.timedelta(days=7)
REMEMBERED = dt.timedelta(days=30)
# An order from a script finds the file that was made of it lately.
FRESH = dt.timedelta(hours=1)
# Whoever waited longer and has left the page gets a letter.
LONG = dt.timedelta(minutes=1)
# Pages that follow a job ask every few seconds.
WATCHED_SECONDS = 15
READY_LETTER = register(
    NotificationKind("core.export_ready", "core/mail/export_ready", gettext_lazy("you asked for this export"))
)


class NotPossible(Exception):
    """The export is not in a state for this; the text says why."""


def write_at_once(*, order: Order, user: Any) -> IO[bytes]:
    """The sheet of an order as an open file; the caller closes it. Whoever takes private columns is written down."""
    stream = TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        rows = order.write(stream)
        _note(order, user, rows)
    except BaseException:
        stream.close()
        raise
    return stream


def queue_export(*, order: Order, user: Any, filters: Sequence[str] = (), once: str = "") -> ExportJob:
    """Write the job and send it to the worker on commit. The same order that is being made, and the same press
    (``once``), give the same job. Raises `NotPossible` when she has too many.
    """
    known = _known(order, user, once)
    if known is not None:
        return known
    _refuse_many(user)
    try:
        with transaction.atomic():
            job = ExportJob.objects.create(
                kind=order.kind.name,
                form=order.form,
                columns=list(order.headings),
                address=order.address,
                filters=list(filters),
                language=order.language,
                digest=order.digest,
                once=once,
                requested_by=user,
                asked_at=clock.now(),
            )
            send_task_on_commit(RUN_TASK, job.pk)
    except IntegrityError:
        # The other press of the button was faster.
        known = _known(order, user, once)
        if known is None:
            raise
        return known
    return job


def make_again(*, job: ExportJob) -> ExportJob:
    """Make a failed, cancelled or removed one anew, of what is there now. Raises `NotPossible`."""
    now = clock.now()
    _refuse_many(job.requested_by)
    again = (ExportState.FAILED, ExportState.CANCELLED, ExportState.REMOVED)
    try:
        with transaction.atomic():
            changed = ExportJob.objects.filter(pk=job.pk, state__in=again).update(
                state=ExportState.QUEUED,
                attempts=0,
                done=0,
                total=0,
                error="",
                asked_at=now,
                finished_at=None,
                taken_at=None,
                changed_at=now,
            )
            if changed:
                send_task_on_commit(RUN_TASK, job.pk)
    except IntegrityError:
        # The same order is being made under another number.
        return ExportJob.objects.get(requested_by=job.requested_by, digest=job.digest, state__in=PENDING)
    if not changed and not ExportJob.objects.filter(pk=job.pk, state__in=PENDING).exists():
        raise NotPossible(_("This export has its file."))
    return job


def remove(*, job: ExportJob) -> ExportJob:
    """Stop it while it is made, forget one that failed, delete the file of one that is ready. Once is enough."""
    with transaction.atomic():
        job = ExportJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
        file = job.file.name or ""
        if job.state in (*PENDING, ExportState.FAILED):
            job.state = ExportState.CANCELLED
        elif job.state == ExportState.READY:
            job.state = ExportState.REMOVED
        job.lease, job.leased_until, job.file = "", None, ""
        job.finished_at = job.finished_at or clock.now()
        job.save()
        transaction.on_commit(lambda: _delete(file))
    return job


def note_taken(*, job: ExportJob) -> None:
    """The person has the file: nothing reminds her any more."""
    ExportJob.objects.filter(pk=job.pk, taken_at=None).update(taken_at=clock.now())


def note_watched(job: ExportJob) -> None:
    """Somebody looks at its page: no letter is needed."""
    cache.set(_watched(job), True, WATCHED_SECONDS)


# ── The worker's side ──────────────────────────────────────────────────────────────────────────────────────
def run_job(job_id: int) -> bool:
    """Make the sheet of a job. False when there was nothing to do: it is made elsewhere, has ended, or is gone."""
    run = jobs.take(ExportJob, job_id, done=0)
    if run is None:
        return False
    with run.ending(gettext_lazy("A fault of the portal stopped this export.")):
        try:
            _make(run)
        except NotPossible as error:
            run.fail(str(error))
        except TooManyRows as error:
            run.fail(error.say())
    return True


def sweep() -> int:
    """Send again what was lost, and give up in the end; how many were sent."""
    worn = gettext_lazy("The worker ended three times before this export did.")
    return jobs.sweep(ExportJob, task=RUN_TASK, worn=worn)


def remove_old() -> int:
    """Delete the files whose week is over, and rows nobody needs any more; how many files. What a run left behind that
    died between its file and its row goes too.
    """
    now = clock.now()
    old = ExportJob.objects.filter(state=ExportState.READY, finished_at__lt=now - KEPT)
    removed = 0
    for job in old.iterator():
        remove(job=job)
        removed += 1
    ExportJob.objects.exclude(state__in=(*PENDING, ExportState.READY)).filter(
        asked_at__lt=now - REMEMBERED
    ).delete()
    _remove_orphans(now)
    return removed


def _make(run: jobs.Run[ExportJob]) -> None:
    job = run.job
    kind = kinds.find(job.kind)
    user = job.requested_by
    if kind is None:
        raise NotPossible(_("This list is not exported any more."))
    order = Order(kind, job.form, tuple(job.columns), job.address, job.language)
    if not order.allowed(user):
        raise NotPossible(_("You may no longer take all of these columns. Please choose anew."))
    with TemporaryFile() as file, run.alive(done=0, total=0) as told:
        rows = order.write(file, progress=lambda done, total: told(done=done, total=total))
        size = file.seek(0, SEEK_END)
        file.seek(0)
        name = default_storage.save(f"exports/{job.public_id}-{run.lease[:8]}.{job.form}", File(file))
    try:
        _finish(run, order, rows=rows, size=size, name=name)
    except BaseException:
        _delete(name)
        raise


@transaction.atomic
def _finish(run: jobs.Run[ExportJob], order: Order, *, rows: int, size: int, name: str) -> None:
    """Say that the file is there, in one transaction with the note and the letter. Raises `Stopped` when the job is not
    ours now.
    """
    job = run.job
    run.end(state=ExportState.READY, file=name, size=size, done=rows, total=rows)
    _note(order, job.requested_by, rows)
    if clock.now() - job.asked_at > LONG and not cache.get(_watched(job)):
        _write_letter(job, order, rows)


def _write_letter(job: ExportJob, order: Order, rows: int) -> None:
    url = absolute(reverse("exports:export_detail", args=[job.public_id]))
    notify(
        kind=READY_LETTER.name,
        to=job.requested_by,
        context={"list": str(order.kind.label), "rows": rows, "days": KEPT.days},
        subject=job,
        action_url=url,
    )


def _note(order: Order, user: Any, rows: int) -> None:
    if order.kind.note and order.private:
        order.kind.note(user=user, address=order.address, cards=rows)


def _known(order: Order, user: Any, once: str) -> ExportJob | None:
    same = Q(digest=order.digest, state__in=PENDING)
    return ExportJob.objects.filter(same | Q(once=once) if once else same, requested_by=user).first()


def _refuse_many(user: Any) -> None:
    pending = ExportJob.objects.filter(requested_by=user, state__in=PENDING).count()
    if pending >= MOST_PENDING:
        text = ngettext(
            "%(n)s of your exports is being made. Wait until it is ready, or cancel it.",
            "%(n)s of your exports are being made. Wait until one is ready, or cancel one.",
            pending,
        )
        raise NotPossible(text % {"n": pending})


def _watched(job: ExportJob) -> str:
    return f"export-watched:{job.public_id}"


def _delete(name: str) -> None:
    if name:
        default_storage.delete(name)


def _remove_orphans(now: dt.datetime) -> None:
    """Files of no row that are older than any run."""
    try:
        names = [f"exports/{name}" for name in default_storage.listdir("exports")[1]]
    except FileNotFoundError:
        return
    known = set(ExportJob.objects.filter(file__in=names).values_list("file", flat=True))
    for name in names:
        if name not in known and default_storage.get_modified_time(name) < now - dt.timedelta(days=1):
            default_storage.delete(name)
