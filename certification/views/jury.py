"""Judging: each juror alone first; the chair turns the votes into a decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from certification import services
from certification.enums import DossierState, Level
from certification.forms.jury import DecisionForm, VoteForm
from certification.models import Dossier
from certification.selectors.dossier import dossier_facts
from certification.selectors.jury import count_seats, seats_of, work_of
from certification.selectors.ladder import AT_THE_SESSION
from certification.views.base import crumbs, dossier_page, find_dossier, reader
from ecett.accounts.enums import Role
from ecett.core.views.comments import comment_of
from ecett.core.views.steps import attempt, perform_or_message
from goodpractices.selectors.cards import chapters_of


def judge_page(
    request: HttpRequest,
    dossier: Dossier,
    *,
    form: VoteForm | None = None,
    decision: DecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The juror's page: neither the candidate's name nor others' votes before her own."""
    assert dossier.session is not None
    user = reader(request)
    seats = seats_of([dossier])[dossier.pk]
    own = next((seat for seat in seats if seat.user.pk == user.pk), None)
    decided = dossier.state != DossierState.JURY
    opened = decided or (own is not None and own.has_voted)
    facts = dossier_facts(dossier)
    tally = count_seats(seats, dossier.session.quorum)
    chair = own is not None and own.is_chair
    context = {
        "dossier": dossier,
        "facts": facts,
        "session": dossier.session,
        "seats": seats,
        "own": own,
        "opened": opened,
        "next": _next_for_juror(decided=decided, opened=opened, chair=chair, outcome=tally.outcome),
        # Links of records lead to the candidate's name.
        "blind": not opened,
        "decided": decided,
        "tally": tally,
        "tally_reason": tally.reason.say(_) if tally.reason else "",
        "chair": chair,
        "to_present": [line for line in facts.lines if line.code in AT_THE_SESSION and not line.met],
        "missing": [line.missing for line in facts.lines if not line.met],
        "form": form or VoteForm(),
        "decision": decision or DecisionForm(),
        "name": str(dossier.candidate) if opened else _("candidate %(number)s") % {"number": dossier.number},
        "title": work_of(dossier) or _("Dossier %(number)s") % {"number": dossier.number},
        "texts": {practice.pk: chapters_of(practice.texts()) for practice in facts.practices},
        "may_verify": user.has_perm("certification.verify_paper", dossier),
        "reader": user,
        "crumbs": crumbs((dossier.session.title, ""), (_("Dossier %(n)s") % {"n": dossier.number}, "")),
    }
    return render(request, "certification/dossier_jury.html", context, status=status)


def _next_for_juror(
    *, decided: bool, opened: bool, chair: bool, outcome: str
) -> tuple[str, str, bool, str, str]:
    """What happens next, who is waited for, whether it is she, and where on the page (anchor, label)."""
    if decided:
        return _("nothing: this dossier is decided."), "", False, "", ""
    if not opened:
        return _("read the dossier and give your vote."), "", True, "vote", _("Go to the vote")
    if chair and outcome:
        return _("record the decision: the votes are there."), "", True, "decide", _("Go to the decision")
    if outcome:
        return _("the chair records the decision."), _("You need not do anything."), False, "", ""
    return _("the other jurors give their votes."), _("You need not do anything."), False, "", ""


@require_POST
def vote(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give one's vote; the same one twice is once."""
    dossier = find_dossier(request, public_id, "certification.judge_dossier")
    form = VoteForm(request.POST)
    if not form.is_valid():
        return judge_page(request, dossier, form=form, status=422)
    outcome = attempt(
        lambda: services.cast_vote(
            dossier=dossier,
            juror=reader(request),
            vote=form.cleaned_data["vote"],
            reason=form.cleaned_data["reason"],
        )
    )
    if not outcome.done:
        for reason in outcome.reasons:
            messages.warning(request, reason)
    else:
        messages.success(request, _("Your vote is recorded."))
    return redirect(dossier_page(dossier))


@require_POST
def recuse(request: HttpRequest, public_id: str) -> HttpResponse:
    """Declare an interest; the dossier is then closed to her."""
    dossier = find_dossier(request, public_id, "certification.judge_dossier")
    reason = comment_of(request, "reason", limit=2000)
    outcome = attempt(lambda: services.recuse(dossier=dossier, juror=reader(request), reason=reason))
    if not outcome.done:
        for text in outcome.reasons:
            messages.warning(request, text)
        return redirect(dossier_page(dossier))
    messages.success(request, _("Noted. You no longer see dossier %(number)s.") % {"number": dossier.number})
    return redirect("certification:home")


@require_POST
def presented(request: HttpRequest, public_id: str) -> HttpResponse:
    """The project or masterpiece was presented to the jury."""
    dossier = find_dossier(request, public_id)
    said = (
        _("Noted: the masterpiece was presented.")
        if dossier.level == Level.D
        else _("Noted: the project was presented.")
    )
    return perform_or_message(
        request,
        lambda: services.record_presentation(dossier=dossier, actor=request.user),
        said=said,
        then=dossier_page(dossier),
    )


@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Turn the votes into the decision."""
    dossier = find_dossier(request, public_id)
    form = DecisionForm(request.POST)
    if not form.is_valid() and reader(request).role in (Role.JUROR, Role.CHAIR):
        return judge_page(request, dossier, decision=form, status=422)
    if dossier.state in (DossierState.AWARDED, DossierState.REFUSED):
        messages.info(request, _("This dossier has been decided already."))
        return redirect(dossier_page(dossier))
    outcome = attempt(
        lambda: services.decide(
            dossier=dossier, actor=request.user, reason=form.cleaned_data.get("reason", "")
        )
    )
    if outcome.done:
        messages.success(request, _("The decision is recorded and the candidate is told."))
        return redirect(dossier_page(dossier))
    outcome.tell(form)
    return judge_page(request, dossier, decision=form, status=outcome.status)
