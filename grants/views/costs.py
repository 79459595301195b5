"""Further costs of a mobility: what was spent for inclusion, language and what nobody could foresee."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ecett.core.components.formats import money
from ecett.core.permissions import check
from ecett.core.views.comments import comment_of
from ecett.core.views.steps import attempt, perform_or_message
from grants import services
from grants.enums import TransactionKind
from grants.forms import CostForm
from grants.models import Contract, Mobility, Transaction
from grants.rates import RateMissing
from grants.selectors.rates import rates_of_contract
from grants.views.attaching import opened
from grants.views.base import crumbs, find_contract


def _kept(request: HttpRequest, mobility: Mobility) -> Contract:
    """The contract of a mobility she sees (404) and keeps (403)."""
    contract = find_contract(request, mobility.contract.public_id)
    reason = _("Only the coordinator of this contract may do this.")
    check(request.user, "grants.keep_mobility", mobility, reason=reason)
    return contract


@require_http_methods(["GET", "HEAD", "POST"])
def cost_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Type a cost; what the call pays of it is posted."""
    check(request.user, "grants.see_contracts")
    mobility = get_object_or_404(Mobility.objects.select_related("contract"), public_id=public_id)
    contract = _kept(request, mobility)
    try:
        rates = rates_of_contract(contract)
    except RateMissing:
        rates = None
    form = CostForm(request.POST or None, rates=rates)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            outcome = attempt(
                lambda: services.post_cost(mobility=mobility, actor=request.user, **form.cleaned_data)
            )
            if outcome.value is not None:
                amount = money(max(entry.amount for entry in outcome.value.entries.all()))
                messages.success(request, _("%(amount)s are posted.") % {"amount": amount})
                return redirect(opened(contract, mobility))
            status = outcome.status
            for why in outcome.reasons:
                form.add_error(None, why)
    context = {
        "form": form,
        "mobility": mobility,
        "contract": contract,
        "back": opened(contract, mobility),
        "crumbs": crumbs(contract, (mobility.mob_id, opened(contract, mobility)), (_("Further cost"), "")),
    }
    return render(request, "grants/cost_form.html", context, status=status)


@require_POST
def cost_reverse(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a further cost back, with a reason."""
    check(request.user, "grants.see_contracts")
    costs = Transaction.objects.filter(kind=TransactionKind.COST).select_related("mobility__contract")
    posted = get_object_or_404(costs, public_id=public_id)
    assert posted.mobility is not None
    contract = _kept(request, posted.mobility)
    comment = comment_of(request, limit=300)
    return perform_or_message(
        request,
        lambda: services.reverse_cost(posted=posted, actor=request.user, comment=comment),
        said=_("Taken back; the mirrored entries stand in the ledger."),
        then=opened(contract, posted.mobility),
    )
