"""The frame of the import commands: options, progress, reports and exit status are the same for all."""

import csv
import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ecett.core.exports.sheets import escape
from ecett.core.imports.engine import Importer, ImportFailed, Source, UnusableFile, files_of, import_files
from ecett.core.imports.report import OUTCOMES, Note, Report, sorted_notes

NOTES_SHOWN = 20
SECONDS_BETWEEN = 2.0


class ImportCommand(BaseCommand):
    """A command that imports a file. Subclasses name their ``importer`` and write ``help``.

    Exit status 1 when nothing could be imported (with the reason on standard error); refused rows alone are
    told, not punished.
    """

    importer: ClassVar[type[Importer]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = "a CSV or XLSX file"
        if self.importer.takes_folder:
            parser.add_argument("path", metavar="DIR", type=Path, help=f"a folder of such files, or {what}")
        else:
            parser.add_argument("path", metavar="FILE", type=Path, help=what)
        parser.add_argument("--dry-run", action="store_true", help="write nothing, report the same")
        parser.add_argument(
            "--map",
            metavar="FILE",
            type=Path,
            help="the column map to use (TOML) instead of recognising the layout",
        )
        parser.add_argument(
            "--json", action="store_true", help="the last line of standard output is the report as JSON"
        )
        parser.add_argument(
            "--report", metavar="FILE", type=Path, help="write every note as CSV into this file"
        )

    def handle(self, **options: Any) -> None:
        importer = self.importer()
        started = time.monotonic()
        try:
            layout = importer.layout_from(options["map"]) if options["map"] else None
            sources = self._sources(importer, options["path"])
            report = import_files(
                importer,
                sources,
                layout=layout,
                dry_run=options["dry_run"],
                progress=Ticker(self.stderr).tick,
            )
        except (UnusableFile, ImportFailed) as error:
            raise CommandError(error.message.say(_)) from error
        if options["report"]:
            write_notes(options["report"], report)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self._tell(report, seconds=time.monotonic() - started, dry_run=options["dry_run"])

    def _sources(self, importer: Importer, path: Path) -> list[Source]:
        if not path.is_dir():
            return [Source(path)]
        if not importer.takes_folder:
            raise CommandError(_("%(path)s is a folder; name a file.") % {"path": path})
        sources, others = files_of(importer, path)
        if others:
            self.stderr.write(_("Not of this kind, left alone: %(names)s") % {"names": ", ".join(others)})
        return sources

    def _tell(self, report: Report, *, seconds: float, dry_run: bool) -> None:
        notes = sorted_notes(report.notes, report.sources)
        refused_first = sorted(notes, key=lambda note: note.outcome != "refused")
        for note in refused_first[:NOTES_SHOWN]:
            self.stdout.write(_line(note, several=len(report.sources) > 1))
        if len(notes) > NOTES_SHOWN:
            more = len(notes) - NOTES_SHOWN
            self.stdout.write(_("… and %(n)s more; --report FILE writes them all.") % {"n": f"{more:,}"})
        width = len(f"{report.read:,}")
        self.stdout.write(f"{report.read:>{width},} " + _("rows read"))
        for name in OUTCOMES:
            text = f"{report.counts[name]:>{width},} {name}"
            if name == "skipped" and report.unchanged_count:
                text += _(" (%(n)s of them unchanged)") % {"n": f"{report.unchanged_count:,}"}
            self.stdout.write(text)
        self.stdout.write(
            _("Layout: %(layout)s. Time: %(seconds)s s.")
            % {"layout": ", ".join(report.layouts), "seconds": f"{seconds:.1f}"}
        )
        if dry_run:
            self.stdout.write(_("This was a dry run: nothing was written."))


class Ticker:
    """Tells now and then how far the work is: in place on a terminal, as lines elsewhere."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._in_place = stream.isatty()
        self._last = time.monotonic()

    def tick(self, read: int, total: int) -> None:
        """``read`` of ``total`` rows have been read (``total`` 0: unknown)."""
        now = time.monotonic()
        over = total and read == total
        if now - self._last < (0.2 if self._in_place else SECONDS_BETWEEN) and not over:
            return
        self._last = now
        text = f"{read:,} / {total:,}" if total else f"{read:,}"
        self._stream.write(f"\r{text} ", ending="\n" if over or not self._in_place else "")
        self._stream.flush()


def write_notes(path: Path, report: Report) -> None:
    """All notes as CSV, cells protected as in every export."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("file", "line", "outcome", "field", "reason"))
        for note in sorted_notes(report.notes, report.sources):
            writer.writerow((escape(note.source), note.line, note.outcome, note.field, escape(note.reason)))


def _line(note: Note, *, several: bool) -> str:
    where = f"{note.source}:{note.line}" if several else f"{note.line}"
    field = f"{note.field}: " if note.field else ""
    return f"  {where}  {note.outcome}  {field}{note.reason}"
