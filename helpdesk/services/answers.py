"""What becomes of a proposal: the host says yes, no or other dates; trainee or desk answer to those."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ecett.core.actors import Actor
from ecett.core.clock import now, today
from ecett.core.workflow import Blocked, perform
from helpdesk.companions import parse_companions
from helpdesk.enums import ProposalState
from helpdesk.models import HelpRequest, Proposal
from helpdesk.services import letters
from helpdesk.services.locks import lock_request
from helpdesk.services.proposals import LONGEST_STAY, ask_next
from helpdesk.services.replies import note_reply
from helpdesk.services.requests import withdraw_proposals
from trainees.models import Internship
from trainees.services import create_internship


@transaction.atomic
def accept_proposal(*, proposal: Proposal, actor: Any, answer: str = "") -> Proposal:
    """The host says yes: the internship exists, other hosts are told. A second click changes nothing.

    `StaleTransition` when another host was faster or the proposal is closed.
    """
    request = lock_request(proposal.request_id)
    if _state_now(proposal) == ProposalState.ACCEPTED:
        return Proposal.objects.get(pk=proposal.pk)
    if proposal.start <= today():
        raise Blocked(_("These days have come too near. Propose other days instead."))
    accepted = perform(proposal, "accept", actor=actor, at=now(), answer=answer)
    note_reply(accepted)
    _match(request, accepted, actor)
    return accepted


@transaction.atomic
def decline_proposal(*, proposal: Proposal, actor: Any, reason: str) -> Proposal:
    """The host cannot: the next in line is asked, or the desk looks again."""
    request = lock_request(proposal.request_id)
    if _state_now(proposal) == ProposalState.DECLINED:
        return Proposal.objects.get(pk=proposal.pk)
    first_answer = proposal.answered_at is None
    declined = perform(proposal, "decline", actor=actor, comment=reason, at=now())
    if first_answer:
        note_reply(declined)
    letters.proposal_over(declined, reason=reason, following=ask_next(request))
    return declined


@transaction.atomic
def counter_proposal(
    *, proposal: Proposal, actor: Any, start: dt.date, end: dt.date, answer: str = ""
) -> Proposal:
    """The host would receive her on other days; trainee and desk are asked."""
    lock_request(proposal.request_id)
    now_is = Proposal.objects.get(pk=proposal.pk)
    if now_is.state == ProposalState.COUNTERED and (now_is.counter_start, now_is.counter_end) == (start, end):
        return now_is
    if end < start:
        raise Blocked(_("The last day is before the first day."))
    if start <= today():
        raise Blocked(_("The first day must be after today."))
    if (end - start).days >= LONGEST_STAY:
        raise Blocked(_("A stay lasts at most 60 days."))
    if (start, end) == (proposal.start, proposal.end):
        raise Blocked(_("These are the days you were asked for: you can simply accept."))
    countered = perform(proposal, "counter", actor=actor, at=now(), start=start, end=end, answer=answer)
    note_reply(countered)
    letters.dates_proposed(countered)
    return countered


@transaction.atomic
def agree_dates(*, proposal: Proposal, actor: Any) -> Proposal:
    """Trainee or desk take the host's dates: the internship exists."""
    request = lock_request(proposal.request_id)
    if _state_now(proposal) == ProposalState.ACCEPTED:
        return Proposal.objects.get(pk=proposal.pk)
    if proposal.counter_start is not None and proposal.counter_start <= today():
        raise Blocked(_("These days have come too near. Ask the host for others."))
    agreed = perform(proposal, "agree_dates", actor=actor)
    _match(request, agreed, actor)
    return agreed


@transaction.atomic
def refuse_dates(*, proposal: Proposal, actor: Any, comment: str = "") -> Proposal:
    """The host's dates do not suit: it is told, and the next in line is asked."""
    request = lock_request(proposal.request_id)
    if _state_now(proposal) == ProposalState.WITHDRAWN:
        return Proposal.objects.get(pk=proposal.pk)
    refused = perform(proposal, "refuse_dates", actor=actor, comment=comment)
    letters.dates_refused(refused, comment)
    letters.proposal_over(refused, reason=comment, following=ask_next(request))
    return refused


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, actor: Any, comment: str = "") -> Proposal:
    """The desk takes a proposal back: a host that was asked is told, and the next in line is asked."""
    request = lock_request(proposal.request_id)
    if _state_now(proposal) == ProposalState.WITHDRAWN:
        return Proposal.objects.get(pk=proposal.pk)
    was_asked = proposal.state != ProposalState.QUEUED
    withdrawn = perform(proposal, "withdraw", actor=actor, comment=comment)
    if was_asked:
        letters.proposal_withdrawn(withdrawn)
    ask_next(request)
    return withdrawn


def _match(request: HelpRequest, proposal: Proposal, actor: Any) -> Internship:
    """One host has said yes: the others are told, the stay is made, all read what comes now."""
    withdraw_proposals(request)
    matched = perform(request, "match", actor=Actor.system())
    internship = create_internship(
        project=matched.project,
        host=proposal.host,
        start=proposal.start,
        end=proposal.end,
        host_contact=proposal.contact_name,
        host_email=proposal.contact_email,
        host_language=proposal.contact_language,
        companions=parse_companions(matched.companions),
        actor=actor,
        is_demo=matched.is_demo,
    )
    letters.host_found(matched, proposal)
    return internship


def _state_now(proposal: Proposal) -> str:
    return Proposal.objects.values_list("state", flat=True).get(pk=proposal.pk)
