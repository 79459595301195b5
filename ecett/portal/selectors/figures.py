"""The network in six figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median

from django.db.models import Count, Min

from ecett.core.clock import now, today
from ecett.portal.selectors.cached import remember
from goodpractices.models import GoodPractice
from helpdesk.models import HelpRequest
from hosts.models import Host
from trainees.enums import InternshipState
from trainees.models import Internship

# Stays that took or take place.
REAL_STAYS = (InternshipState.AGREED, InternshipState.CONFIRMED)
# How far back requests are looked at for the days until the first answer.
ANSWERS_SINCE = dt.timedelta(days=730)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Figures:
    """Counts of published cards and of stays; `answer_days` is None before the first answer."""

    hosts: int
    countries: int
    practices: int
    languages: int
    stays: int
    answer_days: int | None
    counted_at: dt.datetime


def figures() -> Figures:
    """The network now, at most a minute old; four queries when counted."""
    return remember("figures", count_figures)


def count_figures() -> Figures:
    """The network at this moment: one query each for hosts, practices, stays and answers."""
    hosts = Host.objects.published().aggregate(n=Count("pk"), countries=Count("country", distinct=True))
    practices = GoodPractice.objects.published().aggregate(
        n=Count("pk"), languages=Count("language", distinct=True)
    )
    day = today()
    stays = Internship.objects.filter(
        state__in=REAL_STAYS, start__gte=dt.date(day.year, 1, 1), start__lte=day
    ).count()
    return Figures(
        hosts=hosts["n"],
        countries=hosts["countries"],
        practices=practices["n"],
        languages=practices["languages"],
        stays=stays,
        answer_days=median_answer_days(),
        counted_at=now(),
    )


def median_answer_days() -> int | None:
    """Days from a request to the first host's answer, the median over two years, at least 1; None without."""
    rows = (
        HelpRequest.objects.filter(filed_at__gte=now() - ANSWERS_SINCE)
        .annotate(first_answer=Min("proposals__answered_at"))
        .filter(first_answer__isnull=False)
        .values_list("filed_at", "first_answer")
    )
    days = [(answered - filed) / DAY for filed, answered in rows]
    return max(1, round(median(days))) if days else None
