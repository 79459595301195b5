"""The file of an import: a copy of it on this machine, its layout, and its refused rows given back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile
from typing import Any

from django.utils.translation import gettext as _

from ecett.core.exports.sheets import AS_IS, INTEGER, Column
from ecett.core.imports import registry
from ecett.core.imports.engine import Importer
from ecett.core.imports.layouts import Layout
from ecett.core.imports.mapping import find_layout
from ecett.core.imports.table import PlainNumber
from ecett.core.models import ImportJob
from ecett.core.models.importjob import RowOutcome
from ecett.core.search import normalise


@contextmanager
def local_copy(job: ImportJob) -> Iterator[Path]:
    """The file as it was sent; the storage may not be a folder of this machine."""
    with job.file.open("rb") as stored, NamedTemporaryFile(suffix=PurePath(job.filename).suffix) as copy:
        for piece in stored.chunks():
            copy.write(piece)
        copy.flush()
        yield Path(copy.name)


def layout_of(job: ImportJob, importer: type[Importer]) -> Layout | None:
    """The layout that was chosen or brought along; None: to be recognised."""
    if job.map_text:
        return importer.layout_from(job.map_text, name=_("the column map sent along"))
    return (
        next((each for each in importer.layouts() if each.name == job.layout), None) if job.layout else None
    )


def refused_rows(job: ImportJob) -> tuple[list[Column], list[Sequence[Any]]]:
    """The refused rows of a job: all columns of the file as they were, before them the line and the reason. Sent again,
    the file is read as before: headings that a layout does not know are passed over.
    """
    importer = registry.find(job.kind)
    assert importer is not None, job.kind
    reasons: defaultdict[int, list[str]] = defaultdict(list)
    for note in job.rows.filter(outcome=RowOutcome.REFUSED):
        reasons[note.line].append(f"{note.field}: {note.reason}" if note.field else note.reason)
    ours = (_("Line"), _("Why it was refused"))
    with local_copy(job) as path:
        table, _layout = find_layout(
            path, importer.layouts(), name=job.filename, chosen=layout_of(job, importer)
        )
        # A sheet that came back once has our two columns already.
        kept = [at for at, name in enumerate(table.headings) if normalise(name) not in map(normalise, ours)]
        rows: list[Sequence[Any]] = [
            (
                row.line,
                "; ".join(reasons[row.line]),
                *(_as_sent(row.cells[at]) if row.cells else "" for at in kept),
            )
            for row in table.rows()
            if row.line in reasons
        ]
    heads = [
        Column(ours[0], partial(_cell, at=0), INTEGER, width=8),
        Column(ours[1], partial(_cell, at=1), AS_IS, width=50),
        *(
            Column(table.headings[at], partial(_cell, at=place), AS_IS)
            for place, at in enumerate(kept, start=2)
        ),
    ]
    return heads, rows


def _as_sent(cell: str) -> str | float:
    """A number of a workbook stays a number: as a text its point might group thousands."""
    return float(cell) if isinstance(cell, PlainNumber) else cell


def _cell(row: Sequence[Any], *, at: int) -> Any:
    return row[at]
