"""The report of a contract: page, XLSX, CSV, PDF."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ecett.core.documents.selectors import documents_of
from grants.documents import KIND, ask_for_report
from grants.exports import FORMATS, report_response
from grants.reports import build_report
from grants.selectors.contracts import report_next
from grants.views.base import KEEP, crumbs, find_contract

PAPERS_SHOWN = 5


@require_safe
def report_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every figure of the contract, and the papers made of it so far."""
    contract = find_contract(request, public_id)
    context = {
        "contract": contract,
        "report": build_report(contract),
        "papers": documents_of(contract, kind=KIND).order_by("-created_at")[:PAPERS_SHOWN],
        "next": report_next(contract, keeps=request.user.has_perm(KEEP, contract)),
        "crumbs": crumbs(contract, (_("Report"), "")),
    }
    return render(request, "grants/report_detail.html", context)


@require_safe
def report_export(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The report as a file; ``?format=xlsx`` or ``csv``."""
    contract = find_contract(request, public_id)
    form = request.GET.get("format", "xlsx")
    if form not in FORMATS:
        raise Http404
    return report_response(build_report(contract), form)


@require_POST
def report_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """Have the report printed by the worker; its page shows how far it is."""
    contract = find_contract(request, public_id)
    document = ask_for_report(contract=contract, language=get_language() or "en", actor=request.user)
    return redirect("core:document_page", document.public_id)
