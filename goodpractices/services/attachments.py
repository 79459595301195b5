"""Documents of a practice: added, named, put in order, taken away; their files lie under their hash."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ecett.core import hashed, ordering
from ecett.core.cleaning.handed_on import CleanFile
from ecett.core.cleaning.kinds import KEPT_AS
from ecett.core.workflow import Blocked, Denied, perform
from goodpractices.enums import AttachmentState
from goodpractices.models import Attachment, GoodPractice

FOLDER = "attachments"


def file_name(sha256: str, kind: str) -> str:
    """Where a file lies in the store."""
    return hashed.file_name(FOLDER, sha256, KEPT_AS[kind][0])


@transaction.atomic
def add_attachment(
    *,
    practice: GoodPractice,
    actor: Any,
    file: CleanFile,
    title: str,
    language: str,
    anonymity_declared: bool,
    cleared: Iterable[str] = (),
) -> Attachment:
    """A document at the end of those the card has; one that is there already stays what it is.

    Raises Blocked without the declaration, or when there are as many as a card takes; Denied while others read it.
    """
    fresh, known = _locked(practice)
    if not actor.has_perm("goodpractices.add_attachment", fresh):
        raise Denied(_("Your card is being read. To change it, take it back first."))
    if not anonymity_declared:
        raise Blocked(_("Declare first that no client can be recognised in this document."))
    again = next((one for one in known if one.sha256 == file.sha256), None)
    if again is not None:
        return again
    if len(known) >= settings.PRACTICE_ATTACHMENTS:
        raise Blocked(
            _("There are %(n)s attachments already, which is as many as a card takes.")
            % {"n": settings.PRACTICE_ATTACHMENTS}
        )
    hashed.store(file_name(file.sha256, file.kind), file.data)
    return Attachment.objects.create(
        practice=fresh,
        title=title,
        language=language,
        kind=file.kind,
        sha256=file.sha256,
        size=file.size,
        notes=list(file.notes),
        anonymity_declared=True,
        cleared=sorted(set(cleared)),
        position=max((one.position for one in known), default=-1) + 1,
        added_by=actor,
        added_by_name=actor.get_full_name(),
    )


@transaction.atomic
def describe_attachment(
    *, attachment: Attachment, title: str, language: str, cleared: Iterable[str] = ()
) -> Attachment:
    """Another title or language."""
    fresh = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    fresh.title, fresh.language = title, language
    fresh.cleared = sorted({*fresh.cleared, *cleared})
    fresh.save(update_fields=["title", "language", "cleared", "changed_at"])
    return fresh


@transaction.atomic
def move_attachment(*, attachment: Attachment, by: int) -> None:
    """One place up (-1) or down (1)."""
    _practice, known = _locked(attachment.practice)
    ordering.move(known, attachment, by=by)


def remove_attachment(*, attachment: Attachment, actor: Any) -> Attachment:
    """Nobody gets it from now on; the history says so and the sweep takes its file. Raises what `perform` raises."""
    return perform(attachment, "remove", actor=actor)


def sweep_files() -> int:
    """Take away the files of attachments that were removed; how many."""
    return hashed.sweep(FOLDER, lambda sha256: Attachment.objects.kept().filter(sha256=sha256).exists())


def _locked(practice: GoodPractice) -> tuple[GoodPractice, list[Attachment]]:
    """The card and its attachments in order, while nobody else may change them."""
    fresh = GoodPractice.objects.select_for_update(of=("self",)).defer("search", "marks").get(pk=practice.pk)
    return fresh, list(fresh.attachments.exclude(state=AttachmentState.REMOVED))
