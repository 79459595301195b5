"""Who may do what with requests and proposals."""

from __future__ import annotations

from typing import Any

import rules

from ecett.accounts.enums import Role
from ecett.accounts.rules import is_admin, is_helpdesk


@rules.predicate
def filed_request(user: Any, request: Any) -> bool:
    """The request is hers."""
    return request is not None and request.project.trainee_id == user.pk


@rules.predicate
def serves_language(user: Any, request: Any) -> bool:
    """She works at the desk of the request's language."""
    return request is not None and user.role == Role.HELPDESK and user.hat.language == request.language


@rules.predicate
def serves_proposal(user: Any, proposal: Any) -> bool:
    """She works at the desk that proposes."""
    return proposal is not None and serves_language.test(user, proposal.request)


@rules.predicate
def speaks_for_proposed_host(user: Any, proposal: Any) -> bool:
    """She speaks for the host that is asked."""
    return proposal is not None and any(
        hat.role == Role.HOST
        and hat.organisation_id is not None
        and hat.organisation_id == proposal.host.organisation_id
        for hat in user.hats
    )


@rules.predicate
def is_proposal_trainee(user: Any, proposal: Any) -> bool:
    """The proposal is about her."""
    return proposal is not None and proposal.request.project.trainee_id == user.pk


@rules.predicate
def speaks_for_a_host(user: Any) -> bool:
    """She is a spokesperson somewhere."""
    return bool(user.is_authenticated) and any(hat.role == Role.HOST for hat in user.hats)


rules.add_perm("helpdesk.see_inbox", is_helpdesk | is_admin)
rules.add_perm("helpdesk.edit_request", filed_request)
rules.add_perm("helpdesk.propose", serves_language | is_admin)
rules.add_perm("helpdesk.write_message", filed_request | serves_language | is_admin)
rules.add_perm("helpdesk.answer_request", serves_proposal | is_admin)
rules.add_perm("helpdesk.see_host_proposals", speaks_for_a_host)
rules.add_perm("helpdesk.answer_for_host", speaks_for_proposed_host)
rules.add_perm("helpdesk.answer_counter", is_proposal_trainee | serves_proposal | is_admin)
