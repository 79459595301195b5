"""Asking hosts: one after the other, or all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ecett.core.actors import Actor
from ecett.core.clock import now, today
from ecett.core.workflow import Blocked, perform
from helpdesk.enums import ProposalState, RequestState
from helpdesk.models import HelpRequest, Proposal
from helpdesk.services import letters
from helpdesk.services.locks import lock_request
from hosts.enums import HostStatus, Moderation
from hosts.models import Host

#: Hosts asked or in line at the same time: more answers than one can use are a burden to those who give them.
MOST_ASKED = 5
#: Days a host has to answer, unless the desk says otherwise.
ANSWER_DAYS = 10
LONGEST_STAY = 60
OPEN = (ProposalState.QUEUED, ProposalState.SENT, ProposalState.COUNTERED)
WITH_HOST = (ProposalState.SENT, ProposalState.COUNTERED)


class Ask(NamedTuple):
    """One host to ask for the activity days ``start`` to ``end``.

    The contact is that of the host's card where it is empty; ``message`` are the desk's words to this host;
    ``score`` and ``reasons`` ({rule, points, template, params}) say why this host, as the desk saw it.
    """

    host: Host
    start: dt.date
    end: dt.date
    contact_name: str = ""
    contact_email: str = ""
    contact_language: str = ""
    message: str = ""
    score: int = 0
    reasons: Sequence[dict[str, Any]] = ()


@transaction.atomic
def propose(
    *,
    request: HelpRequest,
    hosts: Iterable[Ask | tuple[Any, ...]],
    message: str = "",
    one_by_one: bool = True,
    answer_days: int = ANSWER_DAYS,
    actor: Any,
) -> list[Proposal]:
    """Ask hosts whether they receive the trainee; ``one_by_one``: the next when one declines or is silent.

    Sending the same hosts again gives the proposals that are there. `Blocked` says what is wrong.
    """
    asks = [Ask(*entry) for entry in hosts]
    fresh = lock_request(request)
    running = {row.host_id: row for row in fresh.proposals.filter(state__in=OPEN)}
    if asks and all(ask.host.pk in running for ask in asks):
        return [running[ask.host.pk] for ask in asks]
    reasons = [reason for ask in asks for reason in problems_with(ask, asked=ask.host.pk in running)]
    if not asks:
        reasons.append(_("Choose at least one host."))
    if len({ask.host.pk for ask in asks}) < len(asks):
        reasons.append(_("A host is named twice."))
    if len(running) + len(asks) > MOST_ASKED:
        reasons.append(_("At most %(n)s hosts are asked or in line at the same time.") % {"n": MOST_ASKED})
    if not 1 <= answer_days <= LONGEST_STAY:
        reasons.append(_("Give the host between 1 and 60 days to answer."))
    if reasons:
        raise Blocked(*reasons)
    perform(fresh, "propose", actor=actor)
    who = Actor.of(actor)
    last = fresh.proposals.aggregate(last=Max("position"))["last"] or 0
    made = [
        Proposal.objects.create(
            request=fresh,
            host=ask.host,
            position=last + place,
            message=ask.message or message,
            start=ask.start,
            end=ask.end,
            score=ask.score,
            reasons=list(ask.reasons),
            contact_name=(ask.contact_name or ask.host.spokesperson_name or ask.host.name)[:200],
            contact_email=ask.contact_email or ask.host.spokesperson_email,
            contact_language=ask.contact_language or ask.host.spokesperson_language or ask.host.language,
            sent_by=who.user,
            answer_days=answer_days,
        )
        for place, ask in enumerate(asks, start=1)
    ]
    if one_by_one:
        ask_next(fresh)
    else:
        for proposal in made:
            send(proposal)
    return list(Proposal.objects.filter(pk__in=[row.pk for row in made]).order_by("position"))


def problems_with(ask: Ask, *, asked: bool = False) -> list[str]:
    """Why this host cannot be asked so; empty when it can."""
    name, found = {"host": ask.host.name}, []
    if asked:
        found.append(_("%(host)s has already been asked.") % name)
    if ask.host.moderation != Moderation.PUBLISHED or ask.host.status == HostStatus.INACTIVE:
        found.append(_("%(host)s receives nobody: its card is not public or inactive.") % name)
    if ask.end < ask.start:
        found.append(_("%(host)s: the last day is before the first day.") % name)
    elif (ask.end - ask.start).days >= LONGEST_STAY:
        found.append(_("%(host)s: a stay lasts at most 60 days.") % name)
    if ask.start <= today():
        found.append(_("%(host)s: the stay would begin in the past.") % name)
    email = ask.contact_email or ask.host.spokesperson_email
    try:
        validate_email(email)
    except ValidationError:
        found.append(_("%(host)s: type the e-mail address of the person who answers.") % name)
    return found


def send(proposal: Proposal) -> Proposal:
    """Write to the host; the time to answer begins now and ends before the stay would begin."""
    moment = today()
    answer_by = min(moment + dt.timedelta(days=proposal.answer_days), proposal.start - dt.timedelta(days=1))
    sent = perform(proposal, "send", actor=Actor.system(), at=now(), answer_by=max(answer_by, moment))
    letters.proposal_sent(sent)
    return sent


def ask_next(request: HelpRequest) -> Proposal | None:
    """Ask the next host in line unless one is being asked; with nobody left the desk looks again.

    A host in line whose days have come too near is passed over. Call it under the request's lock.
    """
    if request.proposals.filter(state__in=WITH_HOST).exists():
        return None
    for queued in request.proposals.filter(state=ProposalState.QUEUED).order_by("position", "pk"):
        if queued.start > today():
            return send(queued)
        perform(queued, "withdraw", actor=Actor.system())
    fresh = HelpRequest.objects.get(pk=request.pk)
    if fresh.state == RequestState.PROPOSED:
        perform(fresh, "look_again", actor=Actor.system())
    return None
