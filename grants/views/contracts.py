"""Contracts: the list, a contract with its money, making and changing one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ecett.core.clock import today
from ecett.core.components.formats import date_range
from ecett.core.permissions import check
from grants import services
from grants.enums import ContractKind, MobilityState
from grants.forms import ContractForm, SplitRows, contract_initial
from grants.models import Contract
from grants.reports import COSTS, HEADS, INCLUSION, NAMES, OTHER, PARTIES, Report, build_report
from grants.selectors import contracts as selectors
from grants.selectors.stale import stale_rates
from grants.services.contracts import awards_of
from grants.splits import default_splits
from grants.views.base import KEEP, contract_page, crumbs, find_contract
from grants.wording import country_name
from trainees.forms.rows import filled

CONTRACTS_A_PAGE = 25


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Her contracts, each with how far it is."""
    check(request.user, "grants.see_contracts")
    page = Paginator(selectors.contract_list(request.user), CONTRACTS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page_obj": page, "may_add": request.user.has_perm("grants.add_contract")}
    return render(request, "grants/home.html", context)


@require_safe
def contract_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """A contract: what comes next, the split, the money by head, the mobilities; ``?open=`` a source."""
    contract = find_contract(request, public_id)
    report = build_report(contract)
    keeps = request.user.has_perm(KEEP, contract)
    ready = selectors.readiness(contract)
    posted = len(report.mobilities)
    opened = request.GET.get("open", "")
    context = {
        "contract": contract,
        "crumbs": crumbs(contract),
        "lead": _lead(contract),
        "running": _running(contract),
        "report": report,
        "keeps": keeps,
        "ready": ready,
        "next": selectors.next_step(contract, ready, posted=posted, keeps=keeps),
        "posted": posted,
        "progress": min(posted, contract.planned),
        "stale": stale_rates(contract),
        "splits": split_views(contract, report),
        "opened": opened,
        "head": _opened_head(contract, opened),
        "mobility": selectors.open_mobility(contract, opened) if opened else None,
        "taken_off": contract.mobilities.filter(state=MobilityState.REVERSED),
        "cancelled": set(selectors.cancelled_on(contract).values_list("mob_id", flat=True)),
    }
    return render(request, "grants/contract_detail.html", context)


def _running(contract: Contract) -> tuple[str, str]:
    """Shape and words of the badge: a contract runs by the calendar."""
    if today() < contract.start:
        return "waiting", _("Not begun")
    return ("done", _("Ended")) if today() > contract.end else ("half", _("Running"))


def _lead(contract: Contract) -> str:
    """One line about the contract: who, which call, when."""
    said = {
        "name": contract.coordinator,
        "country": country_name(contract.coordinator.country),
        "call": contract.call_year,
        "action": contract.get_action_display(),
        "dates": date_range(contract.start, contract.end),
        "n": len(contract.members.all()),
    }
    if contract.kind == ContractKind.CONSORTIUM:
        who = _("Consortium of %(name)s: %(n)s organisations in %(country)s.") % said
    else:
        who = _("%(name)s, %(country)s.") % said
    return f"{who} " + _("Call %(call)s, %(action)s. %(dates)s.") % said


#: What ``?open=`` calls the last line of the heads, and figures of two heads.
TOTAL = "total"
TOGETHER = {
    "inclusion": (gettext_lazy("Inclusion support"), INCLUSION),
    "other": (gettext_lazy("Linguistic support and exceptional costs"), OTHER),
}


def _opened_head(contract: Contract, opened: str) -> selectors.OpenedHead | None:
    """The total of a head, of a party's share, or of everything."""
    for award, costs in HEADS:
        if award.value == opened:
            return selectors.open_head(contract, str(NAMES[award]), costs, [award])
    for party, name in zip(PARTIES, _party_names(contract), strict=True):
        if party.value == opened:
            return selectors.open_head(contract, name, [party])
    if opened in TOGETHER:
        label, costs = TOGETHER[opened]
        return selectors.open_head(
            contract, str(label), costs, [a for a, of in HEADS if set(of) & set(costs)]
        )
    if opened == TOTAL:
        return selectors.open_head(contract, _("Total"), COSTS, [award for award, _costs in HEADS])
    return None


def _party_names(contract: Contract) -> tuple[str, str, str]:
    """Who shares the organisational support, in the order of `grants.reports.PARTIES`."""
    return (
        _("ECETT coordination"),
        _("%(name)s, signatory") % {"name": contract.coordinator},
        _("Helpdesk"),
    )


def split_views(contract: Contract, report: Report) -> list[dict[str, Any]]:
    """Each split as a bar and a table: (key, who, each); ``shared`` is what each party has got so far."""
    got = [row.amount for row in report.parties]
    found: list[dict[str, Any]] = []
    for split in contract.splits.all():
        stays = _("stays with %(name)s") % {"name": contract.coordinator}
        shares = [
            (_("ECETT coordination"), split.ecett),
            (stays, split.signatory),
            (_("helpdesk"), split.helpdesk),
        ]
        found.append({"rate": split.rate, "shares": shares})
    if found:
        found[0]["rows"] = [
            {
                "key": f"t{number + 1}",
                "who": name,
                "each": [(split["rate"], split["shares"][number][1]) for split in found],
                "got": got[number],
                "party": PARTIES[number].value,
            }
            for number, name in enumerate(_party_names(contract))
        ]
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def contract_new(request: HttpRequest) -> HttpResponse:
    """Make a contract."""
    check(request.user, "grants.add_contract")
    form = ContractForm(request.POST or None, user=request.user)
    rows = _split_rows(request, [_row(rate, split) for rate, split in default_splits().items()])
    if request.method == "POST" and _both_valid(form, rows):
        contract = _saved(
            form,
            lambda: services.create_contract(
                actor=request.user, awards=form.awards, splits=rows.splits, **form.facts
            ),
        )
        if contract is not None:
            messages.success(request, _("The contract is there. Stays can be put on it now."))
            return redirect(contract_page(contract))
    context = {"form": form, "rows": rows, "crumbs": crumbs(), "draft": "contract-new"}
    return render(request, "grants/contract_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def contract_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a contract."""
    contract = find_contract(request, public_id, KEEP)
    initial = contract_initial(contract, awards_of(contract))
    form = ContractForm(request.POST or None, user=request.user, initial=initial)
    rows = _split_rows(request, [_row(split.rate, split) for split in contract.splits.all()])
    if request.method == "POST" and _both_valid(form, rows):
        changed = _saved(
            form,
            lambda: services.update_contract(
                contract=contract, actor=request.user, awards=form.awards, splits=rows.splits, **form.facts
            ),
        )
        if changed is not None:
            messages.success(request, _("Saved."))
            return redirect(contract_page(changed))
    context = {
        "form": form,
        "rows": rows,
        "contract": contract,
        "crumbs": crumbs(contract),
        "ready": selectors.readiness(contract),
        "draft": f"contract-{contract.public_id}",
    }
    return render(request, "grants/contract_form.html", context, status=422 if form.is_bound else 200)


def _split_rows(request: HttpRequest, initial: list[dict[str, Any]]) -> Any:
    if request.method == "POST":
        return SplitRows(request.POST, prefix="split")
    return filled(SplitRows, initial, prefix="split", empty=2)


def _row(rate: Any, split: Any) -> dict[str, Any]:
    return {"rate": rate, "ecett": split.ecett, "signatory": split.signatory, "helpdesk": split.helpdesk}


def _both_valid(form: ContractForm, rows: Any) -> bool:
    """Both are checked, so that every error is shown at once."""
    return all([form.is_valid(), rows.is_valid()])


def _saved(form: ContractForm, save: Callable[[], Contract]) -> Contract | None:
    """The contract, or None with the service's reasons beside their fields."""
    try:
        return save()
    except ValidationError as error:
        for name, reasons in error.message_dict.items():
            form.add_error(name if name in form.fields else None, reasons)
        return None
