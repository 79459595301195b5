"""What the import pages show, each with a constant number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from ecett.core.imports import registry
from ecett.core.imports.engine import Importer
from ecett.core.models import ImportJob, ImportRow
from ecett.core.models.importjob import RowOutcome


@dataclass(frozen=True)
class OutcomeCount:
    """One outcome, the rows that had it, and the notes there are about it."""

    value: str
    label: str | Promise
    rows: int
    notes: int


def importers_for(user: Any) -> list[type[Importer]]:
    """The kinds a person may import."""
    return [importer for importer in registry.every() if user.has_perm(importer.permission())]


def jobs_visible_to(user: Any) -> QuerySet[ImportJob]:
    """The jobs of the kinds a person may import, newest first."""
    kinds = [importer.kind for importer in importers_for(user)]
    return ImportJob.objects.filter(kind__in=kinds).select_related("requested_by")


def outcomes_of(job: ImportJob) -> list[OutcomeCount]:
    """Every outcome of a job with its counts, in the order they are told. One query."""
    notes = dict(job.rows.values_list("outcome").annotate(n=Count("pk")).order_by())
    return [
        OutcomeCount(outcome.value, outcome.label, job.counts[outcome.value], notes.get(outcome.value, 0))
        for outcome in RowOutcome
    ]


def notes_of(job: ImportJob, outcome: str = "") -> QuerySet[ImportRow]:
    """The notes of a job by line. An outcome that does not exist has none."""
    wanted = Q(outcome=outcome) if outcome else Q()
    return job.rows.filter(wanted)
