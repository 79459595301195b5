"""What somebody wants of a list: form, columns, filters; and its rows as they were at one moment."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from django.db import connection, transaction
from django.db.models import Model

from ecett.core.exports.kinds import ExportKind
from ecett.core.exports.sheets import (
    MAX_XLSX_ROWS,
    Column,
    TooManyRows,
    write_csv,
    write_xlsx,
)

# So many rows are held at once, with what belongs to them.
PIECE = 1000
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Order:
    """``address``: the filters, as in an address; ``language``: of its words, and of the person."""

    kind: ExportKind
    form: str
    headings: tuple[str, ...]
    address: str
    language: str

    @property
    def columns(self) -> list[Column]:
        """The chosen columns, in the order of the sheet."""
        return self.kind.chosen(self.headings)

    @property
    def digest(self) -> str:
        """The same for the same order."""
        said = (self.kind.name, self.form, sorted(self.headings), self.address, self.language)
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @property
    def private(self) -> bool:
        """Whether taking it is written down."""
        return self.kind.private(self.headings)

    def allowed(self, user: Any) -> bool:
        """Whether a person may take all of its columns now."""
        mine = {str(column.heading) for group in self.kind.groups_for(user) for column in group.columns}
        return bool(user is not None and user.is_active and mine.issuperset(self.headings))

    def count(self) -> int:
        """How many rows there are."""
        return self.kind.rows(self.address, self.language).count()

    def first(self, number: int) -> list[Any]:
        """The first rows of the sheet."""
        rows = self.kind.rows(self.address, self.language).order_by(*self.kind.order)
        return list(self._loaded(rows.model, array("q", rows.values_list("pk", flat=True)[:number])))

    def write(self, stream: IO[bytes], *, progress: Progress | None = None) -> int:
        """Write the sheet into an open binary file; how many rows it has. ``progress``: (rows written, rows in
        all), called before each piece. Raises `TooManyRows` for what the form cannot hold.
        """
        found = self.kind.rows(self.address, self.language).order_by(*self.kind.order)
        with snapshot():
            ids = array("q", found.values_list("pk", flat=True).iterator(chunk_size=2000))
            if self.form == "xlsx" and len(ids) > MAX_XLSX_ROWS:
                raise TooManyRows(MAX_XLSX_ROWS)
            rows = self._loaded(found.model, ids, progress)
            if self.form == "xlsx":
                write_xlsx(stream, self.columns, rows, sheet=self.kind.filename)
            else:
                write_csv(stream, self.columns, rows)
        return len(ids)

    def _loaded(self, model: type[Model], ids: array[int], progress: Progress | None = None) -> Iterator[Any]:
        loaded = self.kind.load(model._default_manager.all(), self.headings)
        for start in range(0, len(ids), PIECE):
            if progress:
                progress(start, len(ids))
            piece = ids[start : start + PIECE].tolist()
            rows = loaded.in_bulk(piece)
            yield from (rows[pk] for pk in piece if pk in rows)


@contextmanager
def snapshot() -> Iterator[None]:
    """What is read inside is the database of one moment, as the first question finds it; nothing is written. Inside of
    another transaction it is that transaction.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
