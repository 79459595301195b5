"""The rates, as their sources print them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ecett.core.clock import today
from ecett.core.permissions import check
from grants.forms import RateFilter
from grants.selectors import rate_list as selectors

RATES_A_PAGE = 100


@require_safe
def rate_list(request: HttpRequest) -> HttpResponse:
    """Rates of one call by kind, each with validity, source and how sure it is."""
    check(request.user, "grants.see_rates")
    years, agencies = selectors.rate_years(), selectors.rate_agencies()
    form = RateFilter(request.GET or None, years=years, agencies=agencies)
    form.is_valid()
    said = form.cleaned_data if form.is_bound else {}
    # The call that runs now, or the last one known.
    usual = next((year for year in years if year <= today().year), years[0] if years else None)
    call = said.get("call") or usual
    if form.is_bound and not form.is_valid():
        found = selectors.rates_shown(call=None).none()
    else:
        found = selectors.rates_shown(call=call, kind=said.get("kind", ""), agency=said.get("agency", ""))
    page = Paginator(found, RATES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": RateFilter(initial={"call": call, **said}, years=years, agencies=agencies)
        if not form.errors
        else form,
        "call": call,
        "groups": selectors.grouped(list(page.object_list)),
        "page_obj": page,
        "may_import": request.user.has_perm("core.import_rates"),
        "active": sum(bool(said.get(name)) for name in ("kind", "agency")),
    }
    return render(request, "grants/rate_list.html", context)
