"""What a sheet is to whoever reads it, whatever the file. Pure: no Django.

A file that cannot be read at all raises `UnusableFile` with words for the person who sent it. A single row
that cannot be read is handed on as a `Row` with a ``problem``, so that it is counted and refused, and the
rest goes on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ecett.core.words import Message
from ecett.core.words import mark as _

# The longest text one cell may hold, in characters. The longest real one that we know has 9,000.
MAX_CELL = 100_000


class UnusableFile(Exception):
    """Nothing of this file can be imported; ``message`` says why, ``line`` where, when it is known."""

    def __init__(self, message: Message, line: int | None = None) -> None:
        super().__init__(message.say())
        self.message = message
        self.line = line


class PlainNumber(str):
    """A number that the sheet itself holds as a number: with a decimal point, whatever the layout says of
    texts.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the line it begins on (1 is the first of the file), its cells under the headings, or its
    problem.
    """

    line: int
    cells: tuple[str, ...]
    problem: Message | None = None


@dataclass(frozen=True)
class FileOptions:
    """How a file is to be read. What is left empty is found out: the encoding from the mark, the delimiter by
    trying.
    """

    encoding: str = ""
    delimiter: str = ""
    comment: str = ""
    skip_lines: int = 0
    sheet: str = ""


class Table(Protocol):
    """A readable sheet. ``rows`` may be walked again and again; ``count`` walks it once without building
    rows.
    """

    name: str
    headings: tuple[str, ...]

    def rows(self) -> Iterator[Row]: ...
    def count(self) -> int: ...


def check_cells(cells: tuple[str, ...]) -> Message | None:
    """The checks that every kind of sheet needs: the length of a cell, and no NUL character."""
    for number, cell in enumerate(cells, start=1):
        if len(cell) > MAX_CELL:
            return Message(
                _("Column {number} holds {found} characters; at most {limit} are taken."),
                {"number": number, "found": len(cell), "limit": MAX_CELL},
            )
        if "\0" in cell:
            return Message(
                _("Column {number} holds a NUL character: the file is damaged."), {"number": number}
            )
    return None
