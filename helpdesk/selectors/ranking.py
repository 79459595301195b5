"""Which hosts fit a request: the ranking of matching, with its reasons in words and the near misses."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count

from ecett.core.clock import today
from ecett.core.languages import spoken
from helpdesk.models import HelpRequest
from helpdesk.selectors.wording import LEFT_OUT, freeze, said
from hosts.availability import Stay
from hosts.matching import HostFacts, Match, Request, judge, rank
from hosts.matching_command import near_concepts
from hosts.models import Host
from hosts.selectors import all_hosts_for_matching
from hosts.terms import terms
from hosts.thesaurus import default
from trainees.enums import InternshipState
from trainees.models import Internship, TraineeLanguage

LIVING = (InternshipState.PLANNED, InternshipState.SIGNING, InternshipState.AGREED)
#: How many near misses are named; the rest is counted.
NEAR_MISSES = 4
#: What a rule is relaxed to, to say what a host would have had without it.
RELAXED: Mapping[str, dict[str, Any]] = {
    "language": {"languages": {}},
    "capacity": {"people": 1},
    "closed": {"start": None, "end": None},
    "accessibility": {"step_free": False},
}


@dataclass(frozen=True)
class Fit:
    """A host that fits: its card, points of 100, reasons ({points, text}) and the best free days."""

    host: Host
    score: int
    reasons: list[dict[str, Any]]
    frozen: list[dict[str, Any]]
    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True)
class NearMiss:
    """A host that one rule leaves out, and the points it would have had without that rule."""

    host: Host
    reason: str
    score: int


@dataclass(frozen=True)
class Ranked:
    """``total`` cards were looked at; ``found`` fit; ``excluded`` counts the others by reason."""

    fits: Sequence[Fit]
    found: int
    total: int
    excluded: Sequence[tuple[str, int]]
    near: Sequence[NearMiss]
    named: int = field(default=0)


def asked_for(request: HelpRequest) -> Request:
    """The request as matching reads it: her words are concepts sought, those of problem and goals hints."""
    words = default()
    project = request.project
    lang = request.language
    sought = {concept.code for concept in request.concepts.all()}
    sought |= set(terms().topics(request.expertise, lang))
    groups = frozenset(request.target_groups)
    concepts = frozenset(code for code in sought if words_scheme(code) != "target_groups") - set(
        request.sectors
    )
    groups |= frozenset(code for code in sought if words_scheme(code) == "target_groups")
    text = "\n".join([project.problem, *(goal.text for goal in project.goals.all())])
    hints = frozenset(terms().topics(text, project.language)) - concepts - groups - set(request.sectors)
    levels = TraineeLanguage.objects.filter(profile__user=project.trainee_id).values_list("language", "level")
    return Request(
        sectors=frozenset(request.sectors),
        target_groups=groups,
        concepts=concepts,
        hints=hints,
        near={code: near_concepts(code, words) for code in concepts | hints},
        countries=frozenset(request.countries),
        start=request.start,
        end=request.end,
        days=request.days,
        slack_days=request.slack_days,
        people=request.people,
        languages=spoken(levels),
        lang=lang,
        step_free=request.accessibility,
        logistics=frozenset({"accommodation"} if request.needs_accommodation else ()),
    )


def words_scheme(code: str) -> str:
    """The scheme of a concept; empty for one that is not ours."""
    words = default()
    return words[code].scheme if code in words else ""


def agreed_stays() -> dict[str, list[Stay]]:
    """{public id of a host: stays agreed there from today on}."""
    stays: dict[str, list[Stay]] = defaultdict(list)
    rows = Internship.objects.filter(state__in=LIVING, end__gte=today()).annotate(others=Count("companions"))
    for public_id, start, end, others in rows.values_list("host__public_id", "start", "end", "others"):
        stays[public_id].append((start, end, 1 + others))
    return dict(stays)


def _facts() -> list[HostFacts]:
    stays = agreed_stays()
    return [
        replace(one, hosting=tuple(stays[one.id])) if one.id in stays else one
        for one in all_hosts_for_matching()
    ]


def rank_for(request: HelpRequest, *, limit: int) -> Ranked:
    """The best ``limit`` hosts and why the others are left out."""
    asked, facts, day = asked_for(request), _facts(), today()
    ranking = rank(asked, facts, day)
    near = _near_misses(asked, facts, {match.host.id for match in ranking.matches}, day)
    shown = ranking.matches[:limit]
    cards = _cards([match.host.id for match in shown] + [facts.id for facts, _rule, _score in near])
    named = [
        NearMiss(cards[host.id], str(LEFT_OUT[rule]), score) for host, rule, score in near if host.id in cards
    ]
    return Ranked(
        fits=[as_fit(match, cards[match.host.id]) for match in shown if match.host.id in cards],
        found=len(ranking.matches),
        total=len(facts),
        excluded=[(str(LEFT_OUT[rule]), n) for rule, n in ranking.excluded.items()],
        near=named,
        named=len(named),
    )


def as_fit(match: Match, host: Host) -> Fit:
    """A match with its card and its words."""
    frozen = [freeze(reason) for reason in match.reasons]
    window = next((reason.params for reason in match.reasons if reason.rule == "window"), {})
    return Fit(host, match.score, said(frozen), frozen, window.get("start"), window.get("end"))


def judge_hosts(request: HelpRequest, hosts: Iterable[Host]) -> list[Fit | NearMiss]:
    """Single hosts, for one the desk has in mind: what it scores, or which rule leaves it out."""
    asked, day = asked_for(request), today()
    facts = {one.id: one for one in _facts()}
    found: list[Fit | NearMiss] = []
    for host in hosts:
        if host.public_id not in facts:
            found.append(NearMiss(host, str(LEFT_OUT["unpublished"]), 0))
            continue
        verdict = judge(asked, facts[host.public_id], day)
        if isinstance(verdict, Match):
            found.append(as_fit(verdict, host))
        else:
            found.append(
                NearMiss(
                    host, str(LEFT_OUT[verdict]), _would_have(asked, facts[host.public_id], verdict, day)
                )
            )
    return found


def _near_misses(
    asked: Request, facts: list[HostFacts], fitting: set[str], day: dt.date
) -> list[tuple[HostFacts, str, int]]:
    """The best hosts that one rule alone leaves out."""
    everything = {name: value for change in RELAXED.values() for name, value in change.items()}
    others = rank(replace(asked, **everything), (one for one in facts if one.id not in fitting), day).matches
    near = []
    for match in others[: 10 * NEAR_MISSES]:
        rule = judge(asked, match.host, day)
        if isinstance(rule, str) and (score := _would_have(asked, match.host, rule, day)):
            near.append((match.host, rule, score))
    return sorted(near, key=lambda item: (-item[2], item[0].id))[:NEAR_MISSES]


def _would_have(asked: Request, host: HostFacts, rule: str, day: dt.date) -> int:
    """The points without the rule; 0 when another rule leaves the host out too."""
    if rule not in RELAXED:
        return 0
    verdict = judge(replace(asked, **RELAXED[rule]), host, day)
    return verdict.score if isinstance(verdict, Match) else 0


def _cards(ids: Iterable[str]) -> dict[str, Host]:
    rows = Host.objects.filter(public_id__in=list(ids)).defer("search", "marks", "programme", "learning")
    return {host.public_id: host for host in rows}
