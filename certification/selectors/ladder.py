"""The ladder of one person: each level with what is there, what is missing, and the records behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification import eligibility
from certification.enums import CertificateState, DossierState, Level
from certification.ladder_rules import LadderRules
from certification.models import Certificate, Dossier
from certification.selectors.evidence import evidence_for, practices_of, stays_of
from ecett.core.clock import today
from ecett.core.components.formats import number

#: What a jury session itself brings about: missing before it, needed for the decision.
AT_THE_SESSION = ("execution_project", "masterpiece")
OPEN = (DossierState.DRAFT, DossierState.SUBMITTED, DossierState.JURY)


@dataclass(frozen=True)
class Line:
    """One condition as it is shown: ``have``/``need`` numbers (need 1: a thing), evidence in words."""

    code: str
    text: str
    have: float
    need: float
    missing: str
    evidence: str
    url: str = ""

    @property
    def met(self) -> bool:
        return not self.missing

    @property
    def shown(self) -> float:
        """What is there, no more than is needed: "10 of 10"."""
        return min(self.have, self.need)


@dataclass(frozen=True)
class Rung:
    """One level: its lines, the rules they were judged by, her certificates and open dossier."""

    level: str
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    rules: LadderRules
    certificates: tuple[Certificate, ...] = ()
    dossier: Dossier | None = None

    @property
    def eligible(self) -> bool:
        return not self.missing

    @property
    def met(self) -> int:
        return sum(line.met for line in self.lines)

    @property
    def valid_certificates(self) -> list[Certificate]:
        return [one for one in self.certificates if one.state == CertificateState.VALID]


def names_of(user: Any) -> dict[str, str]:
    """What the ids of records mean, for the evidence column: {public id: words}."""
    names = {}
    for stay in stays_of(user):
        names[stay.public_id] = f"{stay.host.name}, {stay.host.city}"
        names.setdefault(stay.host.public_id, stay.host.name)
    names.update({practice.public_id: practice.title for practice in practices_of(user)})
    return names


def condition_text(code: str, rules: LadderRules) -> str:
    """A condition in words, with the number of the rules in force."""
    texts = {
        "visit": _visit_text(rules.visit_days),
        "stay_days": _("%(n)s days in one stay") % {"n": number(rules.stay_days)},
        "practice": _("A good practice from that stay"),
        "competences": _("The competences that go with it"),
        "publication": _("Published after its check"),
        "workshop": _("Presented at an ECETT workshop"),
        "days": _("%(n)s days of training") % {"n": number(rules.days)},
        "centres": _("%(n)s different centres") % {"n": number(rules.centres)},
        "practices": _("%(n)s practices published") % {"n": number(rules.practices)},
        "execution_project": _("Execution project presented"),
        "certificate_C": _("A valid certificate C"),
        "masterpiece": _("Masterpiece presented"),
        "practice_abroad": _("Inspired by a practice seen abroad"),
        "teaching_support_months": _("%(n)s months of teaching support")
        % {"n": number(rules.teaching_support_months)},
        "extension_with_reason": _("Extension of the teaching support, with its reason"),
    }
    return texts[code]


def _visit_text(days: float) -> str:
    if days == 0.5:
        return _("A confirmed visit of half a day or more")
    text = ngettext(
        "A confirmed visit of %(n)s day or more", "A confirmed visit of %(n)s days or more", ceil(days)
    )
    return text % {"n": number(days)}


def lines_of(result: eligibility.Result, names: Mapping[str, str]) -> tuple[Line, ...]:
    """The conditions of a judgement in the reader's language."""
    return tuple(
        Line(
            code=one.code,
            text=condition_text(one.code, result.rules),
            have=one.have,
            need=one.need,
            missing=one.missing.say(_) if one.missing else "",
            evidence=_evidence(one.records, names),
        )
        for one in result.conditions
    )


def _evidence(records: tuple[str, ...], names: Mapping[str, str]) -> str:
    known = [names[record] for record in records if record in names]
    if not known:
        return (
            "–"
            if not records
            else ngettext("%(n)s record", "%(n)s records", len(records)) % {"n": len(records)}
        )
    if len(known) > 3:
        return _("%(first)s and %(n)s more") % {"first": ", ".join(known[:2]), "n": len(known) - 2}
    return ", ".join(known)


def judge(dossier: Dossier) -> eligibility.Result:
    """The ladder's judgement of a dossier as its records stand now."""
    evidence = evidence_for(dossier.candidate, dossier.level, dossier.opened_on, dossier)
    return eligibility.check(dossier.level, dossier.opened_on, evidence)


def missing_before_jury(dossier: Dossier) -> list[str]:
    """What a dossier still lacks before it may be sent: the ladder's conditions, and the work to present."""
    found = [one for one in judge(dossier).missing if one.code not in AT_THE_SESSION]
    texts = eligibility.describe(found, _)
    if dossier.level in (Level.C, Level.D):
        if not dossier.work_title.strip():
            texts.append(_("The title of your project or masterpiece."))
        if not dossier.work_text.strip():
            texts.append(_("Your project or masterpiece in a few words."))
    return texts


def ladder_of(user: Any, day: dt.date | None = None) -> list[Rung]:
    """The four rungs of a person, in a constant number of queries."""
    day = day or today()
    names = names_of(user)
    certificates = list(
        Certificate.objects.filter(holder=user).select_related("document", "internship__host")
    )
    dossiers = {
        one.level: one
        for one in Dossier.objects.filter(candidate=user, state__in=OPEN).select_related(
            "candidate", "session"
        )
    }
    plain = evidence_for(user, "", day)
    rungs = []
    for level in Level.values:
        dossier = dossiers.get(level)
        if dossier is None:
            result = eligibility.check(level, day, plain)
        else:
            evidence = evidence_for(user, level, dossier.opened_on, dossier)
            result = eligibility.check(level, dossier.opened_on, evidence)
        rungs.append(
            Rung(
                level=level,
                lines=lines_of(result, names),
                missing=tuple(eligibility.describe(result.missing, _)),
                rules=result.rules,
                certificates=tuple(one for one in certificates if one.level == level),
                dossier=dossier,
            )
        )
    return rungs
