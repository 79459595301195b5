"""What stays say of a host: how many there were and when, what trainees thought, why some did not take place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Avg, Count, Max, Prefetch, Q
from django.db.models.functions import ExtractYear

from ecett.core.clock import day_of
from hosts.freshness import Side
from hosts.models import Host
from trainees.enums import EvaluationState, InternshipState, Party
from trainees.models import Evaluation, EvaluationLog, Internship, InternshipLog

#: One or two looks back would say who wrote them, and too little of the host.
SHOWN_FROM = 3
#: As many stand on the card; the marks of all of them count.
MOST_SHOWN = 40
MOST_CANCELLED = 20


@dataclass(frozen=True)
class PastStays:
    """Stays that took place: how many in all, in each year (the last one first), and when the last one ended."""

    total: int = 0
    last: dt.date | None = None
    years: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True)
class Opinion:
    """One look back as the card shows it; ``hidden_on`` and ``reason`` instead of the words when they are hidden."""

    evaluation: Evaluation
    when: dt.date
    language: str
    hidden_on: dt.date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Opinions:
    """``given``: the base of the averages (1 to 5) and of ``again``."""

    given: int = 0
    usefulness: float = 0.0
    preparation: float = 0.0
    again: int = 0
    rows: Sequence[Opinion] = field(default_factory=tuple)

    @property
    def shown(self) -> bool:
        """Whether there are enough of them to be shown to everybody."""
        return self.given >= SHOWN_FROM


@dataclass(frozen=True)
class Cancelled:
    """A stay that was called off: when, by which side, and why."""

    on: dt.date
    side: Side
    reason: str


def past_stays(host: Host) -> PastStays:
    """The stays that a host has confirmed. One query."""
    rows = (
        Internship.objects.filter(host=host, state=InternshipState.CONFIRMED)
        .order_by()
        .annotate(year=ExtractYear("end"))
        .values("year")
        .annotate(count=Count("pk"), last=Max("end"))
        .order_by("-year")
    )
    years = [(row["year"], row["count"], row["last"]) for row in rows]
    if not years:
        return PastStays()
    return PastStays(
        sum(count for _year, count, _last in years),
        max(last for _year, _count, last in years),
        [(year, count) for year, count, _last in years],
    )


def opinions_of(host: Host) -> Opinions:
    """What trainees thought of their stays at a host. Three queries, whatever their number."""
    all_of_them = Evaluation.objects.filter(
        internship__host=host, internship__state=InternshipState.CONFIRMED, party=Party.TRAINEE
    )
    sums = all_of_them.aggregate(
        given=Count("pk"),
        usefulness=Avg("usefulness"),
        preparation=Avg("preparation"),
        again=Count("pk", filter=Q(again=True)),
    )
    if not sums["given"]:
        return Opinions()
    hides = Prefetch("log", EvaluationLog.objects.filter(step="hide").order_by("pk"), to_attr="hides")
    rows = (
        all_of_them.exclude(comment="")
        .select_related("internship__project")
        .prefetch_related(hides)
        .order_by("-internship__end", "-pk")[:MOST_SHOWN]
    )
    return Opinions(**sums, rows=[_opinion(row) for row in rows])


def _opinion(row: Evaluation) -> Opinion:
    hides: list[EvaluationLog] = row.hides  # type: ignore[attr-defined]
    stay = row.internship
    if row.state != EvaluationState.HIDDEN or not hides:
        return Opinion(row, stay.end, stay.project.language)
    return Opinion(row, stay.end, stay.project.language, day_of(hides[-1].at), hides[-1].comment)


def cancelled_stays(host: Host) -> list[Cancelled]:
    """The latest stays that were called off, for those whom the reasons concern. One query."""
    rows = InternshipLog.objects.filter(
        step="cancel", subject__host=host, subject__state=InternshipState.CANCELLED
    ).select_related("subject__project")
    return [Cancelled(day_of(row.at), row.side, row.comment) for row in rows.order_by("-pk")[:MOST_CANCELLED]]
