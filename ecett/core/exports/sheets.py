"""Sheets: the same columns as CSV and as XLSX.

Example::

    COLUMNS = (
        Column(_("Name"), "name"),
        Column(_("Country"), lambda host: host.country.code),
        Column(_("Beds"), "beds", INTEGER),
        Column(_("Amount"), "amount", MONEY),
        Column(_("Last confirmed"), "confirmed_on", DATE),
    )
    return export_response(request.GET.get("format", "csv"), filename="hosts", columns=COLUMNS, rows=queryset)

Numbers, amounts and dates stay numbers, amounts and dates. Text that a spreadsheet would take for a formula
gets an apostrophe before it; `ecett.core.imports.mapping.unescape` takes it away again when our own export is
imported.
"""

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from tempfile import NamedTemporaryFile
from typing import IO, Any, Final

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from ecett.core.components.formats import number as grouped
from ecett.core.imports.mapping import FORMULA_STARTS
from ecett.core.search import clean

# What a workbook holds below its heading line, and what Excel takes in one cell. A CSV file has no end.
MAX_XLSX_ROWS = 1_048_575
MAX_XLSX_TEXT = 32_767

TEXT: Final = "text"
INTEGER: Final = "integer"
NUMBER: Final = "number"
MONEY: Final = "money"
PERCENT: Final = "percent"
DATE: Final = "date"
MOMENT: Final = "moment"
YES_NO: Final = "yes_no"
# Text of somebody else's file, given back as it was: in a workbook only, where a text is no formula.
AS_IS: Final = "as_is"
_FORMATS = {
    TEXT: "@",
    INTEGER: "#,##0",
    NUMBER: "General",
    MONEY: "#,##0.00",
    PERCENT: "0.0%",
    DATE: "yyyy-mm-dd",
    MOMENT: "yyyy-mm-dd hh:mm",
    YES_NO: "General",
    AS_IS: "@",
}
_WIDTHS = {TEXT: 30, DATE: 12, MOMENT: 17}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Column:
    """One column: its heading, where a row's value comes from, and what it is.

    ``value``: the name of an attribute or key (``"host.country.code"`` too), or a function of the row.
    ``width``: of the XLSX column, in characters; 0 for the kind's own. ``label``: what a page calls it where
    headings are codes.
    """

    heading: str | Promise
    value: str | Callable[[Any], Any]
    kind: str = TEXT
    width: int = 0
    label: str | Promise = ""

    def __post_init__(self) -> None:
        if self.kind not in _FORMATS:
            raise ValueError(f"{self.kind!r} is not one of {', '.join(_FORMATS)}")

    def of(self, row: Any) -> Any:
        """The value in a row: an object, or a mapping (``queryset.values()``)."""
        if callable(self.value):
            return self.value(row)
        if isinstance(row, Mapping):
            return row[self.value]
        return attrgetter(self.value)(row)


class TooManyRows(Exception):
    """More rows than a workbook holds: ``limit``. A cut list would mislead."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} rows")
        self.limit = limit

    def say(self) -> str:
        """What a person does about it."""
        text = _("A workbook holds at most %(n)s rows. Choose CSV, or narrow the filters.")
        return text % {"n": grouped(self.limit)}


def escape(text: str) -> str:
    """An apostrophe before what a spreadsheet would take for a formula (also when it has some already)."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def export_response(
    form: str, *, filename: str, columns: Sequence[Column], rows: Iterable[Any]
) -> HttpResponseBase:
    """The rows as ``"csv"`` or ``"xlsx"``. Raises ValueError for another form, `TooManyRows`."""
    if form == "csv":
        return csv_response(filename=filename, columns=columns, rows=rows)
    if form == "xlsx":
        return xlsx_response(filename=filename, columns=columns, rows=rows)
    raise ValueError(f"{form!r} is neither csv nor xlsx")


def csv_response(*, filename: str, columns: Sequence[Column], rows: Iterable[Any]) -> StreamingHttpResponse:
    """UTF-8 with its mark (Excel needs it), comma separated, sent as it is written. ``filename`` without
    ending.
    """
    response = StreamingHttpResponse(csv_lines(columns, _in_pieces(rows)), content_type=TYPES["csv"])
    as_file(response, f"{filename}.csv")
    return response


def xlsx_response(*, filename: str, columns: Sequence[Column], rows: Iterable[Any]) -> FileResponse:
    """A workbook of one sheet with a fixed heading line. ``filename`` without ending."""
    stream = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    try:
        write_xlsx(stream, columns, _in_pieces(rows), sheet=filename)
    except BaseException:
        stream.close()
        raise
    return file_response(stream, form="xlsx", filename=filename)


