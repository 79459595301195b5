"""What became of every row: created + updated + merged + skipped + refused = read. Pure: no Django."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ecett.core.imports.mapping import MappedRow
from ecett.core.words import Gettext, Message, mark
from ecett.core.words import mark as _

OUTCOMES = ("created", "updated", "merged", "skipped", "refused")
Reason = Message | str


@dataclass(frozen=True, slots=True)
class Note:
    """A word on one row. ``source`` is the file's name; ``field`` is empty when the whole row is meant."""

    source: str
    line: int
    outcome: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """A row that may be a record which is there already. ``key`` names that record for the importer."""

    line: int
    subject: str
    candidate: str
    url: str
    why: str
    key: str


class Miscounted(Exception):
    """An importer settled a row twice, or not at all: a fault of ours, never of the file."""


class Report:
    """Kept by the engine, filled by the importer: each row is settled exactly once by one of the five verbs.

    ``notes`` are in the order they were made: one for each refused, merged and skipped row (rows found
    unchanged are only counted), and one for each value left out of a row that was taken. ``gettext`` gives
    the language of the reasons.
    """

    def __init__(self, gettext: Gettext = mark) -> None:
        self._gettext = gettext
        self._open: dict[tuple[str, int], MappedRow] = {}
        self.counts: Counter[str] = Counter(dict.fromkeys(OUTCOMES, 0))
        self.unchanged_count = 0
        self.read = 0
        self.notes: list[Note] = []
        self.questions: list[Question] = []
        # New rows that were too many to ask about one by one.
        self.unasked = 0
        self.sources: list[str] = []
        self.layouts: list[str] = []
        self.line = 0

    # ── the five verbs, for importers ───────────────────────────────────────────────────────────────────────
    def created(self, row: MappedRow, reason: Reason = "", field: str = "") -> None:
        """The row became a new record."""
        self._settle(row, "created", field, reason)

    def updated(self, row: MappedRow, reason: Reason = "", field: str = "") -> None:
        """The row changed the record it had made in an earlier run."""
        self._settle(row, "updated", field, reason)

    def merged(self, row: MappedRow, reason: Reason, field: str = "") -> None:
        """The row says the same thing as another record, which took what it had more."""
        self._settle(row, "merged", field, reason)

    def skipped(self, row: MappedRow, reason: Reason, field: str = "") -> None:
        """The row is sound, but there is nothing to do with it."""
        self._settle(row, "skipped", field, reason)

    def unchanged(self, row: MappedRow) -> None:
        """The record is as the row says already: counted under skipped, without a note."""
        self.unchanged_count += 1
        self._settle(row, "skipped", "", "")

    def refused(self, row: MappedRow, field: str, reason: Reason) -> None:
        """The row cannot be taken as it is. Always say which field and why, so that it can be put right."""
        self._settle(row, "refused", field, reason)

    # ── for the engine ──────────────────────────────────────────────────────────────────────────────────────
    def take(self, row: MappedRow) -> bool:
        """Count a row that was read; True when the importer shall have it, False when it is settled
        already.
        """
        self.read += 1
        self.line = row.line
        self._open[row.source, row.line] = row
        if row.problems:
            fields = dict.fromkeys(problem.field for problem in row.problems if problem.field)
            several = len(row.problems) > 1
            texts = [
                (f"{problem.field}: " if several and problem.field else "") + self.say(problem.reason)
                for problem in row.problems
            ]
            self.refused(row, ", ".join(fields), "; ".join(texts))
        elif row.empty:
            self.skipped(row, Message(_("the row is empty")))
        return (row.source, row.line) in self._open

    def say(self, reason: Reason) -> str:
        """A reason in the report's language."""
        return reason.say(self._gettext) if isinstance(reason, Message) else str(reason)

    def check(self) -> None:
        """Raise `Miscounted` unless every row taken has been settled."""
        if self._open:
            lines = ", ".join(str(line) for _source, line in list(self._open)[:5])
            raise Miscounted(f"{len(self._open)} rows were not settled, the first on line {lines}")
        if sum(self.counts.values()) != self.read:
            raise Miscounted(f"{dict(self.counts)} do not sum to {self.read}")

    def as_json(self) -> dict[str, Any]:
        """The answer promised to scripts; ``rows`` are the refused ones. The file is named when there are
        several.
        """
        several = len(self.sources) > 1
        rows = [
            {"line": note.line, "field": note.field, "reason": place(note, several=several)}
            for note in sorted_notes(self.notes, self.sources)
            if note.outcome == "refused"
        ]
        return {"read": self.read, **{name: self.counts[name] for name in OUTCOMES}, "rows": rows}

    def _settle(self, row: MappedRow, outcome: str, field: str, reason: Reason) -> None:
        if self._open.pop((row.source, row.line), None) is None:
            raise Miscounted(f"line {row.line} of {row.source} was settled twice or never read")
        self.counts[outcome] += 1
        if reason:
            self.notes.append(Note(row.source, row.line, outcome, field, self.say(reason)))
        # Of a row that is not taken it does not matter which of its values would have been left out.
        for remark in row.remarks if outcome in ("created", "updated", "merged") else ():
            text = self.say(Message(_("left empty: {reason}"), {"reason": remark.reason}))
            self.notes.append(Note(row.source, row.line, outcome, remark.field, text))


def place(note: Note, *, several: bool) -> str:
    """The reason, with the file's name before it when a run read several files."""
    return f"{note.source}: {note.reason}" if several else note.reason


def sorted_notes(notes: Iterable[Note], sources: list[str]) -> list[Note]:
    """Notes in the order of the files and their lines."""
    order = {source: number for number, source in enumerate(sources)}
    return sorted(notes, key=lambda note: (order.get(note.source, 0), note.line))
