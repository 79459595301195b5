"""Who may do what in certification."""

from __future__ import annotations

from typing import Any

import rules

from ecett.accounts.enums import Role
from ecett.accounts.rules import is_admin, is_desk, is_juror, is_secretary


@rules.predicate
def is_candidate(user: Any, dossier: Any) -> bool:
    """The dossier is hers."""
    return dossier is not None and dossier.candidate_id == user.pk


@rules.predicate
def judges(user: Any, dossier: Any) -> bool:
    """She sits in the dossier's session and has no interest in the candidate."""
    if dossier is None or user.role not in (Role.JUROR, Role.CHAIR):
        return False
    return type(dossier).objects.judged_by(user).filter(pk=dossier.pk).exists()


@rules.predicate
def presides(user: Any, dossier: Any) -> bool:
    """She presides over the dossier's session."""
    return dossier is not None and user.jury_seats.filter(session=dossier.session_id, is_chair=True).exists()


rules.add_perm("certification.open_dossier", rules.is_authenticated)
rules.add_perm("certification.edit_dossier", is_candidate)
rules.add_perm("certification.judge_dossier", judges)
rules.add_perm("certification.decide_dossier", (judges & presides))
rules.add_perm("certification.verify_paper", (is_secretary | is_desk | is_juror) & ~is_candidate)
rules.add_perm("certification.keep_sessions", is_secretary | is_admin)
rules.add_perm("certification.keep_certificates", is_secretary | is_admin)
