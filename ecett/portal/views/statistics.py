"""The network in figures, for everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ecett.core.exports.sheets import INTEGER, Column, export_response
from ecett.core.permissions import public_view
from ecett.portal.selectors.statistics import label_of, statistics

COLUMNS = (
    Column(_("Table"), "table", width=28),
    Column(_("Code"), "code", width=10),
    Column(_("Group"), "group"),
    Column(_("How many"), "count", INTEGER),
)


@public_view
@require_safe
def statistics_show(request: HttpRequest) -> HttpResponse:
    """Counts by country, sector, language, year and level."""
    return render(request, "portal/statistics.html", {"statistics": statistics()})


@public_view
@require_safe
def statistics_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same as one long table, CSV or XLSX."""
    rows = [
        {"table": str(part.title), "code": code, "group": label_of(part.key, code), "count": count}
        for part in statistics().breakdowns
        for code, count in part.rows
    ]
    try:
        return export_response(form, filename="ecett-statistics", columns=COLUMNS, rows=rows)
    except ValueError as error:
        raise Http404 from error
