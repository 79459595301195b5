"""The candidate's side: open a dossier, fill it, show evidence on paper, send it, take it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certification.eligibility_command import read_evidence
from certification.enums import DossierState, Level, WorkState
from certification.models import Dossier, DossierPractice, PaperEvidence
from certification.selectors.ladder import missing_before_jury
from ecett.accounts.models import User
from ecett.core import clock
from ecett.core.actors import Actor
from ecett.core.jsonlines import CaseError
from ecett.core.numbers import next_number
from ecett.core.workflow import Blocked, Denied, StaleTransition, perform
from goodpractices.models import GoodPractice

OPEN = (DossierState.DRAFT, DossierState.SUBMITTED, DossierState.JURY)
#: More pieces on paper than a path of five years leaves.
MOST_PAPERS = 50


@transaction.atomic
def open_dossier(*, candidate: User, level: str, is_demo: bool = False) -> Dossier:
    """The candidate's open dossier of level B, C or D; a new draft when there is none."""
    if level not in (Level.B, Level.C, Level.D):
        raise Blocked(_("There is no dossier for this level."))
    known = Dossier.objects.filter(candidate=candidate, level=level, state__in=OPEN).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return Dossier.objects.create(
                number=next_number(Dossier, prefix=f"{level}-"),
                candidate=candidate,
                level=level,
                opened_on=clock.today(),
                language=candidate.language,
                is_demo=is_demo,
            )
    except IntegrityError:
        # Two clicks at once: the other one has made it.
        return Dossier.objects.get(candidate=candidate, level=level, state__in=OPEN)


def _draft(dossier: Dossier, actor: Any) -> Dossier:
    """The row, locked; `Denied` to anybody but the candidate, `StaleTransition` once it was sent."""
    fresh = Dossier.objects.select_for_update(of=("self",)).select_related("candidate").get(pk=dossier.pk)
    who = Actor.of(actor)
    if who.user is None or not who.user.has_perm("certification.edit_dossier", fresh):
        raise Denied(_("Only the candidate changes a dossier."))
    if fresh.state != DossierState.DRAFT:
        raise StaleTransition(_("This dossier has been sent; it can no longer be changed."))
    return fresh


@transaction.atomic
def save_dossier(
    *,
    dossier: Dossier,
    actor: Any,
    statement: str = "",
    practices: Iterable[GoodPractice] = (),
    work_title: str = "",
    work_text: str = "",
    inspired_by: Iterable[GoodPractice] = (),
    teaching_support_start: dt.date | None = None,
    extension_reason: str = "",
    extended_until: dt.date | None = None,
) -> Dossier:
    """Keep what the candidate has written so far. `Blocked` for a practice she did not write."""
    fresh = _draft(dossier, actor)
    chosen = list(practices)
    own = set(
        GoodPractice.objects.filter(
            authors__user=fresh.candidate, pk__in=[one.pk for one in chosen]
        ).values_list("pk", flat=True)
    )
    if any(one.pk not in own for one in chosen):
        raise Blocked(_("Choose among the practices you wrote."))
    fresh.statement, fresh.work_title, fresh.work_text = statement, work_title, work_text
    fresh.teaching_support_start = teaching_support_start
    fresh.extension_reason, fresh.extended_until = extension_reason, extended_until
    begun = WorkState.STARTED if work_title or work_text else WorkState.NONE
    if fresh.level == Level.C:
        fresh.execution_project = begun
    if fresh.level == Level.D:
        fresh.masterpiece = begun
    fresh.save()
    fresh.practices.exclude(practice__in=own).delete()
    DossierPractice.objects.bulk_create(
        [DossierPractice(dossier=fresh, practice=one) for one in chosen], ignore_conflicts=True
    )
    fresh.inspired_by.set(inspired_by)
    return fresh


@transaction.atomic
def submit_dossier(*, dossier: Dossier, actor: Any) -> Dossier:
    """Send it to the jury. `Blocked` with what the ladder says is missing."""
    fresh = Dossier.objects.select_for_update(of=("self",)).select_related("candidate").get(pk=dossier.pk)
    if fresh.state == DossierState.DRAFT:
        missing = missing_before_jury(fresh)
        if missing:
            raise Blocked(*missing)
    return perform(dossier, "submit", actor=actor)


def withdraw_dossier(*, dossier: Dossier, actor: Any) -> Dossier:
    """Take it back before the jury sees it."""
    return perform(dossier, "withdraw", actor=actor)


@transaction.atomic
def add_paper(*, dossier: Dossier, actor: Any, kind: str, record: dict[str, Any], note: str) -> PaperEvidence:
    """Evidence from before the portal. ``record``: a stay or a certificate as ``check_ladder`` reads it,
    without id, source and verifiers. `Blocked` with the reason when it cannot be read."""
    fresh = _draft(dossier, actor)
    if fresh.paper.count() >= MOST_PAPERS:
        raise Blocked(_("At most %(n)s pieces of evidence on paper.") % {"n": MOST_PAPERS})
    try:
        read_evidence({f"{kind}s": [{**record, "id": "paper", "source": "paper"}]})
    except CaseError as error:
        raise Blocked(error.text) from error
    return PaperEvidence.objects.create(dossier=fresh, kind=kind, record=record, note=note)


@transaction.atomic
def remove_paper(*, paper: PaperEvidence, actor: Any) -> None:
    """Take a piece back while the dossier is a draft."""
    _draft(paper.dossier, actor)
    paper.delete()


@transaction.atomic
def verify_paper(*, paper: PaperEvidence, actor: Any) -> PaperEvidence:
    """One person says that she has seen the paper; it counts once as many as the rules ask have said so."""
    fresh = PaperEvidence.objects.select_for_update(of=("self",)).select_related("dossier").get(pk=paper.pk)
    who = Actor.of(actor)
    if who.user is None or not who.user.has_perm("certification.verify_paper", fresh.dossier):
        raise Denied(_("Only secretary, desk and jury verify papers, and nobody her own."))
    fresh.verified_by.add(who.user)
    return fresh
