"""The two readings: each text that is sent is kept, and readers say what they mean where they mean it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ecett.core.workflow import Blocked, transitioned
from goodpractices.enums import AttachmentState
from goodpractices.models import GoodPractice, PracticeRemark, PracticeVersion
from goodpractices.wording import ABOUT_WHAT


@transaction.atomic
def keep_version(*, practice: GoodPractice, actor: Any) -> PracticeVersion:
    """Keep the words as they are now, and what goes with them; the same again makes no second version."""
    texts = practice.texts()
    attachments = [one.facts() for one in practice.attachments.exclude(state=AttachmentState.REMOVED)]
    last = practice.versions.order_by("-number").first()
    if last is not None and (last.texts, last.language, last.attachments) == (
        texts,
        practice.language,
        attachments,
    ):
        return last
    return PracticeVersion.objects.create(
        practice=practice,
        number=last.number + 1 if last else 1,
        language=practice.language,
        texts=texts,
        attachments=attachments,
        by=actor,
    )


@transaction.atomic
def add_remark(
    *, practice: GoodPractice, actor: Any, text: str, field: str = "", quote: str = ""
) -> PracticeRemark:
    """Say something about a field of the version that is read; raises Blocked for words that are not there."""
    version = practice.versions.order_by("-number").first() or keep_version(practice=practice, actor=None)
    if not text.strip():
        raise Blocked(ABOUT_WHAT["empty"])
    if quote and quote not in " ".join(str(version.texts.get(field, "")).split()):
        raise Blocked(ABOUT_WHAT["not_there"])
    return PracticeRemark.objects.create(
        version=version, field=field, quote=quote, text=text.strip(), by=actor, by_name=actor.get_full_name()
    )


def keep_what_was_sent(sender: Any, obj: Any, step: str, actor: Any, **kwargs: Any) -> None:
    """Every text that is sent is a version."""
    if sender is GoodPractice and step == "submit":
        keep_version(practice=obj, actor=actor.user)


transitioned.connect(keep_what_was_sent, dispatch_uid="goodpractices.keep_what_was_sent")
