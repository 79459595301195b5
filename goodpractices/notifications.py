"""Letters about good practices: every author hears what became of her card."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecett.core import links
from ecett.core.notifications.registry import NotificationKind, register
from ecett.core.notifications.services import notify
from ecett.core.workflow import transitioned
from goodpractices.models import GoodPractice

# Which letter follows which step of the lifecycle.
LETTERS = {"publish": "practice_published", "ask_changes": "practice_changes", "reject": "practice_rejected"}

for _name in LETTERS.values():
    register(
        NotificationKind(f"goodpractices.{_name}", f"goodpractices/mail/{_name}", _("you wrote this card"))
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
