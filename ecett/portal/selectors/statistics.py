"""The network by country, sector, language, year and level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Func, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from certification.enums import CertificateState, Level
from certification.models import Certificate
from ecett.core import languages
from ecett.core.clock import now
from ecett.portal.selectors.cached import remember
from ecett.portal.selectors.figures import REAL_STAYS
from goodpractices.models import GoodPractice
from hosts.enums import Sector
from hosts.models import Host
from trainees.models import Internship

# A chart shows so many bars; the table in the export has them all.
BARS = 12


@dataclass(frozen=True)
class Breakdown:
    """One question answered by groups: `rows` are (code, count), the largest or the earliest first."""

    key: str
    title: str | Promise
    head: str | Promise
    rows: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _code, count in self.rows)

    @property
    def bars(self) -> list[tuple[str, int]]:
        """(label, count) of the first groups; what is left stands together as the last one."""
        shown = [(label_of(self.key, code), count) for code, count in self.rows]
        if len(shown) <= BARS:
            return shown
        return [*shown[: BARS - 1], (str(_("all others")), sum(count for _label, count in shown[BARS - 1 :]))]


@dataclass(frozen=True)
class Statistics:
    """All breakdowns and when they were counted."""

    counted_at: dt.datetime
    counts: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    @property
    def breakdowns(self) -> list[Breakdown]:
        return [Breakdown(key, title, head, self.counts[key]) for key, (title, head) in WORDS.items()]


WORDS = {
    "hosts_country": (_("Hosts by country"), _("Country")),
    "hosts_sector": (_("Hosts by sector"), _("Sector")),
    "practices_country": (_("Good practices by country"), _("Country")),
    "practices_sector": (_("Good practices by sector"), _("Sector")),
    "practices_language": (_("Good practices by language"), _("Language")),
    "stays_year": (_("Stays by year"), _("Year")),
    "stays_country": (_("Stays by host country"), _("Country")),
    "certificates_level": (_("Certificates by level"), _("Level")),
}


def statistics() -> Statistics:
    """Everything the statistics page shows, at most a minute old; one query for each breakdown."""
    return remember("statistics", count_statistics)


def count_statistics() -> Statistics:
    """Count now. Hosts and practices as published; stays that took place; certificates that are valid."""
    hosts, practices = Host.objects.published(), GoodPractice.objects.published()
    stays = Internship.objects.filter(state__in=REAL_STAYS)
    valid = Certificate.objects.filter(state=CertificateState.VALID)
    return Statistics(
        now(),
        {
            "hosts_country": _largest(hosts, "country"),
            "hosts_sector": _largest(hosts, _each("sectors")),
            "practices_country": _largest(practices.exclude(country=""), "country"),
            "practices_sector": _largest(practices, _each("sectors")),
            "practices_language": _largest(practices, "language"),
            "stays_year": _in_order(_grouped(stays, ExtractYear("start"))),
            "stays_country": _largest(stays, "host__country"),
            "certificates_level": _in_order(_grouped(valid, "level")),
        },
    )


def _each(name: str) -> Func:
    """Every element of an array column: a card with two sectors counts in both."""
    return Func(name, function="unnest")


def _grouped(rows: QuerySet[Any], group: Any) -> Iterable[tuple[str, int]]:
    if isinstance(group, str):
        counted = rows.order_by().values_list(group).annotate(n=Count("pk"))
    else:
        counted = rows.order_by().annotate(part=group).values_list("part").annotate(n=Count("pk"))
    return [(str(code), count) for code, count in counted]


def _largest(rows: QuerySet[Any], group: Any) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(_grouped(rows, group), key=lambda row: (-row[1], row[0])))


def _in_order(rows: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(rows))


def label_of(key: str, code: str) -> str:
    """A group in the reader's language."""
    kind = key.rpartition("_")[2]
    if kind == "country":
        return str(countries.name(code)) or code
    if kind == "sector":
        return str(Sector(code).label)
    if kind == "language":
        return languages.name(code)
    if kind == "level":
        return str(Level(code).label)
    return code
