"""Putting a stay on a contract: choose it, see every figure, post; and taking it off again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecett.core.components.formats import date_range
from ecett.core.permissions import check
from ecett.core.views.comments import comment_of
from ecett.core.views.steps import attempt, perform_or_message
from grants import services
from grants.enums import MobilityState
from grants.forms import TermsForm
from grants.models import Contract, Mobility
from grants.postings import lines_of
from grants.selectors.stays import candidate, candidates, organisations_of, stays_in_reach, with_people
from grants.services import Preview, Terms
from grants.views.base import KEEP, contract_page, crumbs, find_contract
from grants.wording import figures
from trainees.models import Internship


@require_safe
def attach_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stays that may be attached; the others with their reasons."""
    contract = find_contract(request, public_id, KEEP)
    words = request.GET.get("q", "")[:200]
    ready, refused = candidates(contract, request.user, words)
    here = (_("Attach a stay"), "")
    context = {
        "contract": contract,
        "crumbs": crumbs(contract, here),
        "ready": ready,
        "refused": refused,
        "q": words,
    }
    return render(request, "grants/attach_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: HttpRequest, public_id: str, internship_id: str) -> HttpResponse:
    """The terms of one stay, its price figure by figure, and the button that posts it."""
    contract = find_contract(request, public_id, KEEP)
    within_reach = stays_in_reach(contract, request.user)
    stay = get_object_or_404(with_people(within_reach), public_id=internship_id)
    found = candidate(contract, stay, organisations_of(contract))
    done = [each for each in stay.posted_mobilities if each.contract_id == contract.pk]  # type: ignore[attr-defined]
    if done and not found.free:
        if request.method == "POST":
            messages.info(request, _("This stay is on the contract already; nothing was posted twice."))
        return redirect(opened(contract, done[0]))
    own = Terms.of(stay)
    names = [person.name for person in found.free]
    initial = {
        "participants": names,
        "green": own.green,
        "travel_days": own.travel_days,
        "interruption_days": 0,
    }
    form = TermsForm(request.POST or None, people=found.free, initial=initial)
    status = 200
    preview = None
    if not found.reasons and (not form.is_bound or form.is_valid()):
        terms = _terms(form) if form.is_bound else Terms.of(stay, participants=tuple(names))
        preview = services.preview_attachment(contract=contract, internship=stay, terms=terms)
        if request.POST.get("step") == "post" and not preview.problem:
            if form.cleaned_data["seen"] == f"{preview.total}":
                return _post(request, contract, stay, terms)
            messages.warning(request, _("The figures below are new. Look at them, then post."))
            status = 409
    elif form.is_bound:
        status = 422
    if preview is not None and preview.problem and form.is_bound:
        status = 422
    context = {
        "contract": contract,
        "stay": stay,
        "candidate": found,
        "form": form,
        "lead": _lead(stay),
        "preview": preview,
        "people": _people(preview),
        "crumbs": crumbs(
            contract,
            (_("Attach a stay"), reverse("grants:attach_list", args=[contract.public_id])),
            (str(stay.project.trainee), ""),
        ),
    }
    return render(request, "grants/attach.html", context, status=status)


def _lead(stay: Internship) -> str:
    sender = stay.project.employer
    start = f"{sender}, {sender.city}" if sender else "–"
    return f"{start} → {stay.host}, {stay.host.city}, {date_range(stay.start, stay.end)}"


def _post(request: HttpRequest, contract: Contract, stay: Internship, terms: Terms) -> HttpResponse:
    outcome = attempt(
        lambda: services.attach_internship(
            contract=contract, internship=stay, actor=request.user, terms=terms
        )
    )
    for reason in outcome.reasons:
        messages.warning(request, reason)
    if not outcome.value:
        return redirect("grants:attach", contract.public_id, stay.public_id)
    count = len(outcome.value)
    said = ngettext("%(n)s mobility is posted.", "%(n)s mobilities are posted.", count) % {"n": count}
    messages.success(request, said)
    return redirect(opened(contract, outcome.value[0]))


def _terms(form: TermsForm) -> Terms:
    said = form.cleaned_data
    return Terms(
        participants=tuple(said["participants"]),
        official_km=said["official_km"],
        green=said["green"],
        travel_days=said["travel_days"],
        interruption_days=said["interruption_days"],
        fewer_opportunities=frozenset(said["fewer_opportunities"]),
        zero_grant=said["zero_grant"],
    )


def _people(preview: Preview | None) -> list[dict[str, Any]]:
    """Each participant with the figures that would be posted."""
    if preview is None:
        return []
    return [
        {
            "name": each.participant.name,
            "mob_id": each.mob_id,
            "total": each.price.total,
            "figures": figures((line.head, line.amount, line.source) for line in lines_of(each.facts)),
        }
        for each in preview.people
    ]


def opened(contract: Contract, mobility: Mobility) -> str:
    """The contract's page with the sources of one mobility open."""
    return f"{contract_page(contract)}?open={mobility.public_id}#src"


@require_POST
def mobility_reverse(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a mobility off its contract, with a reason."""
    check(request.user, "grants.see_contracts")
    mobility = get_object_or_404(Mobility.objects.select_related("contract"), public_id=public_id)
    contract = find_contract(request, mobility.contract.public_id)
    check(request.user, "grants.keep_mobility", mobility,
          reason=_("Only the coordinator of this contract may do this."))  # fmt: skip
    if mobility.state == MobilityState.REVERSED:
        messages.info(request, _("This mobility is off the contract already."))
        return redirect(opened(contract, mobility))
    comment = comment_of(request, limit=2000)
    return perform_or_message(
        request,
        lambda: services.reverse_mobility(mobility=mobility, actor=request.user, comment=comment),
        said=_("Taken off the contract; the mirrored entries stand in the ledger."),
        then=opened(contract, mobility),
    )
