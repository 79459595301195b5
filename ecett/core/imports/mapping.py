"""Rows under our names: a layout applied to a table. Pure: no Django.

`map_rows(table, layout)` first holds the layout against the heading line (a heading it needs that is missing,
or there twice, makes the file unusable), then turns each `Row` into a `MappedRow`. What a cell may be wrong
about is kept with the row: the engine refuses it, all its problems in one note.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ecett.core.imports.layouts import Column, Layout, recognise
from ecett.core.imports.reader import open_table
from ecett.core.imports.table import FileOptions, PlainNumber, Row, Table, UnusableFile
from ecett.core.search import clean, normalise
from ecett.core.words import Message
from ecett.core.words import mark as _

# What spreadsheets take for a formula; our exports put an apostrophe before it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# A number as people write it: a currency may stand before it, a unit after it.
_NUMBER = re.compile(
    r"(?:[€$£]|[A-Z]{3}\s)?\s*([+\-−]?(?:\d|[.,]\d)[\d.,\s']*)(?:[^\d\s.,'+\-−][^\d]{0,20})?"
)
_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d+")
_ISO_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?$")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field (``""``: with the row)."""

    field: str
    reason: Message


@dataclass(frozen=True)
class MappedRow:
    """One row under our names. ``row["city"]`` is None when its cell is empty or the layout does not fill the
    field.

    ``problems`` make the engine refuse the row; ``remarks`` (bad values left out) go with whatever becomes of
    it.
    """

    source: str
    line: int
    values: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def __contains__(self, name: str) -> bool:
        """Whether the sheet has the column, even if the cell is empty."""
        return name in self.values

    @property
    def empty(self) -> bool:
        """Whether no cell of it holds anything."""
        return not self.values and not self.problems


