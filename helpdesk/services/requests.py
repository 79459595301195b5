"""The request: begun as a draft, filed, withdrawn, closed, taken up again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ecett.accounts.models import User
from ecett.core.actors import Actor
from ecett.core.clock import now
from ecett.core.numbers import next_number
from ecett.core.workflow import Blocked, Denied, perform
from helpdesk.enums import ProposalState, RequestState
from helpdesk.models import HelpRequest
from helpdesk.selectors.requests import desk_members
from helpdesk.services import letters
from helpdesk.services.locks import lock_request
from hosts.models import Concept
from trainees.enums import InternshipState
from trainees.models import Internship, Project

#: What the trainee writes.
FIELDS = (
    "language", "sectors", "target_groups", "expertise", "countries", "start", "end", "slack_days", "days",
    "people", "companions", "accessibility", "needs_accommodation", "remarks", "share_problem",
)  # fmt: skip
OPEN = (RequestState.DRAFT, RequestState.FILED, RequestState.PROPOSED)
LIVING = (RequestState.FILED, RequestState.PROPOSED)
ASKED = (ProposalState.QUEUED, ProposalState.SENT, ProposalState.COUNTERED)


@transaction.atomic
def start_request(
    *,
    project: Project,
    actor: Any = None,
    language: str = "",
    concepts: Iterable[str] = (),
    is_demo: bool = False,
    **fields: Any,
) -> HelpRequest:
    """Begin a draft, or give the open request that the project already has.

    ``language`` is the helpdesk's, the trainee's own by default; ``concepts`` are codes; the other fields
    are those of ``FIELDS``. `Blocked` when the project already has a host.
    """
    locked = Project.objects.select_for_update().get(pk=project.pk)
    request = locked.requests.filter(state__in=OPEN).first()
    if request is None:
        living = Internship.objects.filter(project=locked).exclude(state=InternshipState.CANCELLED)
        if living.exists():
            raise Blocked(_("This project already has a host."))
        request = HelpRequest.objects.create(
            number=next_number(HelpRequest),
            project=locked,
            language=language or locked.trainee.language,
            is_demo=is_demo or locked.is_demo,
        )
    if fields or concepts or language:
        values = {**fields, **({"language": language} if language else {})}
        request = save_request(request=request, actor=actor or locked.trainee, concepts=concepts, **values)
    return request


@transaction.atomic
def save_request(
    *, request: HelpRequest, actor: Any, concepts: Iterable[str] | None = None, **fields: Any
) -> HelpRequest:
    """Write what the trainee says. Only a draft changes: what is filed stands."""
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"a request has no {', '.join(sorted(unknown))}")
    fresh = lock_request(request)
    _must(actor, "helpdesk.edit_request", fresh, _("Only the trainee changes her request."))
    if fresh.state != RequestState.DRAFT:
        raise Blocked(_("The request has been sent. Write to the helpdesk to change something."))
    for name, value in fields.items():
        setattr(fresh, name, value)
    if fresh.start and fresh.end and fresh.end < fresh.start:
        raise Blocked(_("The last day is before the first day."))
    fresh.save()
    if concepts is not None:
        fresh.concepts.set(Concept.objects.filter(code__in=list(concepts)))
    return fresh


@transaction.atomic
def file_request(*, request: HelpRequest, actor: Any) -> HelpRequest:
    """Send the draft to the helpdesk of its language. Sending it twice sends it once.

    `Blocked` with what is missing, and when nobody serves the language.
    """
    fresh = lock_request(request)
    if fresh.state in LIVING:
        return fresh
    if not desk_members(fresh.language):
        raise Blocked(_("There is no helpdesk in this language yet. Choose another one."))
    filed = perform(fresh, "file", actor=actor, at=now())
    letters.request_filed(filed)
    return filed


@transaction.atomic
def withdraw_request(*, request: HelpRequest, actor: Any, comment: str = "") -> HelpRequest:
    """The trainee no longer looks: hosts who were asked are told, and the desk."""
    fresh = lock_request(request)
    if fresh.state == RequestState.WITHDRAWN:
        return fresh
    was_filed = fresh.state != RequestState.DRAFT
    withdrawn = perform(fresh, "withdraw", actor=actor, comment=comment)
    withdraw_proposals(withdrawn)
    if was_filed:
        letters.request_withdrawn(withdrawn, comment)
    return withdrawn


def withdraw_open_requests(*, project: Project, comment: str = "") -> None:
    """The project was given up: its open request ends with it."""
    for request in HelpRequest.objects.filter(project=project, state__in=OPEN):
        withdraw_request(request=request, actor=Actor.system(), comment=comment)


@transaction.atomic
def close_request(*, request: HelpRequest, actor: Any, comment: str) -> HelpRequest:
    """The desk found nobody; the trainee reads why and may take it up again."""
    fresh = lock_request(request)
    if fresh.state == RequestState.CLOSED:
        return fresh
    closed = perform(fresh, "close", actor=actor, comment=comment)
    withdraw_proposals(closed)
    letters.request_closed(closed, comment)
    return closed


@transaction.atomic
def reopen_request(*, request: HelpRequest, actor: Any) -> HelpRequest:
    """A closed or withdrawn request becomes a draft again. `Blocked` when another one is open."""
    Project.objects.select_for_update().get(pk=request.project_id)
    fresh = lock_request(request)
    if fresh.state == RequestState.DRAFT:
        return fresh
    if HelpRequest.objects.filter(project=fresh.project_id, state__in=OPEN).exists():
        raise Blocked(_("Another request of this project is open."))
    return perform(fresh, "reopen", actor=actor)


@transaction.atomic
def assign_request(*, request: HelpRequest, to: User | None, actor: Any) -> HelpRequest:
    """Say who of the desk takes care of it; ``None`` gives it back to all."""
    fresh = lock_request(request)
    _must(actor, "helpdesk.propose", fresh, _("Only the helpdesk of this language can do this."))
    fresh.assigned_to = to
    fresh.save()
    return fresh


def withdraw_proposals(request: HelpRequest) -> None:
    """Withdraw every open proposal of a request; those who were asked are told."""
    for proposal in request.proposals.filter(state__in=ASKED).select_for_update(of=("self",)).order_by("pk"):
        was_asked = proposal.state != ProposalState.QUEUED
        withdrawn = perform(proposal, "withdraw", actor=Actor.system())
        if was_asked:
            letters.proposal_withdrawn(withdrawn)


def _must(actor: Any, permission: str, request: HelpRequest, reason: str) -> None:
    who = Actor.of(actor)
    if who.via != "system" and (who.user is None or not who.user.has_perm(permission, request)):
        raise Denied(reason)
