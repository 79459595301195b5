"""Reports of those who tried a practice: kept, adapted or dropped; each changes the evidence of the practice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ecett.core.clock import now
from ecett.core.workflow import Blocked
from goodpractices.enums import PracticeState
from goodpractices.evidence import LASTS
from goodpractices.models import Adoption, GoodPractice, Innovation
from goodpractices.services.evidence import count_evidence


@transaction.atomic
def report_adoption(*, practice: GoodPractice, actor: Any, **fields: Any) -> Adoption:
    """Keep what became of a published practice somewhere. Raises Blocked for a card that is not published."""
    if practice.state != PracticeState.PUBLISHED:
        raise Blocked(_("Only published practices take reports."))
    adoption = Adoption.objects.create(
        practice=practice, reported_by=actor, reporter_name=actor.get_full_name(), **fields
    )
    count_evidence([practice.pk])
    return adoption


@transaction.atomic
def update_adoption(*, adoption: Adoption, **fields: Any) -> Adoption:
    """Change a report; the database keeps what was there before."""
    fresh = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.save()
    count_evidence([fresh.practice_id])
    return fresh


@transaction.atomic
def hide_adoption(*, adoption: Adoption, reason: str) -> Adoption:
    """Hide a report that says who somebody is. It leaves a trace with the reason, and counts no longer."""
    if not reason.strip():
        raise Blocked(_("Please say why."))
    return update_adoption(adoption=adoption, hidden_at=now(), hidden_reason=reason.strip()[:500])


@transaction.atomic
def show_adoption(*, adoption: Adoption) -> Adoption:
    """Show a hidden report again."""
    return update_adoption(adoption=adoption, hidden_at=None, hidden_reason="")


@transaction.atomic
def tell_innovation(
    *, adoption: Adoption, title: str, answers: Mapping[str, str], publication: str = "", cleared: Any = ()
) -> Innovation:
    """Tell how what was tried became lasting. Raises Blocked for what was dropped or is still being tried."""
    if adoption.outcome not in LASTS:
        raise Blocked(_("Only what was kept can become an innovation."))
    values = {"title": title, "answers": dict(answers), "publication": publication, "cleared": list(cleared)}
    innovation, _made = Innovation.objects.update_or_create(adoption=adoption, defaults=values)
    count_evidence([adoption.practice_id])
    return innovation