class BadValue(Exception):
    """A cell that cannot become what its column asks for."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.say())
        self.message = message


def find_layout(
    path: Path, layouts: Sequence[Layout], *, name: str = "", chosen: Layout | None = None
) -> tuple[Table, Layout]:
    """Open the file as the chosen layout, or as the one of ``layouts`` that fits its heading line.

    Raises `UnusableFile`: unreadable, or unknown (with the headings found and the layouts known).
    """
    if chosen is not None:
        return open_table(path, chosen.file, name=name), chosen
    tables: dict[FileOptions, Table] = {}
    failure: UnusableFile | None = None
    for options in {FileOptions(): None} | {layout.file: None for layout in layouts}:
        try:
            tables[options] = open_table(path, options, name=name)
        except UnusableFile as error:
            failure = failure or error
    candidates = [(layout, tables[layout.file].headings) for layout in layouts if layout.file in tables]
    layout = recognise(candidates)
    if layout is not None:
        return tables[layout.file], layout
    if not tables:
        assert failure is not None
        raise failure
    found = ", ".join(f"“{heading}”" for heading in next(iter(tables.values())).headings)
    known = "; ".join(f"{layout.name} ({', '.join(layout.headings)})" for layout in layouts) or "–"
    template = _(
        "The layout of “{name}” is unknown. Its headings: {found}. Known layouts and the headings they need: "
        "{known}. A column map can describe a new layout."
    )
    raise UnusableFile(Message(template, {"name": name or path.name, "found": found, "known": known}))


def map_rows(table: Table, layout: Layout, *, required: Collection[str] = ()) -> Iterator[MappedRow]:
    """Every row of the table under our names, in order. Raises `UnusableFile` before the first row.

    A row without a value for a ``required`` field has a problem.
    """
    places = _places(table, layout)
    missing = [name for name in sorted(required) if name not in layout.columns]
    if missing:
        template = _("The layout “{layout}” fills no column “{field}”, which every row needs.")
        raise UnusableFile(Message(template, {"layout": layout.name, "field": missing[0]}))
    readers = [
        (target, _reader(column, layout, places, table.name), column.on_error == "empty")
        for target, column in layout.columns.items()
        # A sheet without the column says nothing, which is not the same as an empty cell.
        if not (column.optional and column.default is None and _absent(column, places))
    ]
    # A row whose own cells are all empty is an empty row, whatever constants the layout adds.
    return (_map(row, table.name, readers, required, layout.escaped) for row in table.rows())


def joined(values: Iterable[str], sign: str = ";") -> str:
    """Several texts in one cell of our own sheets; a sign inside one of them gets a backslash."""
    return sign.join(re.sub(rf"([\\{re.escape(sign)}])", r"\\\1", value) for value in values)


def parted(text: str, sign: str = ";") -> list[str]:
    """The texts of such a cell."""
    parts = re.findall(rf"(?:\\.|[^\\{re.escape(sign)}]|\\$)+", text, re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in parts]


def unescape(text: str) -> str:
    """Take away the apostrophe that our exports put before what a spreadsheet would take for a formula."""
    if isinstance(text, PlainNumber):
        return text
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


_Reader = Callable[[Sequence[str]], Any]


def _map(
    row: Row, source: str, readers: list[tuple[str, _Reader, bool]], required: Collection[str], escaped: bool
) -> MappedRow:
    if row.problem is not None:
        return MappedRow(source, row.line, problems=(Problem("", row.problem),))
    cells = tuple(map(unescape, row.cells)) if escaped else row.cells
    cells = tuple(cell if isinstance(cell, PlainNumber) else clean(cell) for cell in cells)
    if not any(cells):
        return MappedRow(source, row.line)
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    remarks: list[Problem] = []
    for target, read, forgiving in readers:
        try:
            value = read(cells)
        except BadValue as error:
            (remarks if forgiving else problems).append(Problem(target, error.message))
            values[target] = None
            continue
        values[target] = value
        if value in (None, "", ()) and target in required:
            problems.append(Problem(target, Message(_("nothing stands here"))))
    return MappedRow(source, row.line, values, tuple(problems), tuple(remarks))


def _places(table: Table, layout: Layout) -> dict[str, int]:
    """Where each heading that the layout reads stands; missing and doubled ones are refused."""
    found = [normalise(heading) for heading in table.headings]
    places: dict[str, int] = {}
    for column in layout.columns.values():
        for heading in column.headings:
            count = found.count(normalise(heading))
            if count == 1:
                places[heading] = found.index(normalise(heading))
                continue
            if column.optional and not count:
                continue
            if count:
                template = _(
                    "“{name}” has several columns “{heading}”; the layout “{layout}” reads one of them."
                )
            else:
                template = _(
                    "“{name}” has no column “{heading}”, which the layout “{layout}” reads. "
                    "Its headings: {found}."
                )
            params = {"name": table.name, "heading": heading, "layout": layout.name}
            raise UnusableFile(
                Message(template, {**params, "found": ", ".join(filter(None, table.headings)) or "–"})
            )
    return places


def _absent(column: Column, places: Mapping[str, int]) -> bool:
    return bool(column.headings) and not any(heading in places for heading in column.headings)


def _reader(column: Column, layout: Layout, places: Mapping[str, int], file_name: str) -> _Reader:
    """The function from a row's cells to the field's value (None: nothing there)."""
    if column.constant is not None:
        return lambda _cells: column.constant
    if column.file_name:
        match = re.search(column.file_name, file_name)
        if match is None:
            template = _(
                "The name “{name}” does not follow the pattern that the layout “{layout}” reads: {pattern}"
            )
            params = {"name": file_name, "layout": layout.name, "pattern": column.file_name}
            raise UnusableFile(Message(template, params))
        value = match.group(1) if match.groups() else match.group(0)
        return lambda _cells: value
    if column.optional and _absent(column, places):
        return lambda _cells: column.default
    table = layout.values.get(column.values, {}) if column.values else None
    if column.join:
        numbers = [places[heading] for heading in column.join if heading in places]

        def text_of(cells: Sequence[str]) -> str:
            return column.glue.join(filter(None, (cells[number] for number in numbers)))
    elif len(column.sources) == 1 and column.sources[0] in places:
        only = places[column.sources[0]]

        def text_of(cells: Sequence[str]) -> str:
            return cells[only]
    else:
        numbers = [places[heading] for heading in column.sources if heading in places]

        def text_of(cells: Sequence[str]) -> str:
            return next((cells[number] for number in numbers if cells[number]), "")

    def read(cells: Sequence[str]) -> Any:
        text = text_of(cells)
        if column.split:
            found = parted(text, column.split) if layout.escaped else text.split(column.split)
            parts = (part.strip() for part in found)
            items = [_value(part, column, table) for part in parts if part]
            flat = [inner for item in items for inner in (item if isinstance(item, tuple) else (item,))]
            return tuple(dict.fromkeys(item for item in flat if item is not None)) or column.default or ()
        value = _value(text, column, table) if text else None
        return column.default if value is None else value

    return read


def _value(text: str, column: Column, table: Mapping[str, Any] | None) -> Any:
    """One filled cell, or one part of a split one, as its column wants it."""
    if column.lower:
        text = text.lower()
    if column.upper:
        text = text.upper()
    if table is not None:
        key = normalise(text)
        if key in table:
            return table[key]
        if column.unknown == "drop":
            return None
        if column.unknown == "refuse":
            raise BadValue(Message(_("“{text}” is not one of the values known here"), {"text": _short(text)}))
    if column.date is not None:
        return parse_date(text, column.date)
    if column.number:
        return parse_number(text, column.number)
    if column.whole:
        number = parse_number(text, ".")
        if number != number.to_integral_value():
            raise BadValue(Message(_("“{text}” is not a whole number"), {"text": _short(text)}))
        return int(number)
    if column.yes:
        return normalise(text) in {normalise(word) for word in column.yes}
    return text


def parse_date(text: str, formats: Sequence[str] = ()) -> dt.date:
    """A date written as ISO 8601 (a time after it is dropped) or in one of ``formats`` (``strptime``).

    Raises `BadValue`, also outside the years 1900 to 2200, which are mistypings.
    """
    try:
        match = _ISO_DATE.match(text)
        if match:
            day = dt.date.fromisoformat(match.group(1))
            return _plausible(day, text)
    except ValueError as error:
        raise BadValue(Message(_("“{text}” is no date of the calendar"), {"text": _short(text)})) from error
    for form in formats:
        try:
            day = dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return _plausible(day, text)
    wanted = ", ".join((*formats, "%Y-%m-%d")).replace("%d", "31").replace("%m", "12")
    wanted = wanted.replace("%Y", "2024").replace("%y", "24")
    raise BadValue(
        Message(
            _("“{text}” is not a date as expected here ({wanted})"), {"text": _short(text), "wanted": wanted}
        )
    )


def _plausible(day: dt.date, text: str) -> dt.date:
    if not 1900 <= day.year <= 2200:
        raise BadValue(Message(_("the year of “{text}” cannot be right"), {"text": _short(text)}))
    return day


def parse_number(text: str, decimal_sign: str) -> Decimal:
    """A number with its decimal sign (``.`` or ``,``); the other one and spaces group thousands, a unit may
    stand by.

    Raises `BadValue` when no number, or more than one, stands there.
    """
    if isinstance(text, PlainNumber):
        return Decimal(text)
    if _SCIENTIFIC.fullmatch(text):
        return Decimal(text)
    match = _NUMBER.fullmatch(text.strip())
    words = match.group(1).replace("−", "-").replace("'", " ").split() if match else [""]
    # Spaces are allowed between groups of thousands only: "5 172" is one number.
    grouped = all(re.fullmatch(r"\d{3}([.,]\d+)?", word) for word in words[1:])
    compact = "".join(words).rstrip(".,") if grouped else ""
    other = "," if decimal_sign == "." else "."
    whole = compact.split(decimal_sign)[0]
    well_grouped = other not in whole or re.fullmatch(rf"[+-]?\d{{1,3}}(\{other}\d{{3}})+", whole)
    try:
        if not well_grouped:
            raise InvalidOperation
        number = Decimal(compact.replace(other, "").replace(decimal_sign, "."))
    except InvalidOperation as error:
        raise BadValue(Message(_("“{text}” is not a number"), {"text": _short(text)})) from error
    return number


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
