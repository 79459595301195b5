"""One import: all files of a run in one transaction, every row accounted for, or nothing at all."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import structlog
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext

from ecett.core.heartbeat import Stopped
from ecett.core.imports.layouts import BadLayout, Layout, load_file, load_folder, parse_layout
from ecett.core.imports.mapping import MappedRow, find_layout, map_rows
from ecett.core.imports.report import Miscounted, Report
from ecett.core.imports.table import Table, UnusableFile
from ecett.core.stock import MANY_ROWS, take_stock
from ecett.core.words import Message
from ecett.core.words import mark as _

log = structlog.get_logger(__name__)

Progress = Callable[[int, int], None]
Item = TypeVar("Item")


class Importer:
    """What an app says about one kind of import. See the package's docstring for an example.

    An instance lives for one run; ``actor`` is the user who asked for it (None: the command line).
    """

    kind: ClassVar[str]
    label: ClassVar[str | Promise]
    # One sentence for the upload page: what the file holds, and what becomes of a row that is known already.
    help: ClassVar[str | Promise] = ""
    # The folder of the layouts that ship with the portal.
    maps: ClassVar[Path]
    fields: ClassVar[Collection[str]]
    required: ClassVar[frozenset[str]] = frozenset()
    # Whether the command also takes a folder, of which it reads the files whose layout it knows.
    takes_folder: ClassVar[bool] = False

    def __init__(self, *, actor: Any = None) -> None:
        self.actor = actor
        # What the person said of the questions of the dry run: {line: (key, "same" or "another")}.
        self.answers: Mapping[int, tuple[str, str]] = {}

    def run(self, rows: Iterable[MappedRow], report: Report) -> None:
        """Write the rows, and settle each exactly once in ``report``. Runs inside the transaction of the
        import.

        Rows come in the order of the file and may be collected: use `batched` and bulk operations. What is
        raised here stops the import and undoes everything.
        """
        raise NotImplementedError

    @classmethod
    def permission(cls) -> str:
        """The right that lets a person import this kind."""
        return f"core.import_{cls.kind}"

    @classmethod
    def layouts(cls) -> tuple[Layout, ...]:
        """The layouts that ship with the portal."""
        return load_folder(cls.maps, kind=cls.kind, allowed=cls.fields)

    @classmethod
    def layout_from(cls, source: Path | str, *, name: str = "") -> Layout:
        """A layout brought along: a TOML file, or its text. Raises `BadLayout`."""
        if isinstance(source, Path):
            return load_file(source, kind=cls.kind, allowed=cls.fields)
        return parse_layout(source, name=name, kind=cls.kind, allowed=cls.fields)


class ImportFailed(Exception):
    """The import was stopped and undone; ``message`` says so in words, ``line`` is the last line handed
    out.
    """

    def __init__(self, message: Message, line: int | None = None) -> None:
        super().__init__(message.say())
        self.message = message
        self.line = line


@dataclass(frozen=True)
class Source:
    """One file: where it lies, and what people call it (layouts may read the language from that name)."""

    path: Path
    name: str = ""

    @property
    def title(self) -> str:
        return self.name or self.path.name


def import_file(
    importer: Importer,
    path: Path,
    *,
    name: str = "",
    layout: Layout | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    finish: Callable[[Report], None] | None = None,
) -> Report:
    """Import one file. See `import_files`."""
    return import_files(
        importer, [Source(path, name)], layout=layout, dry_run=dry_run, progress=progress, finish=finish
    )


def import_files(
    importer: Importer,
    sources: Sequence[Source],
    *,
    layout: Layout | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    finish: Callable[[Report], None] | None = None,
) -> Report:
    """Import files as one: all their rows, or none when anything unexpected happens.

    ``layout`` is used instead of the recognised one. A dry run does the same work and undoes it. ``progress``
    is called with (rows read, rows in all); it ends the import by raising `Stopped`, which comes out again when all is
    undone. ``finish`` is called with the report inside the transaction, also
    after a dry run: what it writes is committed together with the import.

    Raises `UnusableFile` before the first row is written (or at the line where the file turns out to be
    damaged),
    `ImportFailed` for everything unexpected; both leave nothing behind.
    """
    tables = open_sources(importer, sources, layout=layout)
    report = Report(gettext)
    report.sources = [table.name for table, _layout in tables]
    report.layouts = list(dict.fromkeys(found.name for _table, found in tables))
    total = sum(table.count() for table, _layout in tables)
    # Every heading line is held against its layout before the first row is written.
    streams = [map_rows(table, found, required=importer.required) for table, found in tables]
    rows = _taken(streams, report, total, progress)
    with transaction.atomic():
        _write(importer, rows, report, dry_run=dry_run)
        if finish is not None:
            finish(report)
        # Before anybody else sees the rows: who asks first would wait for a plan made for empty tables.
        take_stock(changed=MANY_ROWS)
    return report


def _write(importer: Importer, rows: Iterator[MappedRow], report: Report, *, dry_run: bool) -> None:
    try:
        with transaction.atomic():
            importer.run(rows, report)
            for _unread in rows:  # what an importer left unread is counted too: `check` tells it so
                pass
            report.check()
            connection.check_constraints()
            if dry_run:
                transaction.set_rollback(True)
    except (UnusableFile, Stopped):
        raise
    except Exception as error:
        log.exception("import_failed", kind=importer.kind, line=report.line)
        raise _failure(error, report) from error


def open_sources(
    importer: Importer, sources: Sequence[Source], *, layout: Layout | None = None
) -> list[tuple[Table, Layout]]:
    """Each file opened in its layout, checked as far as its heading line. Raises `UnusableFile`."""
    layouts = importer.layouts()
    return [find_layout(source.path, layouts, name=source.title, chosen=layout) for source in sources]


def files_of(importer: Importer, folder: Path) -> tuple[list[Source], list[str]]:
    """The files of a folder whose layout the importer knows, by name, and the names of the others.

    Raises `UnusableFile` when there is none, or when a file of a known layout cannot be read.
    """
    layouts = importer.layouts()
    found, others = [], []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in (".csv", ".tsv", ".txt", ".xlsx") or not path.is_file():
            continue
        try:
            find_layout(path, layouts)
        except UnusableFile:
            others.append(path.name)
        else:
            found.append(Source(path))
    if not found:
        template = _("No file in “{folder}” has a layout that is known here. Looked at: {names}.")
        raise UnusableFile(Message(template, {"folder": folder, "names": ", ".join(others) or "–"}))
    return found, others


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Lists of ``size`` items, the last one shorter."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _taken(
    streams: Sequence[Iterator[MappedRow]], report: Report, total: int, progress: Progress | None
) -> Iterator[MappedRow]:
    """The sound rows of all files; the others are settled on the way."""
    for stream in streams:
        for row in stream:
            if progress is not None:
                progress(report.read, total)
            if report.take(row):
                yield row
    if progress is not None:
        progress(report.read, total)


def _failure(error: Exception, report: Report) -> ImportFailed:
    """The words for an unexpected end. What the database said helps whoever knows the data; a stack trace
    nobody.
    """
    if isinstance(error, Miscounted):
        template = _(
            "The portal lost count of the rows; nothing was imported. This is a fault of the portal: {detail}"
        )
    else:
        template = _("Stopped near line {line} by a fault; nothing was imported. {detail}")
    detail = f"{type(error).__name__}: {error}" if not isinstance(error, DatabaseError) else str(error)
    return ImportFailed(Message(template, {"line": report.line, "detail": detail.strip()[:500]}), report.line)


__all__ = [
    "BadLayout",
    "ImportFailed",
    "Importer",
    "Message",
    "Report",
    "Source",
    "UnusableFile",
    "batched",
    "files_of",
    "import_file",
    "import_files",
]
