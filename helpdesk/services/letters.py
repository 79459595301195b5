"""The helpdesk's letters: each to one person, in her language, with one thing to do."""

from __future__ import annotations

from typing import Any

from django.utils.text import Truncator

from ecett.accounts.models import User
from ecett.core import links as core_links
from ecett.core.models import Notification
from ecett.core.notifications import registry
from ecett.core.notifications.letters import Letter, compose, known_language
from ecett.core.notifications.services import Address, notify
from helpdesk import links
from helpdesk.companions import parse_companions
from helpdesk.enums import ProposalState
from helpdesk.models import HelpRequest, Message, Proposal
from helpdesk.selectors.requests import desk_members
from trainees.models import TraineeProfile

REQUEST_FILED = "helpdesk.request_filed"
REQUEST_WITHDRAWN = "helpdesk.request_withdrawn"
REQUEST_CLOSED = "helpdesk.request_closed"
MESSAGE = "helpdesk.message"
PROPOSAL_SENT = "helpdesk.proposal_sent"
PROPOSAL_REMINDER = "helpdesk.proposal_reminder"
PROPOSAL_WITHDRAWN = "helpdesk.proposal_withdrawn"
PROPOSAL_OVER = "helpdesk.proposal_over"
DATES_PROPOSED = "helpdesk.dates_proposed"
DATES_PROPOSED_DESK = "helpdesk.dates_proposed_desk"
DATES_REFUSED = "helpdesk.dates_refused"
HOST_FOUND = "helpdesk.host_found"
HOST_FOUND_DESK = "helpdesk.host_found_desk"
HOST_THANKED = "helpdesk.host_thanked"

#: As much of a message as its e-mail shows: lines, and letters.
FIRST_LINES, FIRST_LETTERS = 12, 800


def _desk(request: HelpRequest) -> list[User]:
    """Who of the desk is written to: the one who takes care of it, else all who serve the language."""
    people = desk_members(request.language)
    return [user for user in people if user.pk == request.assigned_to_id] or people


def _to_desk(kind: str, request: HelpRequest, **context: Any) -> None:
    for user in _desk(request):
        notify(
            kind=kind,
            to=user,
            context={**_about(request), **context},
            subject=request,
            action_url=links.request_url(request),
        )


def _about(request: HelpRequest) -> dict[str, Any]:
    return {
        "number": request.number,
        "trainee": str(request.project.trainee),
        "project": request.project.title,
        "start": request.start,
        "end": request.end,
        "days": request.days,
        "expertise": request.expertise,
    }


def _stay(proposal: Proposal) -> dict[str, Any]:
    return {
        "trainee": str(proposal.request.project.trainee),
        "host": proposal.host.name,
        "city": proposal.host.city,
        "start": proposal.start,
        "end": proposal.end,
    }


def _host(proposal: Proposal) -> Address:
    return Address(proposal.contact_email, proposal.contact_name, proposal.contact_language)


# ── About requests ──────────────────────────────────────────────────────────────────────────────────────
def request_filed(request: HelpRequest) -> None:
    """The desk has something new to read."""
    _to_desk(REQUEST_FILED, request)


def request_withdrawn(request: HelpRequest, comment: str) -> None:
    """The desk need not look any further."""
    _to_desk(REQUEST_WITHDRAWN, request, reason=comment.strip())


def request_closed(request: HelpRequest, comment: str) -> Notification:
    """The trainee reads what was tried."""
    return notify(
        kind=REQUEST_CLOSED,
        to=request.project.trainee,
        context={**_about(request), "reason": comment.strip()},
        subject=request,
        action_url=links.request_url(request),
    )


def message_written(request: HelpRequest, message: Message) -> None:
    """The other side of the conversation reads it."""
    said = {"author": message.author_name, "from_desk": message.from_desk, "words": _beginning(message.text)}
    if not message.from_desk:
        _to_desk(MESSAGE, request, **said)
        return
    notify(
        kind=MESSAGE,
        to=request.project.trainee,
        context={**_about(request), **said},
        subject=request,
        action_url=links.request_url(request),
    )


