"""Letters about good practices: every author hears what became of her card."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecett.core import links
from ecett.core.notifications.registry import NotificationKind, register
from ecett.core.notifications.services import notify
from ecett.core.workflow import transitioned
from goodpractices.enums import PracticeState
from goodpractices.models import Attachment, GoodPractice, PracticeTranslation

# Which letter follows which step of the lifecycle.
LETTERS = {"publish": "practice_published", "ask_changes": "practice_changes", "reject": "practice_rejected"}
TRANSLATION_LETTERS = {"publish": "translation_published", "ask_changes": "translation_changes"}

ATTACHMENT_LETTERS = {"show": "attachment_shown", "leave_out": "attachment_left_out"}

for _name in ATTACHMENT_LETTERS.values():
    register(
        NotificationKind(
            f"goodpractices.{_name}", f"goodpractices/mail/{_name}", _("you added this attachment")
        )
    )

for _name in LETTERS.values():
    register(
        NotificationKind(f"goodpractices.{_name}", f"goodpractices/mail/{_name}", _("you wrote this card"))
    )

for _name in TRANSLATION_LETTERS.values():
    register(
        NotificationKind(
            f"goodpractices.{_name}", f"goodpractices/mail/{_name}", _("you translated this card")
        )
    )

register(
    NotificationKind(
        "goodpractices.reading_late", "goodpractices/mail/reading_late", _("you read good practices")
    )
)


def tell_translator(sender: Any, obj: Any, step: str, actor: Any, **kwargs: Any) -> None:
    """After a step of the desk: write to who translated, unless she did it herself."""
    if sender is not PracticeTranslation or step not in TRANSLATION_LETTERS:
        return
    if obj.translator is None or obj.translator == actor.user:
        return
    url = links.absolute(reverse("goodpractices:translation_edit", args=[obj.public_id]))
    comment = obj.log.order_by("-pk").values_list("comment", flat=True).first() or ""
    notify(
        kind=f"goodpractices.{TRANSLATION_LETTERS[step]}",
        to=obj.translator,
        context={"title": obj.practice.title, "comment": comment, "action_url": url},
        subject=obj,
        action_url=url,
    )


def tell_who_attached(sender: Any, obj: Any, step: str, actor: Any, **kwargs: Any) -> None:
    """After the desk has looked at a document: write to who added it, unless she did it herself. That one is shown
    is told for published cards only: of the others there is a letter when the card is published."""
    if sender is not Attachment or step not in ATTACHMENT_LETTERS or obj.added_by in (None, actor.user):
        return
    if step == "show" and obj.practice.state != PracticeState.PUBLISHED:
        return
    url = (
        links.absolute(reverse("goodpractices:practice_detail", args=[obj.practice.public_id]))
        + "#attachments"
    )
    comment = obj.log.order_by("-pk").values_list("comment", flat=True).first() or ""
    context = {"title": obj.practice.title, "document": obj.title, "comment": comment, "action_url": url}
    notify(
        kind=f"goodpractices.{ATTACHMENT_LETTERS[step]}",
        to=obj.added_by,
        context=context,
        subject=obj.practice,
        action_url=url,
    )


def tell_authors(sender: Any, obj: Any, step: str, actor: Any, data: Any = None, **kwargs: Any) -> None:
    """After a step of the desk: write to each author but the one who did it."""
    if sender is not GoodPractice or step not in LETTERS:
        return
    url = links.absolute(reverse("goodpractices:practice_detail", args=[obj.public_id]))
    comment = obj.log.order_by("-pk").values_list("comment", flat=True).first() or ""
    for authorship in obj.authors.select_related("user"):
        if authorship.user != actor.user:
            notify(
                kind=f"goodpractices.{LETTERS[step]}",
                to=authorship.user,
                context={"title": obj.title, "comment": comment, "action_url": url},
                subject=obj,
                action_url=url,
            )


transitioned.connect(tell_authors, dispatch_uid="goodpractices.tell_authors")
transitioned.connect(tell_translator, dispatch_uid="goodpractices.tell_translator")
transitioned.connect(tell_who_attached, dispatch_uid="goodpractices.tell_who_attached")
