"""Jobs of the worker: taken under a lease, kept alive, ended once, sent again when their worker is lost.

A run takes the row by one UPDATE that gives it a lease, and only whoever still holds the lease says how it ended: a job
runs to its end once, however often its task is started::

    run = jobs.take(ExportJob, job_id, done=0)
    if run is not None:
        with run.ending(gettext_lazy("A fault of the portal stopped this export.")):
            with run.alive(done=0, total=0) as told:
                …work, with told(done=…, total=…) now and then…
            run.end(state=ExportState.READY, …)
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import structlog
from django.db.models import F, Q, QuerySet
from django.utils import translation
from django.utils.functional import Promise

from ecett.core import clock
from ecett.core.dispatch import send_task
from ecett.core.heartbeat import Heartbeat, Stopped
from ecett.core.models.job import FAILED, QUEUED, RUNNING, Job

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 3
LEASE = dt.timedelta(seconds=60)
BEAT_SECONDS = 2.0
# A queued job that no worker has taken after this long is sent again.
PATIENCE = dt.timedelta(seconds=20)
SWEEP_LIMIT = 100

J = TypeVar("J", bound=Job)


class Told(Protocol):
    """Says how far a job is, by columns of its row; raises `Stopped` when it is no longer this run's."""

    def __call__(self, **columns: int) -> None: ...


def take(model: type[J], job_id: int, **begin: Any) -> Run[J] | None:
    """Take a job for one run. None when there is nothing to do: it is run elsewhere, has ended, is worn out, or is
    gone. ``begin``: columns that start anew with each run.
    """
    lease = secrets.token_hex(16)
    now = clock.now()
    free = Q(state=QUEUED) | Q(state=RUNNING, leased_until__lt=now)
    jobs: QuerySet[J] = model._default_manager.filter(pk=job_id)
    taken = jobs.filter(free, attempts__lt=MAX_ATTEMPTS).update(
        state=RUNNING,
        lease=lease,
        leased_until=now + LEASE,
        attempts=F("attempts") + 1,
        error="",
        changed_at=now,
        **begin,
    )
    return Run(jobs.select_related("requested_by").get(), lease) if taken else None


@dataclass(frozen=True)
class Run(Generic[J]):
    """One worker's hold on a job. What it writes it writes only while the lease is its own."""

    job: J
    lease: str

    @property
    def _mine(self) -> QuerySet[J]:
        jobs: QuerySet[J] = type(self.job)._default_manager.filter(pk=self.job.pk)
        return jobs.filter(lease=self.lease, state=RUNNING)

    @contextmanager
    def alive(self, **columns: int) -> Iterator[Told]:
        """Signs of life beside the work, each with how far it is. ``columns``: where it begins."""
        at = columns

        def beat() -> bool:
            return bool(self._mine.update(leased_until=clock.now() + LEASE, **at))

        def told(**columns: int) -> None:
            nonlocal at
            at = columns
            heart.check()

        with Heartbeat(beat, seconds=BEAT_SECONDS) as heart:
            yield told

    def end(self, *, state: str, **columns: Any) -> None:
        """Say how it ended. Raises `Stopped` when the job is not ours now."""
        if not self._mine.update(**ended(state), **columns):
            raise Stopped

    def fail(self, text: str) -> None:
        """Say what stopped it, unless the job is not ours now."""
        self._mine.update(**ended(FAILED), error=text)

    @contextmanager
    def ending(self, fault: str | Promise) -> Iterator[None]:
        """In the language of the job's person; what the work raises beside its own errors is told as ``fault``."""
        with translation.override(self.job.spoken):
            try:
                yield
            except Stopped:
                log.info("job_stopped", kind=self.job._meta.model_name, job=self.job.public_id)
            except Exception:
                log.exception("job_broken", kind=self.job._meta.model_name, job=self.job.public_id)
                self.fail(str(fault))


def sweep(model: type[J], *, task: str, worn: str | Promise) -> int:
    """Send again what was lost: queued jobs no worker took, running ones whose worker is silent; how many. Gives up in
    the end, and says ``worn``.
    """
    now = clock.now()
    silent = Q(state=RUNNING, leased_until__lt=now)
    jobs: QuerySet[J] = model._default_manager.all()
    lost = jobs.filter(silent | Q(state=QUEUED, changed_at__lt=now - PATIENCE))
    hopeless = lost.filter(attempts__gte=MAX_ATTEMPTS)
    for job in hopeless.select_related("requested_by"):
        with translation.override(job.spoken):
            hopeless.filter(pk=job.pk).update(**ended(FAILED), error=str(worn))
    sent = 0
    for job_id in lost.filter(attempts__lt=MAX_ATTEMPTS).values_list("pk", flat=True)[:SWEEP_LIMIT]:
        jobs.filter(pk=job_id).update(changed_at=now)
        sent += send_task(task, job_id)
    return sent


def ended(state: str) -> dict[str, Any]:
    """The columns of a job that has just ended: nobody runs it any more."""
    now = clock.now()
    return {"state": state, "finished_at": now, "changed_at": now, "lease": "", "leased_until": None}
