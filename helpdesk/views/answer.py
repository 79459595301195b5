"""The host answers: by a signed link without an account, or signed in as its spokesperson."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecett.core import links as signed
from ecett.core.actors import Actor
from ecett.core.clock import now
from ecett.core.notifications.selectors import letters_about
from ecett.core.permissions import check, public_view
from ecett.core.views.links import link_problem, spoken_to
from ecett.core.views.steps import Outcome, attempt
from helpdesk import services
from helpdesk.enums import ProposalState, RequestState
from helpdesk.forms import AnswerForm
from helpdesk.links import PROPOSAL
from helpdesk.models import Proposal
from helpdesk.selectors.inbox import host_proposals
from helpdesk.selectors.requests import coming, spoken_by, who_is
from helpdesk.selectors.wording import said
from helpdesk.services.letters import PROPOSAL_REMINDER
from helpdesk.views.base import WRONG

#: A new link is not written twice within this time.
PAUSE = dt.timedelta(minutes=10)
_PAGE = ("host", "request__project__trainee", "request__project__employer", "sent_by")


@public_view
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Who comes, when and why, and three answers. Opening the page changes nothing."""
    try:
        claim = signed.read(token, purpose=PROPOSAL, model=Proposal)
    except signed.LinkProblem as error:
        return link_problem(request, error, resend_url=reverse("helpdesk:proposal_renew", args=[token]))
    proposal = _find(claim.subject_pk)
    if proposal is None:
        return link_problem(request, signed.LinkInvalid("the proposal is gone"))
    actor = Actor.link(
        purpose=PROPOSAL,
        subject=proposal.pk,
        name=claim.name,
        role="host",
        email=claim.email,
        organisation=proposal.host.name,
    )
    with spoken_to(request, proposal.contact_language):
        return _answer(request, proposal, actor, then=reverse("helpdesk:proposal_answer", args=[token]))


def _find(pk: int) -> Proposal | None:
    return Proposal.objects.select_related(*_PAGE).filter(pk=pk).first()


def _answer(
    request: HttpRequest, proposal: Proposal, actor: Any, *, then: str, inside: bool = False
) -> HttpResponse:
    """The page, or one of the three answers; the page comes back with the reason when one is not possible."""
    if request.method != "POST":
        return _page(request, proposal, AnswerForm(), inside=inside)
    form = AnswerForm(request.POST)
    if proposal.state == ProposalState.SENT and not form.is_valid():
        return _page(request, proposal, form, inside=inside, status=WRONG)
    if not form.is_valid():
        return redirect(then)
    outcome = attempt(lambda: _perform(proposal, actor, form.cleaned_data))
    if outcome.done:
        return redirect(then)
    return _again(request, proposal, form, outcome, inside=inside)


def _perform(proposal: Proposal, actor: Any, said_by_host: dict[str, Any]) -> Proposal:
    words = said_by_host["words"]
    if said_by_host["choice"] == AnswerForm.ACCEPT:
        return services.accept_proposal(proposal=proposal, actor=actor, answer=words)
    if said_by_host["choice"] == AnswerForm.DECLINE:
        return services.decline_proposal(proposal=proposal, actor=actor, reason=words)
    start, end = said_by_host["start"], said_by_host["end"]
    return services.counter_proposal(proposal=proposal, actor=actor, start=start, end=end, answer=words)


def _again(
    request: HttpRequest, proposal: Proposal, form: AnswerForm, outcome: Outcome[Any], *, inside: bool
) -> HttpResponse:
    """Somebody else was faster (409): the page says so kindly. A condition (422): it stands in the form."""
    fresh = _find(proposal.pk) or proposal
    if outcome.status == WRONG:
        outcome.tell(form)
    return _page(request, fresh, form, inside=inside, status=outcome.status)


def _page(
    request: HttpRequest, proposal: Proposal, form: AnswerForm, *, inside: bool, status: int = 200
) -> HttpResponse:
    asked = proposal.request
    context = {
        "proposal": proposal,
        "help_request": asked,
        "trainee": asked.project.trainee,
        "who": who_is(asked),
        "languages": spoken_by(asked.project.trainee),
        "coming": coming(asked),
        "goals": list(asked.project.goals.all()),
        "problem": asked.project.problem if asked.share_problem else "",
        "reasons": said(row for row in proposal.reasons if int(row.get("points", 0)) > 0),
        "form": form,
        "inside": inside,
        "crumbs": [(_("Visits asked for"), reverse("helpdesk:proposal_list"))] if inside else [],
        "may_answer": proposal.state == ProposalState.SENT,
        "elsewhere": proposal.state == ProposalState.WITHDRAWN and asked.state == RequestState.MATCHED,
        "days": (proposal.end - proposal.start).days + 1,
    }
    return render(request, "helpdesk/proposal_answer.html", context, status=status)


@public_view
@require_POST
def proposal_renew(request: HttpRequest, token: str) -> HttpResponse:
    """A new link to the address of an expired one; a link that is still good is simply opened."""
    try:
        signed.read(token, purpose=PROPOSAL, model=Proposal)
        return redirect("helpdesk:proposal_answer", token)
    except signed.LinkExpired as error:
        proposal = _find(error.claim.subject_pk)
        if proposal is None:
            return link_problem(request, signed.LinkInvalid("the proposal is gone"))
        if not _written_lately(proposal):
            services.send_link_again(proposal=proposal)
        with spoken_to(request, proposal.contact_language):
            return render(request, "core/link_renewed.html", {"proposal": proposal})
    except signed.LinkInvalid as error:
        return link_problem(request, error)


def _written_lately(proposal: Proposal) -> bool:
    return (
        letters_about("helpdesk.proposal", proposal.pk)
        .filter(kind=PROPOSAL_REMINDER, created_at__gt=now() - PAUSE)
        .exists()
    )


# ── Spokespersons with an account ───────────────────────────────────────────────────────────────────────
@require_safe
def proposal_list(request: HttpRequest) -> HttpResponse:
    """Visits asked for at the hosts she speaks for; open ones first."""
    check(request.user, "helpdesk.see_host_proposals")
    rows = list(host_proposals(request.user)[:200])
    context = {
        "waiting": [row for row in rows if row.state == ProposalState.SENT][::-1],
        "others": [row for row in rows if row.state != ProposalState.SENT],
    }
    return render(request, "helpdesk/proposal_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same page and answers as by link."""
    proposal = get_object_or_404(host_proposals(request.user), public_id=public_id)
    check(request.user, "helpdesk.answer_for_host", proposal)
    then = reverse("helpdesk:proposal_detail", args=[proposal.public_id])
    return _answer(request, proposal, request.user, then=then, inside=True)
