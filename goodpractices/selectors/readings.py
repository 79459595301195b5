"""Where practices stand between sending and publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ecett.core.clock import now
from goodpractices.differences import Piece, differences
from goodpractices.enums import IN_READING, READING_DAYS, PracticeState
from goodpractices.models import (
    GoodPractice,
    GoodPracticeLog,
    PracticeAuthor,
    PracticeRemark,
    PracticeVersion,
)
from goodpractices.passages import CHECKED


def is_late(since: dt.datetime) -> bool:
    """A reader has had her two weeks."""
    return since < now() - dt.timedelta(days=READING_DAYS)


def since_of(practice: GoodPractice) -> dt.datetime:
    """When the card came into the state it is in."""
    return practice.log.order_by("-pk").values_list("at", flat=True).first() or practice.changed_at


def reading_queue(user: Any) -> QuerySet[GoodPractice]:
    """Cards that wait for this reader, oldest first: the first stage for the desk, the second for experts.

    Each has ``since``: when it came into the state it is in.
    """
    stages = []
    if user.has_perm("goodpractices.moderate_practice"):
        stages.append(PracticeState.SUBMITTED)
    if user.has_perm("goodpractices.judge_practice"):
        stages.append(PracticeState.WITH_EXPERT)
    own = PracticeAuthor.objects.filter(user=user).values("practice")
    waiting = GoodPractice.objects.filter(state__in=stages).defer("search", "marks")
    if PracticeState.SUBMITTED not in stages:
        waiting = waiting.exclude(pk__in=own)
    queue: QuerySet[GoodPractice] = _with_since(waiting).order_by("since", "pk")
    return queue


def late_cards() -> list[tuple[int, dt.datetime]]:
    """(card, since when it waits) of those whose readers have had their two weeks, the oldest first."""
    waiting = _with_since(GoodPractice.objects.filter(state__in=IN_READING)).order_by("since", "pk")
    return [(pk, since) for pk, since in waiting.values_list("pk", "since") if is_late(since)]


def _with_since(waiting: Any) -> Any:
    last = GoodPracticeLog.objects.filter(subject=OuterRef("pk")).order_by("-pk").values("at")[:1]
    return waiting.annotate(since=Coalesce(Subquery(last), F("changed_at")))


def versions_of(practice: GoodPractice) -> list[PracticeVersion]:
    """What was sent, the oldest first, with who sent it."""
    return list(practice.versions.select_related("by"))


def open_remarks(practice: GoodPractice) -> list[PracticeRemark]:
    """What readers said about the newest version, while it is not decided."""
    if practice.state not in (*IN_READING, PracticeState.CHANGES):
        return []
    newest = practice.versions.order_by("-number").values("pk")[:1]
    return list(PracticeRemark.objects.filter(version=Subquery(newest)))


def question_of(practice: GoodPractice) -> GoodPracticeLog | None:
    """What the reader wrote who asked for changes, while the author has the card."""
    if practice.state != PracticeState.CHANGES:
        return None
    return practice.log.filter(step="ask_changes").order_by("-pk").first()


def remarks_between(before: PracticeVersion, after: PracticeVersion) -> dict[str, list[PracticeRemark]]:
    """{field: what readers said about it} from one version until the other was sent, the oldest first."""
    said = PracticeRemark.objects.filter(
        version__practice=before.practice_id,
        version__number__gte=min(before.number, after.number),
        version__number__lt=max(before.number, after.number),
    )
    return remarks_by_field(said)


def remarks_by_field(remarks: Iterable[PracticeRemark]) -> dict[str, list[PracticeRemark]]:
    """{field: the remarks about it}; those about the whole card stand under ""."""
    found: dict[str, list[PracticeRemark]] = {}
    for remark in remarks:
        found.setdefault(remark.field, []).append(remark)
    return found


@dataclass(frozen=True)
class Compared:
    """One field in two versions."""

    field: str
    pieces: list[Piece]

    @property
    def changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


def compare(before: PracticeVersion, after: PracticeVersion) -> list[Compared]:
    """The fields that differ, in the order of the form."""
    return compare_texts(before.texts, after.texts)


def compare_texts(before: Mapping[str, str], after: Mapping[str, str]) -> list[Compared]:
    """The same for words that are no version."""
    fields = (
        Compared(name, differences(str(before.get(name, "")), str(after.get(name, "")))) for name in CHECKED
    )
    return [field for field in fields if field.changed]
