"""A contract's report as a workbook and as CSV: the same `grants.reports.Report` as the page and the PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from tempfile import NamedTemporaryFile

from django.http import FileResponse, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecett.core.exports.sheets import (
    DATE,
    INTEGER,
    MONEY,
    NUMBER,
    TYPES,
    Column,
    Sheet,
    csv_response,
    write_sheets,
)
from grants.enums import Head
from grants.reports import COSTS, PARTIES, Amounts, Report
from grants.wording import band_words, country_name

FORMATS = ("xlsx", "csv")


@dataclass(frozen=True)
class Line:
    """One figure of the report, for CSV: which table, which row, which column, euros."""

    part: str
    item: str
    about: str
    figure: str
    euros: Decimal


#: The figures of a mobility, head by head, as the agency's own tool asks for them.
FIGURES: tuple[tuple[Promise, tuple[Head, ...]], ...] = (
    (gettext_lazy("Travel"), (Head.TRAVEL,)),
    (gettext_lazy("Individual support"), (Head.INDIVIDUAL,)),
    (gettext_lazy("Inclusion support, organisation"), (Head.INCLUSION,)),
    (gettext_lazy("Inclusion support, participant"), (Head.INCLUSION_PARTICIPANT,)),
    (gettext_lazy("Linguistic support"), (Head.LINGUISTIC,)),
    (gettext_lazy("Exceptional costs"), (Head.EXCEPTIONAL,)),
    (gettext_lazy("Organisational support"), PARTIES),
    (gettext_lazy("Total"), COSTS),
)
CSV_COLUMNS = (
    Column(gettext_lazy("Table"), "part"),
    Column(gettext_lazy("Row"), "item"),
    Column(gettext_lazy("About"), "about"),
    Column(gettext_lazy("Figure"), "figure"),
    Column(gettext_lazy("Euros"), "euros", MONEY),
)


def report_filename(report: Report) -> str:
    """Without ending: the project code and the day."""
    return f"report-{report.contract.code}-{report.made_at:%Y-%m-%d}"


def report_response(report: Report, form: str) -> HttpResponseBase:
    """The report as "xlsx" or "csv". Raises ValueError for another."""
    if form not in FORMATS:
        raise ValueError(f"{form!r} is neither xlsx nor csv")
    name = report_filename(report)
    if form == "csv":
        return csv_response(filename=name, columns=CSV_COLUMNS, rows=report_lines(report))
    stream = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    write_sheets(stream, report_sheets(report))
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"{name}.xlsx", content_type=TYPES["xlsx"])


def head_rows(report: Report) -> list[tuple[str, Decimal, Decimal, Decimal]]:
    """(head, awarded, committed, difference), the total last."""
    rows = [(str(row.name), row.awarded, row.committed, row.difference) for row in report.heads]
    return [*rows, (_("Total"), report.awarded, report.committed, report.difference)]


def party_rows(report: Report) -> list[tuple[str, Decimal]]:
    """(who gets it, euros), the total last."""
    rows = [(str(row.party.label), row.amount) for row in report.parties]
    return [*rows, (_("Total"), report.organisational)]


def report_sheets(report: Report) -> list[Sheet]:
    """Heads, shares, organisations, mobilities; each with its total as the last row where it has one."""
    return [
        Sheet(
            _("Heads"),
            [
                Column(_("Head"), lambda row: row[0]),
                Column(_("Awarded"), lambda row: row[1], MONEY),
                Column(_("Committed"), lambda row: row[2], MONEY),
                Column(_("Difference"), lambda row: row[3], MONEY),
            ],
            head_rows(report),
        ),
        Sheet(
            _("Shares"),
            [
                Column(_("Organisational support"), lambda row: row[0], width=44),
                Column(_("Euros"), lambda row: row[1], MONEY),
            ],
            party_rows(report),
        ),
        Sheet(
            _("Organisations"),
            [
                Column(_("Organisation"), "name"),
                Column(_("Mobilities"), "mobilities", INTEGER),
                *_money_columns(),
            ],
            report.organisations,
        ),
        Sheet(
            _("Mobilities"),
            [
                Column(_("Mobility"), "mob_id", width=20),
                Column(_("Participant"), "participant"),
                Column(_("Sending organisation"), "organisation"),
                Column(_("Host"), "host"),
                Column(_("Town"), "town", width=18),
                Column(_("Country"), lambda row: country_name(row.country), width=18),
                Column(_("First day"), "start", DATE),
                Column(_("Last day"), "end", DATE),
                Column(_("Distance, km"), "km", NUMBER),
                Column(_("Band"), lambda row: band_words(row.band), width=18),
                *_money_columns(),
            ],
            report.mobilities,
        ),
    ]


def report_lines(report: Report) -> Iterator[Line]:
    """Every figure of the report, one a line."""
    for name, awarded, committed, difference in head_rows(report):
        yield Line(_("Heads"), name, "", _("Awarded"), awarded)
        yield Line(_("Heads"), name, "", _("Committed"), committed)
        yield Line(_("Heads"), name, "", _("Difference"), difference)
    for name, amount in party_rows(report):
        yield Line(_("Shares"), name, "", _("Euros"), amount)
    for row in report.organisations:
        for figure, amount in _amounts(row):
            yield Line(_("Organisations"), row.name, "", figure, amount)
    for mobility in report.mobilities:
        about = f"{mobility.participant}, {mobility.organisation}"
        for figure, amount in _amounts(mobility):
            yield Line(_("Mobilities"), mobility.mob_id, about, figure, amount)


def _amounts(row: Amounts) -> list[tuple[str, Decimal]]:
    return [(str(label), row.sum_of(*heads)) for label, heads in FIGURES]


def _money_columns() -> list[Column]:
    return [Column(label, _figure(heads), MONEY) for label, heads in FIGURES]


def _figure(heads: tuple[Head, ...]) -> Callable[[Amounts], Decimal]:
    return lambda row: row.sum_of(*heads)
