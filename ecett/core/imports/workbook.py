"""XLSX workbooks, read row by row. Pure: no Django.

Cells arrive as text, in one spelling whatever the format of the cell: dates as ISO 8601, numbers with a
point, so that a column map works alike for CSV and XLSX. Of a formula we read the value stored with it.
"""

import datetime as dt
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ecett.core.imports.table import FileOptions, PlainNumber, Row, UnusableFile, check_cells
from ecett.core.words import Message
from ecett.core.words import mark as _

# What the archive may unpack to, in bytes, and in how many parts, before we call it a bomb.
MAX_UNPACKED = 400 * 1024 * 1024
MAX_PARTS = 5_000
# Excel writes these as text; as data they are no value.
ERROR_VALUES = frozenset(("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"))
_DAMAGE = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    EOFError,
    IndexError,
)


class XlsxTable:
    """One sheet of a workbook: the one named in the options, else the first. Its first filled row is the
    headings.
    """

    def __init__(self, path: Path, options: FileOptions, name: str) -> None:
        self.path = path
        self.options = options
        self.name = name
        self._declared_rows = 0
        _check_archive(path, name)
        headings = next(self._filled_rows(), None)
        if headings is None:
            raise UnusableFile(Message(_("“{name}” has no heading line."), {"name": name}))
        self._heading_line, cells = headings
        self.headings = tuple(cell.strip() for cell in cells)
        while self.headings and not self.headings[-1]:
            self.headings = self.headings[:-1]

    def rows(self) -> Iterator[Row]:
        """Every filled row below the headings, with its number in the sheet."""
        width = len(self.headings)
        for line, cells in self._filled_rows():
            if line <= self._heading_line:
                continue
            padded = cells + ("",) * (width - len(cells))
            if any(padded[width:]):
                template = _("This row has {found} cells; the heading line has {wanted}.")
                yield Row(line, (), Message(template, {"found": len(cells), "wanted": width}))
                continue
            kept = padded[:width]
            wrong = next((cell for cell in kept if cell in ERROR_VALUES), None)
            if wrong:
                yield Row(
                    line, (), Message(_("A formula of this row has failed: {value}."), {"value": wrong})
                )
            else:
                yield Row(line, kept, check_cells(kept))

    def count(self) -> int:
        """What the file declares (reading it twice would take as long again); 0 when it says nothing."""
        return max(0, self._declared_rows - self._heading_line)

    def _filled_rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        try:
            with warnings.catch_warnings():
                # Styles, comments and validation rules that openpyxl does not know: none of our business.
                warnings.simplefilter("ignore")
                book = openpyxl.load_workbook(self.path, read_only=True, data_only=True, keep_links=False)
            try:
                sheet = self._sheet(book)
                self._declared_rows = sheet.max_row or 0
                sheet.reset_dimensions()  # what the file says of its own size is often wrong
                for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                    if line <= self.options.skip_lines:
                        continue
                    cells = tuple(map(as_text, values))
                    if any(cells) and not (
                        self.options.comment and cells[0].startswith(self.options.comment)
                    ):
                        yield line, cells
            finally:
                book.close()
        except _DAMAGE as error:
            raise UnusableFile(
                Message(
                    _("“{name}” is damaged: it cannot be read as an Excel workbook."), {"name": self.name}
                )
            ) from error

    def _sheet(self, book: Any) -> Any:
        wanted = self.options.sheet
        if not book.worksheets or (wanted and wanted not in book.sheetnames):
            names = ", ".join(book.sheetnames) or "–"
            template = _("“{name}” has no sheet “{wanted}”. Its sheets: {names}.")
            raise UnusableFile(Message(template, {"name": self.name, "wanted": wanted, "names": names}))
        return book[wanted] if wanted else book.worksheets[0]


def as_text(value: object) -> str:
    """A cell's value as text: ``""`` for an empty one, ``2024-05-31``, ``3``, ``0.7``, ``true``."""
    if value is None:
        return ""
    if isinstance(value, str):
        # A text that looks like a code for a character is marked as text; openpyxl takes the mark away in some places.
        return value.replace("_x005F_x", "_x")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return PlainNumber(value)
    if isinstance(value, float):
        return PlainNumber(int(value) if value.is_integer() and abs(value) < 1e15 else repr(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _check_archive(path: Path, name: str) -> None:
    """Refuse, before unpacking anything, an archive that is no workbook or would unpack to too much.

    The sizes are those the archive declares; Python's ``zipfile`` reads no byte more than declared.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, EOFError, ValueError, OSError) as error:
        raise UnusableFile(
            Message(_("“{name}” is damaged: it cannot be read as an Excel workbook."), {"name": name})
        ) from error
    if not any(part.filename.startswith("xl/workbook.") for part in parts):
        raise UnusableFile(
            Message(
                _("“{name}” is a ZIP archive, but not an Excel workbook. Send a CSV or XLSX file."),
                {"name": name},
            )
        )
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        limit = MAX_UNPACKED // 1024 // 1024
        raise UnusableFile(
            Message(
                _("“{name}” would unpack to more than {limit} MB and is not opened."),
                {"name": name, "limit": limit},
            )
        )
