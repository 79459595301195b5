"""What a person's records prove: stays, practices, presentations and certificates as it reads them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from certification import eligibility
from certification.eligibility_command import read_evidence
from certification.enums import CertificateState, WorkState
from certification.models import Certificate, Dossier, PaperEvidence
from goodpractices.enums import AuthorRole, PracticeState
from goodpractices.models import GoodPractice
from hosts.models import Host
from network.models import Presentation
from trainees.enums import InternshipState
from trainees.models import Internship, TraineeProfile


def stays_of(user: Any) -> QuerySet[Internship]:
    """Her stays, alone or as a companion, that were not cancelled; oldest first."""
    mine = Q(project__trainee=user) | Q(companions__user=user)
    stays = Internship.objects.filter(mine).exclude(state=InternshipState.CANCELLED)
    return stays.select_related("host", "project").distinct().order_by("start", "pk")


def practices_of(user: Any) -> QuerySet[GoodPractice]:
    """What she wrote, alone or jointly, each with ``presented`` and ``teaches`` (competences are named)."""
    presented = Presentation.objects.filter(
        practice=OuterRef("pk"), presenter=user, confirmed_at__isnull=False
    )
    linked = GoodPractice.competences.through.objects.filter(goodpractice=OuterRef("pk"))
    return (
        GoodPractice.objects.filter(authors__user=user)
        .exclude(state=PracticeState.REJECTED)
        .select_related("report__internship", "host")
        .annotate(presented=Exists(presented), teaches=Exists(linked))
        .order_by("created_at", "pk")
    )


def evidence_for(
    user: Any, level: str, opened_on: dt.date, dossier: Dossier | None = None
) -> eligibility.Evidence:
    """All she shows for a level on a day, in a constant number of queries.

    With a ``dossier`` its own parts count too: evidence on paper, project or masterpiece; and when practices
    were chosen in it, only those.
    """
    stays = list(stays_of(user))
    practices = list(practices_of(user))
    joint = set(user.practices.filter(role=AuthorRole.JOINT).values_list("practice_id", flat=True))
    if dossier is not None:
        chosen = set(dossier.practices.values_list("practice_id", flat=True))
        practices = [one for one in practices if not chosen or one.pk in chosen]
    evidence = eligibility.Evidence(
        stays=[_stay(stay, user) for stay in stays],
        practices=[_practice(one, joint=one.pk in joint) for one in practices],
        certificates=[
            eligibility.Certificate(one.level, one.awarded_on, valid=one.state == CertificateState.VALID)
            for one in Certificate.objects.filter(holder=user)
        ],
        home_country=home_country(user),
        merged=_merged(stays),
    )
    return evidence if dossier is None else _with_dossier(evidence, dossier)


def home_country(user: Any) -> str:
    """Where she works; empty when nobody has said."""
    profile = TraineeProfile.objects.filter(user=user).select_related("employer").first()
    if profile is not None and profile.employer is not None:
        return str(profile.employer.country)
    return str(
        user.projects.order_by("-created_at").values_list("employer__country", flat=True).first() or ""
    )


def _stay(stay: Internship, user: Any) -> eligibility.Stay:
    return eligibility.Stay(
        id=stay.public_id,
        host=stay.host.public_id,
        start=stay.start,
        end=stay.end,
        confirmed=stay.state == InternshipState.CONFIRMED,
        confirmed_days=None if stay.confirmed_days is None else float(stay.confirmed_days),
        person="self" if stay.project.trainee_id == user.pk else "joint",
    )


def _practice(practice: GoodPractice, *, joint: bool) -> eligibility.Practice:
    report = getattr(practice, "report", None)
    return eligibility.Practice(
        id=practice.public_id,
        stay=report.internship.public_id if report else "",
        published=practice.state == PracticeState.PUBLISHED,
        competences=bool(practice.teaches or practice.competences_text.strip()),  # type: ignore[attr-defined]
        presented_at_workshop=practice.presented,  # type: ignore[attr-defined]
        author="joint" if joint else "self",
    )


def _merged(stays: list[Internship]) -> dict[str, str]:
    """Host cards that went into others, as far as these stays need to know: {card: card}."""
    found: dict[str, str] = {}
    waiting = {stay.host_id for stay in stays if stay.host.merged_into_id is not None}
    while waiting:
        rows = Host.objects.filter(pk__in=waiting, merged_into__isnull=False).select_related("merged_into")
        waiting = set()
        for host in rows:
            into = host.merged_into
            if into is not None and host.public_id not in found:
                found[host.public_id] = into.public_id
                if into.merged_into_id is not None:
                    waiting.add(into.pk)
    return found


def _with_dossier(evidence: eligibility.Evidence, dossier: Dossier) -> eligibility.Evidence:
    paper = read_paper(list(dossier.paper.prefetch_related("verified_by")))
    start = dossier.teaching_support_start
    return replace(
        evidence,
        stays=[*evidence.stays, *paper.stays],
        certificates=[*evidence.certificates, *paper.certificates],
        execution_project_presented=dossier.execution_project == WorkState.PRESENTED,
        masterpiece_presented=dossier.masterpiece == WorkState.PRESENTED,
        masterpiece_inspired_by_countries=frozenset(
            str(country) for country in dossier.inspired_by.values_list("country", flat=True) if country
        ),
        teaching_support=(
            eligibility.TeachingSupport(start, dossier.extension_reason, dossier.extended_until)
            if start
            else None
        ),
    )


def read_paper(papers: list[PaperEvidence]) -> eligibility.Evidence:
    """Evidence on paper, with the people who have verified each piece."""
    records: dict[str, list[dict[str, Any]]] = {"stay": [], "certificate": []}
    for paper in papers:
        people = [str(person.pk) for person in paper.verified_by.all()]
        record = {**paper.record, "id": paper.public_id, "source": "paper", "verified_by": people}
        records[paper.kind].append(record)
    return read_evidence({"stays": records["stay"], "certificates": records["certificate"]})
