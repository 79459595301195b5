"""Who may do what on a trainee's journey."""

from __future__ import annotations

import datetime as dt
from typing import Any

import rules
from django.db.models import Q

from ecett.accounts.enums import Role
from ecett.accounts.rules import is_admin, is_coordinator, is_desk
from ecett.core.clock import today
from trainees.enums import InternshipState, Party

#: So long after a stay its trainee still sees who is who in the team.
CONTACT_DAYS = 90


@rules.predicate
def is_project_trainee(user: Any, project: Any) -> bool:
    """The project is hers."""
    return project is not None and project.trainee_id == user.pk


@rules.predicate
def is_internship_trainee(user: Any, internship: Any) -> bool:
    """The stay is hers."""
    return internship is not None and internship.project.trainee_id == user.pk


@rules.predicate
def speaks_for_internship_host(user: Any, internship: Any) -> bool:
    """She speaks for the host of the stay."""
    return internship is not None and any(
        hat.role == Role.HOST
        and hat.organisation_id is not None
        and hat.organisation_id == internship.host.organisation_id
        for hat in user.hats
    )


@rules.predicate
def employs_trainee(user: Any, project: Any) -> bool:
    """She is an approver of the trainee's employer."""
    return project is not None and any(
        hat.role == Role.EMPLOYER
        and hat.organisation_id is not None
        and hat.organisation_id == project.employer_id
        for hat in user.hats
    )


@rules.predicate
def comes_along(user: Any, project: Any) -> bool:
    """She is a companion on a stay of the project."""
    return project is not None and project.internships.filter(companions__user=user).exists()


@rules.predicate
def employs_internship_trainee(user: Any, internship: Any) -> bool:
    """She is an approver of the employer of the stay's trainee."""
    return internship is not None and employs_trainee.test(user, internship.project)


@rules.predicate
def signs(user: Any, signature: Any) -> bool:
    """The signature is asked of her: as the trainee, or for the side she speaks for."""
    if signature is None:
        return False
    internship = signature.agreement.internship
    side = {
        Party.TRAINEE: is_internship_trainee,
        Party.EMPLOYER: employs_internship_trainee,
        Party.HOST: speaks_for_internship_host,
    }[signature.party]
    return bool(side.test(user, internship))


@rules.predicate
def goes_to_host(user: Any, host: Any) -> bool:
    """A stay of hers is agreed on there, alone or as a companion, and is not long over."""
    return bool(host is not None and user.is_authenticated) and (
        host.internships.filter(Q(project__trainee=user) | Q(companions__user=user))
        .exclude(state=InternshipState.CANCELLED)
        .filter(end__gte=today() - dt.timedelta(days=CONTACT_DAYS))
        .exists()
    )


rules.add_perm("trainees.add_project", rules.is_authenticated)
rules.add_perm("trainees.edit_project", is_project_trainee | is_admin)
rules.add_perm(
    "trainees.see_project", is_project_trainee | comes_along | employs_trainee | is_desk | is_coordinator
)
rules.add_perm("trainees.edit_internship", is_internship_trainee | is_admin)
rules.add_perm("trainees.confirm_attendance", speaks_for_internship_host | is_admin)
rules.add_perm("trainees.sign", signs)
rules.add_perm("trainees.hide_evaluation", is_desk)
rules.add_perm("trainees.look_back_as_trainee", is_internship_trainee)
rules.add_perm("trainees.look_back_as_host", speaks_for_internship_host)
rules.add_perm("trainees.look_back_as_employer", employs_internship_trainee)
