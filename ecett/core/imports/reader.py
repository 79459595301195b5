"""Sheets, read row by row: opened by what they are, and CSV in its many dialects. Pure: no Django."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from ecett.core.imports.table import FileOptions, Row, Table, UnusableFile, check_cells
from ecett.core.signatures import FORMATS, signature
from ecett.core.words import Message
from ecett.core.words import mark as _

DELIMITERS = (",", ";", "\t", "|")
_HEAD_BYTES = 64 * 1024
_SAMPLE_ROWS = 20

# The module's own limit would turn one long cell into the end of the whole file; ours refuses the row.
csv.field_size_limit(sys.maxsize)


def open_table(path: Path, options: FileOptions | None = None, *, name: str = "") -> Table:
    """Open a CSV or XLSX file, told apart by their content; ``name`` is what people call it (default: the
    path's).

    Raises `UnusableFile` when it is neither, is empty, damaged or dangerous, or has no heading line.
    """
    options = options or FileOptions()
    name = name or path.name
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnusableFile(
            Message(_("“{name}” cannot be opened: {reason}."), {"name": name, "reason": reason})
        ) from error
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise UnusableFile(Message(_("“{name}” is empty."), {"name": name}))
    found = signature(head)
    if found == "xlsx":
        from ecett.core.imports.workbook import XlsxTable  # openpyxl takes 0.3 s to import

        return XlsxTable(path, options, name)
    if found == "text":
        return CsvTable(path, options, name, head)
    if found == "xls":
        raise UnusableFile(
            Message(
                _("“{name}” is an old Excel workbook (XLS). Save it as XLSX or CSV and send that."),
                {"name": name},
            )
        )
    raise UnusableFile(
        Message(
            _("“{name}” is not a table: it looks like {found}. Send a CSV or XLSX file."),
            {"name": name, "found": Message(FORMATS[found].label)},
        )
    )


class CsvTable:
    """Comma, semicolon, tab or bar separated text, with quoted line breaks."""

    def __init__(self, path: Path, options: FileOptions, name: str, head: bytes) -> None:
        self.path = path
        self.options = options
        self.name = name
        self.encoding = options.encoding or _encoding_of(head)
        self.delimiter = options.delimiter or self._sniff()
        headings = next(self._records(), None)
        if headings is None or not any(cell.strip() for cell in headings.cells):
            raise UnusableFile(Message(_("“{name}” has no heading line."), {"name": name}))
        if headings.problem:
            raise UnusableFile(headings.problem, headings.line)
        self.headings = tuple(cell.strip().lstrip("\ufeff") for cell in headings.cells)

    def rows(self) -> Iterator[Row]:
        """Every record below the headings but blank lines."""
        width = len(self.headings)
        records = self._records()
        next(records)
        for row in records:
            if row.problem is None and (problem := _unusable_cells(row.cells, width)):
                yield Row(row.line, (), problem)
            elif len(row.cells) > width:
                yield Row(row.line, row.cells[:width], row.problem)
            else:
                yield row

    def count(self) -> int:
        records = self._records()
        next(records)
        return sum(1 for _row in records)

    def _records(self) -> Iterator[Row]:
        """Records with the line each begins on. A badly quoted one is a problem; the next line begins
        anew.
        """
        try:
            with _open_text(self.path, self.encoding) as stream:
                yield from self._parse(_Lines(stream, self.options))
        except UnicodeError as error:
            raise _wrong_encoding(self.path, self.encoding, self.name) from error

    def _parse(self, lines: "_Lines") -> Iterator[Row]:
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        while True:
            lines.begin_record()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if lines.ended:
                    template = _("A quotation mark opened on line {line} of “{name}” is never closed.")
                    params = {"line": lines.record_line, "name": self.name}
                    raise UnusableFile(Message(template, params), lines.record_line) from error
                problem = Message(
                    _("The quotation marks of this row do not match: text follows a closing one.")
                )
                yield Row(lines.record_line, (), problem)
                continue
            if cells:
                yield Row(lines.record_line, tuple(cells))

    def _sniff(self) -> str:
        """The delimiter under which the first rows agree best with the heading line; the widest wins a
        tie.
        """

        def quality(delimiter: str) -> tuple[float, int]:
            widths: list[int] = []
            with _open_text(self.path, self.encoding) as stream:
                lines = _Lines(stream, self.options)
                reader = csv.reader(lines, delimiter=delimiter)
                while len(widths) < _SAMPLE_ROWS:
                    lines.begin_record()
                    try:
                        cells = next(reader)
                    except StopIteration:
                        break
                    if cells:
                        widths.append(len(cells))
            if not widths or widths[0] == 1:
                return (0.0, 0)
            return (sum(width == widths[0] for width in widths) / len(widths), widths[0])

        try:
            return max(DELIMITERS, key=quality)
        except UnicodeError as error:
            raise _wrong_encoding(self.path, self.encoding, self.name) from error


class _Lines:
    """The lines of a text for ``csv.reader``, counted; comment lines between two records are passed over."""

    def __init__(self, stream: TextIO, options: FileOptions) -> None:
        self._stream = stream
        self._comment = options.comment
        self._between = True
        self.line = 0
        self.record_line = 0
        self.ended = False
        for _skipped in range(options.skip_lines):
            self.line += bool(stream.readline())

    def begin_record(self) -> None:
        self._between = True

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        for text in self._stream:
            self.line += 1
            if self._between:
                if self._comment and text.startswith(self._comment):
                    continue
                self._between = False
                self.record_line = self.line
            return text
        self.ended = True
        raise StopIteration


def _open_text(path: Path, encoding: str) -> TextIO:
    try:
        return path.open(encoding=encoding, newline="")
    except LookupError as error:
        raise UnusableFile(Message(_("Unknown encoding “{encoding}”."), {"encoding": encoding})) from error


def _encoding_of(head: bytes) -> str:
    """UTF-16 when it opens with that mark; otherwise UTF-8, with or without one."""
    return "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"


def _wrong_encoding(path: Path, encoding: str, name: str) -> UnusableFile:
    """Find the first line that is not of the encoding, and say what it may be instead."""
    shown = encoding.replace("-sig", "").upper()
    with path.open("rb") as stream:
        # The lines of UTF-16 cannot be told apart in bytes.
        for line, raw in enumerate(() if "16" in encoding else stream, start=1):
            try:
                raw.decode(encoding)
            except UnicodeDecodeError as error:
                around = (
                    raw[max(0, error.start - 12) : error.start + 13].decode("windows-1252", "replace").strip()
                )
                template = _(
                    "Line {line} of “{name}” is not {encoding} text. Read as Windows-1252 it says "
                    "“{around}”: if that is right, choose “CSV UTF-8” when saving, or name the encoding in "
                    "the column map."
                )
                params = {"line": line, "name": name, "encoding": shown, "around": around}
                return UnusableFile(Message(template, params), line)
    return UnusableFile(Message(_("“{name}” is not {encoding} text."), {"name": name, "encoding": shown}))


def _unusable_cells(cells: tuple[str, ...], width: int) -> Message | None:
    """Why a record cannot be used: too few or too many cells, one too long, or NUL characters; None when it
    can.
    """
    if len(cells) != width and (len(cells) < width or any(cell.strip() for cell in cells[width:])):
        return Message(
            _("This row has {found} cells; the heading line has {wanted}."),
            {"found": len(cells), "wanted": width},
        )
    return check_cells(cells)
