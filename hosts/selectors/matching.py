"""Host cards as matching knows them, and the ranking of all of them for a request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, OuterRef, QuerySet, TextField

from ecett.core.clock import today
from ecett.core.languages import spoken
from hosts.availability import Span, Stay
from hosts.enums import HostStatus, Moderation, Offer, PeriodKind
from hosts.logistics import ITEMS
from hosts.matching import HostFacts, Match, Ranking, Request, rank
from hosts.models import Concept, Host, HostLanguage, HostPeriod
from hosts.models.logistics import LOGISTICS, prices_of
from hosts.search import CONCEPT
from hosts.selectors.versions import data_version


class _Marks(Func):
    """The concepts of a card out of its index: those it declares and those its text names."""

    template = "tsvector_to_array(ts_filter(%(expressions)s, '{a,b,c}'))"
    output_field = ArrayField(TextField())


def host_for_matching(hosts: QuerySet[Host]) -> list[HostFacts]:
    """The cards as facts: three questions, however many there are. ``id`` is the public id."""
    languages: dict[int, list[tuple[str, str]]] = {}
    for host_id, code, level in HostLanguage.objects.filter(host__in=hosts).values_list(
        "host", "language", "level"
    ):
        languages.setdefault(host_id, []).append((code, level))
    periods: dict[tuple[int, str], list[Span]] = {}
    for host_id, kind, start, end in HostPeriod.objects.filter(host__in=hosts).values_list(
        "host", "kind", "start", "end"
    ):
        periods.setdefault((host_id, kind), []).append((start, end))
    chosen = Concept.objects.filter(hosts=OuterRef("pk")).values("code")
    rows = hosts.order_by().annotate(about=_Marks("marks"), chosen=ArraySubquery(chosen))
    return [
        HostFacts(
            id=row["public_id"],
            name=row["name"],
            country=str(row["country"]),
            sectors=frozenset(row["sectors"]),
            target_groups=frozenset(row["target_groups"]),
            concepts=frozenset(
                (
                    *row["chosen"],
                    *(mark[len(CONCEPT) :] for mark in row["about"] or () if mark.startswith(CONCEPT)),
                )
            ),
            languages=spoken(languages.get(row["pk"], ())),
            published=row["moderation"] == Moderation.PUBLISHED,
            active=row["status"] != HostStatus.INACTIVE,
            open=tuple(periods.get((row["pk"], PeriodKind.OPEN), ())),
            closed=tuple(periods.get((row["pk"], PeriodKind.CLOSED), ())),
            capacity=row["capacity"],
            step_free=row["step_free"],
            offers=frozenset(name for name in ITEMS if row[name] in (Offer.FREE, Offer.PRICE)),
            day_price=row["day_price"],
            prices=tuple(prices_of(row)),
            last_confirmed_on=row["last_confirmed_on"],
            asked=row["asked_count"],
            replied=row["replied_count"],
        )
        for row in rows.values(
            "pk",
            "public_id",
            "name",
            "country",
            "sectors",
            "target_groups",
            "chosen",
            "about",
            "moderation",
            "status",
            "capacity",
            "step_free",
            *LOGISTICS,
            "last_confirmed_on",
            "asked_count",
            "replied_count",
        )
    ]


def all_hosts_for_matching() -> list[HostFacts]:
    """Every card that matching may speak of (merged ones are spoken for by the card that stayed).

    Kept in the process until a card changes: reading 15,000 cards takes a second.
    """
    return _facts(data_version(Host))


@lru_cache(maxsize=1)
def _facts(version: int) -> list[HostFacts]:
    return host_for_matching(Host.objects.filter(moderation__in=(Moderation.PUBLISHED, Moderation.SUBMITTED)))


def rank_hosts(
    request: Request,
    *,
    language: str,
    limit: int | None = None,
    hosting: Mapping[str, Iterable[Stay]] | None = None,
) -> tuple[list[Match], dict[str, int]]:
    """The hosts that fit a request, best first, and how many fell out by each rule.

    ``hosting``: {public id: stays already agreed}, which only higher floors know. Reasons are said with
    ``reason.say(gettext, label)``; ``language`` is that of the words the request names (``request.lang``
    wins when it is set).
    """
    facts: Iterable[HostFacts] = all_hosts_for_matching()
    if hosting:
        facts = (replace(one, hosting=tuple(hosting[one.id])) if one.id in hosting else one for one in facts)
    asked = request if request.lang else replace(request, lang=language)
    ranking: Ranking = rank(asked, facts, today())
    return list(ranking.matches[:limit]), dict(ranking.excluded)