def file_response(stream: IO[bytes], *, form: str, filename: str) -> FileResponse:
    """An open file to keep; sent, it is closed. ``filename`` without ending."""
    stream.seek(0)
    response = FileResponse(stream, content_type=TYPES[form])
    as_file(response, f"{filename}.{form}")
    return response


class _Echo:
    """What ``csv.writer`` writes to: gives each line back."""

    def write(self, text: str) -> str:
        return text


def csv_lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[str]:
    """The lines of the CSV file, the first with the byte-order mark."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([escape(str(column.heading)) for column in columns])
    for row in rows:
        yield writer.writerow([csv_cell(column.of(row), column.kind) for column in columns])


def csv_cell(value: Any, kind: str = TEXT) -> str:
    """One cell: ISO dates, numbers with a point and without grouping, ``true``/``false``, protected text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return _local(value).isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if kind != TEXT and isinstance(value, int | float | Decimal):
        return f"{value:.2f}" if kind == MONEY else f"{value:f}" if isinstance(value, Decimal) else str(value)
    return escape(clean(str(value)))


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Any]


def write_csv(stream: IO[bytes], columns: Sequence[Column], rows: Iterable[Any]) -> None:
    """Write a CSV file into an open binary file. Memory does not grow with the rows."""
    for line in csv_lines(columns, rows):
        stream.write(line.encode())


def write_xlsx(stream: Any, columns: Sequence[Column], rows: Iterable[Any], *, sheet: str = "") -> None:
    """Write a workbook of one sheet into an open binary file. Memory does not grow with the rows. Raises
    `TooManyRows`.
    """
    write_sheets(stream, [Sheet(sheet, columns, rows)])


def write_sheets(stream: Any, sheets: Iterable[Sheet]) -> None:
    """Write a workbook of several sheets, each with a fixed heading line; titles must differ."""
    import xlsxwriter  # only exports need it

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        # One format a kind, not a column: the file names each format once.
        formats = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
        for sheet in sheets:
            _write_sheet(book.add_worksheet(_sheet_name(sheet.title)), sheet, bold, formats)


def _write_sheet(page: Any, sheet: Sheet, bold: Any, formats: Mapping[str, Any]) -> None:
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width or _WIDTHS.get(column.kind, 14))
    page.freeze_panes(1, 0)
    for number, column in enumerate(sheet.columns):
        page.write_string(0, number, escape(str(column.heading)), bold)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        if last > MAX_XLSX_ROWS:
            raise TooManyRows(MAX_XLSX_ROWS)
        for number, column in enumerate(sheet.columns):
            _write_cell(page, last, number, column.of(row), column.kind, formats[column.kind])
    if sheet.columns:
        page.autofilter(0, 0, last, len(sheet.columns) - 1)


def _write_cell(page: Any, row: int, number: int, value: Any, kind: str, form: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        page.write_boolean(row, number, value)
    elif kind != TEXT and isinstance(value, int | float | Decimal):
        # Fifteen digits are exact in a sheet's numbers; amounts of ours have fewer.
        page.write_number(row, number, float(value), form)
    elif isinstance(value, dt.datetime):
        page.write_datetime(row, number, _local(value), form)
    elif isinstance(value, dt.date):
        page.write_datetime(row, number, value, form)
    else:
        text = str(value) if kind == AS_IS else escape(clean(str(value)))
        shown = text if len(text) <= MAX_XLSX_TEXT else text[: MAX_XLSX_TEXT - 1] + "…"
        page.write_string(row, number, shown, form)


def _local(value: dt.datetime) -> dt.datetime:
    """A moment as the clocks of the portal's time zone show it; sheets know no zones."""
    return timezone.make_naive(value) if timezone.is_aware(value) else value


def _in_pieces(rows: Iterable[Any]) -> Iterable[Any]:
    """A queryset is fetched in pieces while it is written."""
    return rows.iterator(chunk_size=2000) if hasattr(rows, "iterator") else rows


def as_file(response: HttpResponse | StreamingHttpResponse, filename: str) -> None:
    """Let browsers keep an answer under a name, and not guess what it is."""
    header = content_disposition_header(True, get_valid_filename(filename))
    response["Content-Disposition"] = header or "attachment"
    response["X-Content-Type-Options"] = "nosniff"


def _sheet_name(text: str) -> str:
    """Excel takes at most 31 characters, none of ``[]:*?/\\``, and no apostrophe at the ends."""
    bare = "".join(" " if char in "[]:*?/\\" else char for char in clean(text))
    return bare.strip("' ")[:31].strip("' ") or "Export"