def _beginning(text: str) -> str:
    """The first lines of a message; the whole of it stands in the portal."""
    lines = text.strip().splitlines()
    more = ["…"] if len(lines) > FIRST_LINES else []
    return Truncator("\n".join([*lines[:FIRST_LINES], *more])).chars(FIRST_LETTERS)


# ── To the host ─────────────────────────────────────────────────────────────────────────────────────────
def _proposal_context(proposal: Proposal) -> dict[str, Any]:
    request = proposal.request
    trainee = request.project.trainee
    profile = TraineeProfile.objects.filter(user=trainee).first()
    employer = request.project.employer
    return {
        **_stay(proposal),
        "profession": profile.profession if profile else "",
        "employer": f"{employer.name}, {employer.city}" if employer else "",
        "days": (proposal.end - proposal.start).days + 1,
        "companions": max(request.people - 1, len(parse_companions(request.companions))),
        "words": proposal.message,
        "answer_by": proposal.answer_by,
        "desk": str(proposal.sent_by or ""),
        "desk_email": proposal.sent_by.email if proposal.sent_by else "",
    }


def proposal_sent(proposal: Proposal, *, again: bool = False) -> Notification:
    """The host's link to read and answer."""
    return notify(
        kind=PROPOSAL_REMINDER if again else PROPOSAL_SENT,
        to=_host(proposal),
        context=_proposal_context(proposal),
        subject=proposal,
        action_url=links.answer_url(proposal),
    )


def preview(proposal: Proposal) -> Letter:
    """The letter that an unsaved proposal would send, for the desk to read first; its link opens nothing."""
    return compose(
        kind=registry.get(PROPOSAL_SENT),
        language=known_language(proposal.contact_language),
        name=proposal.contact_name,
        context=_proposal_context(proposal),
        action_url=core_links.absolute("helpdesk/answer/…/"),
    )


def proposal_withdrawn(proposal: Proposal) -> Notification:
    """A host that was asked need not answer any more."""
    return notify(kind=PROPOSAL_WITHDRAWN, to=_host(proposal), context=_stay(proposal), subject=proposal)


def dates_refused(proposal: Proposal, comment: str) -> Notification:
    """The host's own dates do not suit."""
    return notify(
        kind=DATES_REFUSED,
        to=_host(proposal),
        context={
            **_stay(proposal),
            "start": proposal.counter_start,
            "end": proposal.counter_end,
            "reason": comment.strip(),
        },
        subject=proposal,
    )


# ── To the desk and the trainee ─────────────────────────────────────────────────────────────────────────
def proposal_over(proposal: Proposal, *, reason: str, following: Proposal | None) -> None:
    """The desk reads why a host falls away and who is asked now."""
    request = proposal.request
    others = request.proposals.filter(state__in=(ProposalState.SENT, ProposalState.COUNTERED))
    _to_desk(
        PROPOSAL_OVER,
        request,
        host=proposal.host.name,
        declined=proposal.state == ProposalState.DECLINED,
        silent=proposal.state == ProposalState.EXPIRED,
        reason=reason.strip(),
        following=following.host.name if following else "",
        others=others.count() if following is None else 0,
    )


def dates_proposed(proposal: Proposal) -> None:
    """The trainee is asked whether the host's dates suit; the desk reads it too."""
    request = proposal.request
    context = {
        **_stay(proposal),
        "number": request.number,
        "counter_start": proposal.counter_start,
        "counter_end": proposal.counter_end,
        "words": proposal.answer,
    }
    for kind, people in ((DATES_PROPOSED, [request.project.trainee]), (DATES_PROPOSED_DESK, _desk(request))):
        for person in people:
            notify(
                kind=kind, to=person, context=context, subject=request, action_url=links.request_url(request)
            )


def host_found(request: HelpRequest, proposal: Proposal) -> None:
    """Everybody reads what was agreed and what comes now."""
    context = {**_stay(proposal), "number": request.number, "words": proposal.answer}
    notify(
        kind=HOST_FOUND,
        to=request.project.trainee,
        context=context,
        subject=request,
        action_url=links.project_url(request),
    )
    _to_desk(HOST_FOUND_DESK, request, **context)
    notify(
        kind=HOST_THANKED,
        to=_host(proposal),
        context={**context, "trainee_email": request.project.trainee.email},
        subject=proposal,
    )
