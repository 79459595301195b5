"""Import of rate files.

The column maps are those of `grants.ratefile`: the same file prices a mobility by hand
(``price_mobilities --rates FILE``) and fills the table here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ecett.core.imports.engine import BadLayout, Importer
from ecett.core.imports.layouts import Column, Layout
from ecett.core.imports.mapping import MappedRow, find_layout, map_rows
from ecett.core.imports.report import Report
from ecett.core.imports.table import FileOptions, PlainNumber
from ecett.core.words import Message, mark
from grants import ratefile
from grants.ratefile import DATA, FIELDS, Refused
from grants.rates import RateRow
from grants.selectors.rates import stored_rates
from grants.services.rates import store_rates

# The field that carries the map itself to each row: its words for kinds and keys are read there.
WORDS = "words"


class RateImporter(Importer):
    """Rows are known by call, agency, sector, kind and key; a changed figure updates its row."""

    kind = "rates"
    label = _("Rates")
    help = _(
        "A table of unit costs as your national agency prints it. A row that is known already is left "
        "alone; one with another figure is updated and its history kept. Mobilities that are posted keep "
        "the rate they used."
    )
    maps = DATA / "maps"
    fields = frozenset({*FIELDS, WORDS})
    required = frozenset({"kind", "value"})

    @classmethod
    def layouts(cls) -> tuple[Layout, ...]:
        return _shipped()

    @classmethod
    def layout_from(cls, source: Path | str, *, name: str = "") -> Layout:
        try:
            text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
            return as_engine_layout(ratefile.read_layout(text))
        except ratefile.BadMap as error:
            raise _bad_map(source, name, error.message) from error
        except (OSError, UnicodeError) as error:
            raise _bad_map(source, name, Message(mark("it cannot be read"))) from error

    def run(self, rows: Iterable[MappedRow], report: Report) -> None:
        stored = {row.id: row for row in stored_rates()}
        taken: list[tuple[MappedRow, RateRow]] = []
        for row in rows:
            try:
                rate = ratefile.read_row(_texts(row), row[WORDS])
                _refuse_unstorable(rate)
                for line, other in taken:
                    ratefile.refuse_clash(rate, other, ratefile.at_line(line.line))
                for other in stored.values():
                    if other.id != rate.id:
                        known = Message(mark("the stored row {id}"), {"id": other.id})
                        ratefile.refuse_clash(rate, other, known)
            except Refused as refusal:
                report.refused(row, refusal.field, refusal.message)
            else:
                taken.append((row, rate))
        store_rates(rate for _row, rate in taken)
        for row, rate in taken:
            before = stored.get(rate.id)
            if before is None:
                report.created(row)
            elif before == rate:
                report.unchanged(row)
            else:
                params = {"before": f"{before.value:f}", "after": f"{rate.value:f}"}
                report.updated(row, Message(mark("from {before} to {after}"), params), "value")


def _bad_map(source: Path | str, name: str, problem: Message) -> BadLayout:
    called = name or (source.name if isinstance(source, Path) else "")
    template = mark("The column map “{name}” cannot be used: {problem}.")
    return BadLayout(Message(template, {"name": called, "problem": problem}))


def read_rate_file(path: Path) -> ratefile.ParsedRates:
    """The rows of a file that `RateImporter` would take, without storing any. Raises `UnusableFile`."""
    table, layout = find_layout(path, _shipped())
    taken: list[tuple[int, RateRow]] = []
    refused: list[ratefile.Refusal] = []
    for row in map_rows(table, layout, required=RateImporter.required):
        if row.empty:
            continue
        try:
            for problem in row.problems:
                raise Refused(problem.field, problem.reason.template, **problem.reason.params)
            rate = ratefile.read_row(_texts(row), row[WORDS])
            for line, other in taken:
                ratefile.refuse_clash(rate, other, ratefile.at_line(line))
        except Refused as refusal:
            refused.append(ratefile.Refusal(row.line, refusal.field, str(refusal)))
        else:
            taken.append((row.line, rate))
    return ratefile.ParsedRates(tuple(taken), tuple(refused))


def as_engine_layout(found: ratefile.Layout) -> Layout:
    """A map of ours as the import engine reads it."""
    columns = {field: Column(constant=value) for field, value in found.fixed.items()}
    for field, heading in found.columns.items():
        # What the layout is known by must be there; of the rest a file holds what its agency prints.
        optional = heading not in found.detect
        columns[field] = Column(sources=(heading,), default=found.fixed.get(field), optional=optional)
    columns[WORDS] = Column(constant=found)
    return Layout(
        name=found.name,
        version=found.version,
        kind=RateImporter.kind,
        label=found.title,
        columns=columns,
        # A comma is what most files have; another delimiter is found out.
        file=FileOptions(delimiter="" if found.delimiter == "," else found.delimiter, comment=found.comment),
        headings=found.detect,
    )


@cache
def _shipped() -> tuple[Layout, ...]:
    return tuple(as_engine_layout(layout) for layout in ratefile.shipped_layouts())


def _refuse_unstorable(rate: RateRow) -> None:
    for field, limit in (("key", 60), ("unit", 60), ("source", 300), ("id", 200)):
        if len(getattr(rate, field)) > limit:
            named = field if field != "id" else "key"
            raise Refused(named, mark("longer than {limit} characters"), limit=limit)
    for field in ("call_from", "call_to"):
        if getattr(rate, field) is not None and not 1987 <= getattr(rate, field) <= 2100:
            raise Refused(field, mark("{year} is not the year of a call"), year=getattr(rate, field))
    for field in ("first_day", "last_day"):
        if (getattr(rate, field) or 0) > 10_000:
            raise Refused(field, mark("{number} is not a day of a stay"), number=getattr(rate, field))


def _texts(row: MappedRow) -> dict[str, str]:
    """The row's values as text, numbers of a sheet with the map's own decimal sign."""
    comma = row[WORDS].decimal == ","
    return {
        field: value.replace(".", ",") if comma and isinstance(value, PlainNumber) else str(value)
        for field in FIELDS
        if (value := row[field]) is not None
    }
