"""Check a document's seal without database and network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ecett.core.documents import sealing

# More than any document of ours: whoever gives a film by mistake gets an answer at once.
MAX_BYTES = 100 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Says of a PDF file whether this portal sealed it and it is unchanged. Needs neither database "
        "nor network. Exit status 0 only for a genuine document."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the PDF file")
        parser.add_argument(
            "--keys",
            metavar="DIR",
            help="folder with the portal's seal-*.crt files (default: the portal's own)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            if path.stat().st_size > MAX_BYTES:
                raise CommandError(f"{path}: too large to be a document of the portal")
            pdf = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        folder = Path(options["keys"]) if options["keys"] else None
        report = sealing.verify(pdf, trusted=sealing.known_fingerprints(folder))
        for line in self._lines(report):
            self.stdout.write(line)
        if not report.genuine:
            raise CommandError("This is not a genuine, unchanged document of this portal.", returncode=1)
        self.stdout.write(self.style.SUCCESS("Genuine: made by this portal and unchanged since."))

    @staticmethod
    def _lines(report: sealing.SealReport) -> list[str]:
        lines = [f"Verification code: {report.code or 'none in the file'}"]
        if not report.sealed:
            return [*lines, "Seal: none"]
        made = f"{report.signed_at:%Y-%m-%d %H:%M:%S %Z}" if report.signed_at else "unknown"
        owner = "this portal" if report.trusted else "not known here"
        intact = "yes" if report.intact else "NO, the sealed part has been changed"
        complete = "yes" if report.covers_whole else "NO, something was added or cut after sealing"
        return [
            *lines,
            f"Seal: {report.reason or 'without a reason'}",
            f"Sealed at: {made} (the portal's clock)",
            f"Key: {report.fingerprint or 'unreadable'} ({owner})",
            f"Intact: {intact}",
            f"Complete: {complete}",
        ]
