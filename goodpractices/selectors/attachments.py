"""The documents of practices, as their readers meet them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from goodpractices.enums import PracticeState
from goodpractices.models import Attachment, AttachmentLog, GoodPractice


def attachments_of(user: Any, practice: GoodPractice) -> list[Attachment]:
    """The attachments of a card that this person gets, in order, each with what was said of it last (``said``)."""
    log = AttachmentLog.objects.filter(subject=OuterRef("pk")).order_by("-pk")
    shown = Attachment.objects.visible_to(user).filter(practice=practice)
    last = Coalesce(Subquery(log.values("comment")[:1]), Value(""), output_field=TextField())
    rows: list[Attachment] = list(shown.annotate(said=last))
    for row in rows:
        row.practice = practice
    return rows


def attachment_with_file(user: Any, sha256: str, ending: str) -> Attachment | None:
    """An attachment with this file that this person gets; a file may lie on several cards."""
    rows = Attachment.objects.visible_to(user).filter(sha256=sha256)
    return next((row for row in rows.order_by("pk") if row.file_url.endswith(f".{ending}")), None)


def shown_attachments() -> Prefetch:
    """For published cards: the attachments anybody gets, in one question (``to_take``)."""
    return Prefetch("attachments", queryset=Attachment.objects.shown(), to_attr="to_take")


def attachments_to_look_at(user: Any) -> QuerySet[Attachment]:
    """New ones on published cards, oldest first, for the desk; those of a card in reading are looked at with it."""
    if not user.has_perm("goodpractices.clear_attachment"):
        return Attachment.objects.none()
    rows = Attachment.objects.waiting().filter(practice__state=PracticeState.PUBLISHED)
    return rows.select_related("practice").defer("practice__search", "practice__marks").order_by("created_at")


def history_of(practice: GoodPractice) -> list[Attachment]:
    """All attachments the card ever had, with what happened to each."""
    return list(practice.attachments.order_by("pk").prefetch_related("log"))


@dataclass(frozen=True)
class AttachmentChange:
    """What happened to an attachment between two versions: ``new``, ``gone`` or ``renamed`` (then ``before``)."""

    what: str
    title: str
    kind: str
    before: str = ""


def compare_attachments(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[AttachmentChange]:
    """The changes between the attachments of two versions, in the order of the later one; those gone come last."""
    had = {one["sha256"]: one for one in before}
    has = {one["sha256"] for one in after}
    found = []
    for one in after:
        earlier = had.get(one["sha256"])
        if earlier is None:
            found.append(AttachmentChange("new", one["title"], one["kind"]))
        elif earlier["title"] != one["title"]:
            found.append(AttachmentChange("renamed", one["title"], one["kind"], earlier["title"]))
    gone = (one for one in before if one["sha256"] not in has)
    return [*found, *(AttachmentChange("gone", one["title"], one["kind"]) for one in gone)]
