"""Letters about host cards: the author hears what became of her card."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecett.core import links
from ecett.core.notifications.registry import NotificationKind, register
from ecett.core.notifications.services import notify
from ecett.core.workflow import transitioned
from hosts.models import Host, HostSuggestion
from hosts.services import letters

# Which letter follows which step of the lifecycle.
LETTERS = {"publish": "host_published", "ask_changes": "host_changes", "reject": "host_rejected"}

ANSWERED = "hosts.suggestion_answered"

register(NotificationKind(ANSWERED, "hosts/mail/suggestion_answered", _("you suggested a change of a card")))
for _name in LETTERS.values():
    register(NotificationKind(f"hosts.{_name}", f"hosts/mail/{_name}", _("you wrote this card")))
for _name in (letters.CHECK, letters.CHECK_REMINDER, letters.DOUBTED, letters.RESTING):
    register(
        NotificationKind(_name, f"hosts/mail/{_name.partition('.')[2]}", _("you are the contact of a host"))
    )
register(
    NotificationKind(
        letters.INVITATION,
        "hosts/mail/host_invitation",
        _("you were invited to look after the card of a host"),
    )
)


def tell_author(sender: Any, obj: Any, step: str, actor: Any, data: Any = None, **kwargs: Any) -> None:
    """After a step of the desk: write to the author, unless she did it herself. Runs in the step's
    transaction.
    """
    if sender is not Host or step not in LETTERS or obj.created_by is None or obj.created_by == actor.user:
        return
    url = links.absolute(reverse("hosts:host_detail", args=[obj.public_id]))
    comment = obj.log.order_by("-pk").values_list("comment", flat=True).first() or ""
    notify(
        kind=f"hosts.{LETTERS[step]}",
        to=obj.created_by,
        context={"name": obj.name, "comment": comment, "action_url": url},
        subject=obj,
        action_url=url,
    )


def tell_suggester(sender: Any, obj: Any, step: str, actor: Any, **kwargs: Any) -> None:
    """What became of her suggestion. Runs in the step's transaction."""
    if sender is not HostSuggestion or step not in ("accept", "decline") or obj.author is None:
        return
    url = links.absolute(reverse("hosts:suggestion_detail", args=[obj.public_id]))
    answer = obj.log.order_by("-pk").values_list("comment", flat=True).first() or ""
    whole = obj.state == HostSuggestion.State.ACCEPTED
    notify(
        kind=ANSWERED,
        to=obj.author,
        context={"name": obj.host.name, "comment": answer, "step": step, "whole": whole, "action_url": url},
        subject=obj,
        action_url=url,
    )


transitioned.connect(tell_suggester, dispatch_uid="hosts.tell_suggester")
transitioned.connect(tell_author, dispatch_uid="hosts.tell_author")
