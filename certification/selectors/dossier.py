"""One dossier as it is shown: its conditions, the records behind them, papers, practices, workshops."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from certification import eligibility
from certification.enums import DossierState
from certification.ladder_rules import all_rules
from certification.models import Dossier, PaperEvidence
from certification.selectors.evidence import practices_of, stays_of
from certification.selectors.ladder import Line, judge, lines_of, names_of
from ecett.core.components.formats import date_range, day, number
from network.models import Presentation


@dataclass(frozen=True)
class Paper:
    """A piece of evidence on paper in words; ``verified`` people of ``needed``."""

    paper: PaperEvidence
    text: str
    verified: int
    needed: int
    verifiers: tuple[int, ...] = ()


@dataclass(frozen=True)
class DossierFacts:
    """Everything a page says of a dossier. After the decision the conditions are those it stood on."""

    lines: tuple[Line, ...]
    frozen: bool
    rules_version: int
    stays: list[Any] = field(default_factory=list)
    practices: list[Any] = field(default_factory=list)
    presentations: list[Any] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)

    @property
    def met(self) -> int:
        return sum(line.met for line in self.lines)


def dossier_facts(dossier: Dossier) -> DossierFacts:
    """In a constant number of queries."""
    names = names_of(dossier.candidate)
    decided = dossier.state in (DossierState.AWARDED, DossierState.REFUSED)
    result = _frozen(dossier) if decided and dossier.evidence.get("conditions") else judge(dossier)
    chosen = set(dossier.practices.values_list("practice_id", flat=True))
    practices = [one for one in practices_of(dossier.candidate) if not chosen or one.pk in chosen]
    needed = result.rules.paper_verifiers
    papers = [
        _paper(one, needed)
        for one in dossier.paper.prefetch_related("verified_by").order_by("created_at", "pk")
    ]
    presentations = Presentation.objects.filter(presenter=dossier.candidate, practice__in=practices)
    return DossierFacts(
        lines=lines_of(result, {**names, **{one.paper.public_id: one.text for one in papers}}),
        frozen=decided,
        rules_version=result.rules.version,
        stays=list(stays_of(dossier.candidate)),
        practices=practices,
        presentations=list(
            presentations.select_related("workshop", "practice").order_by("workshop__day", "pk")
        ),
        papers=papers,
    )


def _frozen(dossier: Dossier) -> eligibility.Result:
    """The judgement as it was on the day of the decision."""
    said = dossier.evidence
    versions = {rules.version: rules for rules in all_rules()}
    rules = versions.get(int(said.get("rules", 0)), all_rules()[-1])
    conditions = tuple(
        eligibility.Condition(
            code=one["code"],
            need=one["need"],
            have=one["have"],
            records=tuple(one["records"]),
            template=one["template"],
        )
        for one in said["conditions"]
    )
    return eligibility.Result(dossier.level, rules, conditions)


def _paper(paper: PaperEvidence, needed: int) -> Paper:
    record = paper.record
    people = tuple(person.pk for person in paper.verified_by.all())
    if paper.kind == "certificate":
        text = _("Certificate %(level)s of %(day)s") % {
            "level": record.get("level", ""),
            "day": day(_date(record.get("awarded_on"))),
        }
    else:
        text = _("%(host)s, %(n)s days, %(dates)s") % {
            "host": record.get("host", ""),
            "n": number(record.get("confirmed_days")),
            "dates": date_range(_date(record.get("start")), _date(record.get("end"))),
        }
    return Paper(paper=paper, text=text, verified=len(people), needed=needed, verifiers=people)


def _date(text: Any) -> Any:
    return dt.date.fromisoformat(text) if isinstance(text, str) else None
