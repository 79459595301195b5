"""Work that lasts longer than a page: one row a job, run by the worker under a lease (`ecett.core.jobs`)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from ecett.core.models.base import Public

# Every kind of job has these three states, and those of its own in which it ends well.
QUEUED, RUNNING, FAILED = "queued", "running", "failed"
PENDING = (QUEUED, RUNNING)


class Job(Public):
    """What every kind of job has; ``state`` and ``requested_by`` are its own."""

    state: Any
    requested_by: Any
    finished_at = models.DateTimeField(null=True, blank=True)
    # Who runs it, and until when: a job whose worker died is taken again by the sweep.
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def pending(self) -> bool:
        """Whether something will still happen to it."""
        return self.state in PENDING

    @property
    def spoken(self) -> str:
        """The language in which its person is told what stopped it."""
        return getattr(self.requested_by, "language", "") or settings.LANGUAGE_CODE
