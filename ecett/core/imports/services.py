"""Imports as background jobs: queued, run under a lease, watched, cancelled, made real after a dry run.

The counts, the notes and "done" are written in the transaction of the import itself: a worker that dies
leaves neither rows nor a job that says it is done, and the sweep starts it anew. A job runs to its end once,
however often its task is started.
"""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import pghistory
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecett.core import clock, jobs
from ecett.core.dispatch import send_task_on_commit
from ecett.core.ids import public_id
from ecett.core.imports import registry
from ecett.core.imports.engine import ImportFailed, Source, UnusableFile, import_files
from ecett.core.imports.files import layout_of, local_copy
from ecett.core.imports.report import OUTCOMES, Report, place, sorted_notes
from ecett.core.models import ImportJob, ImportRow
from ecett.core.models.importjob import Answer, ImportQuestion, ImportState
from ecett.core.models.job import PENDING
from ecett.core.words import Message

RUN_TASK = "ecett.core.tasks.run_import"


class NotPossible(Exception):
    """The job is not in a state for this; the text says why."""


def queue_import(
    *,
    kind: str,
    file: File,
    filename: str,
    dry_run: bool,
    requested_by: Any = None,
    layout: str = "",
    map_text: str = "",
    once: str = "",
) -> ImportJob:
    """Keep the file, write the job and send it to the worker on commit.

    ``layout`` names one that ships with the portal (empty: recognised), ``map_text`` is a column map brought
    along. ``once`` is the public id the job shall have: whoever asks twice with it gets the first job.
    """
    if once and (known := ImportJob.objects.filter(public_id=once, requested_by=requested_by).first()):
        return known
    job = ImportJob(
        public_id=once or public_id(),
        kind=kind,
        filename=PurePath(filename).name[:255],
        layout=layout,
        map_text=map_text,
        dry_run=dry_run,
        requested_by=requested_by,
    )
    # The stored name is ours: the person's own may hold anything.
    job.file.save(f"{job.public_id}{PurePath(filename).suffix.lower()[:6]}", file, save=False)
    try:
        with transaction.atomic():
            job.save()
            send_task_on_commit(RUN_TASK, job.pk)
    except IntegrityError:
        # The other press of the button was faster.
        job.file.delete(save=False)
        return ImportJob.objects.get(public_id=once, requested_by=requested_by)
    return job


def apply_dry_run(
    *, job: ImportJob, requested_by: Any = None, answers: Mapping[int, str] | None = None
) -> ImportJob:
    """Run the same file for real; pressing twice gives the same job. Raises `NotPossible`.

    ``answers``: {number of a question of the dry run: `Answer`}; others are left for later.
    """
    with transaction.atomic():
        job = ImportJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
        known = ImportJob.objects.filter(follows=job).first()
        if known is not None:
            return known
        if not job.dry_run or job.state != ImportState.DONE:
            raise NotPossible(_("Only a dry run that is done can be made real."))
        questions = list(job.questions.filter(pk__in=answers or ()))
        for question in questions:
            question.answer = (answers or {})[question.pk]
            if question.answer not in Answer.values:
                raise NotPossible(_("This answer is not known here. Please choose again."))
        ImportQuestion.objects.bulk_update(questions, ["answer"])
        real = ImportJob.objects.create(
            kind=job.kind,
            filename=job.filename,
            file=job.file.name,
            layout=job.layout,
            map_text=job.map_text,
            requested_by=requested_by,
            follows=job,
        )
        send_task_on_commit(RUN_TASK, real.pk)
    return real


def cancel(*, job: ImportJob) -> ImportJob:
    """Stop a job that has not ended; what it has done so far is undone. Raises `NotPossible`."""
    pending = ImportJob.objects.filter(pk=job.pk, state__in=PENDING)
    if not pending.update(**jobs.ended(ImportState.CANCELLED)):
        raise NotPossible(_("This import has already ended."))
    job.refresh_from_db()
    return job


def run_job(job_id: int) -> bool:
    """Run a job to its end. False when there was nothing to do: it is run elsewhere, has ended, or is
    gone.
    """
    run = jobs.take(ImportJob, job_id, started_at=clock.now(), read=0)
    if run is None:
        return False
    with run.ending(gettext_lazy("A fault of the portal stopped this import; nothing was imported.")):
        try:
            _run(run)
        except (UnusableFile, ImportFailed) as error:
            run.fail(error.message.say(_))
    return True


def sweep() -> int:
    """Send again what was lost, and give up in the end; how many were sent."""
    worn = gettext_lazy("The worker ended three times before this import did; nothing was imported.")
    return jobs.sweep(ImportJob, task=RUN_TASK, worn=worn)


def _run(run: jobs.Run[ImportJob]) -> None:
    job = run.job
    importer_class = registry.find(job.kind)
    if importer_class is None:
        raise ImportFailed(Message("“{kind}” cannot be imported any more.", {"kind": job.kind}))
    importer = importer_class(actor=job.requested_by)
    if job.follows_id:
        given = ImportQuestion.objects.filter(job=job.follows_id).exclude(answer=Answer.LATER)
        importer.answers = {row.line: (row.key, row.answer) for row in given}
    layout = layout_of(job, importer_class)
    with (
        local_copy(job) as path,
        run.alive(read=0, total=0) as told,
        pghistory.context(user=job.requested_by_id, import_job=job.pk),
    ):
        import_files(
            importer,
            [Source(path, job.filename)],
            layout=layout,
            dry_run=job.dry_run,
            progress=lambda read, total: told(read=read, total=total),
            finish=lambda report: _finish(run, report),
        )


def _finish(run: jobs.Run[ImportJob], report: Report) -> None:
    """Write what became of the rows, in the import's own transaction. Raises `Stopped` when the job is not
    ours now.
    """
    job = run.job
    run.end(
        state=ImportState.DONE,
        read=report.read,
        total=report.read,
        unchanged=report.unchanged_count,
        unasked=report.unasked,
        layout=", ".join(report.layouts)[:80],
        **{name: report.counts[name] for name in OUTCOMES},
    )
    if job.dry_run:
        ImportQuestion.objects.bulk_create(
            ImportQuestion(
                job=job,
                line=asked.line,
                subject=asked.subject[:400],
                candidate=asked.candidate[:400],
                url=asked.url,
                why=asked.why[:400],
                key=asked.key,
            )
            for asked in sorted(report.questions, key=lambda each: each.line)
        )
    several = len(report.sources) > 1
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                job=job,
                line=note.line,
                outcome=note.outcome,
                field=note.field[:200],
                reason=place(note, several=several),
            )
            for note in sorted_notes(report.notes, report.sources)
        ),
        batch_size=2000,
    )
