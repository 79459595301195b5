"""What this room puts into the menu and on the list of things to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecett.core.nav import NavEntry
from ecett.core.slots import NextStep
from ecett.core.todo import Todo
from hosts.enums import Moderation
from hosts.models import Host
from hosts.selectors.cards import is_fresh, moderation_queue
from hosts.selectors.duplicates import open_pairs

HOSTS_ENTRY = NavEntry(gettext_lazy("Hosts"), "hosts:host_list", order=10)


def host_todos(user: Any) -> Iterator[Todo]:
    """For the desk: cards to read. For authors: cards with a question, drafts left lying."""
    if user.has_perm("hosts.moderate_host"):
        waiting = list(moderation_queue()[:20])
        for host in waiting:
            url = reverse("hosts:host_detail", args=[host.public_id])
            yield Todo(host.name, _("Host card to read"), url, host.changed_at)
    if user.has_perm("hosts.merge_hosts") and (oldest := open_pairs(user).order_by("created_at").first()):
        title = _("Cards that may be the same")
        yield Todo(title, _("Look and merge"), reverse("hosts:duplicate_list"), oldest.created_at)
    mine = Host.objects.filter(created_by=user, moderation__in=(Moderation.CHANGES, Moderation.DRAFT))
    for host in mine.only("name", "changed_at", "public_id", "moderation").order_by("changed_at")[:20]:
        asked = host.moderation == Moderation.CHANGES
        text = _("Your host card: a question") if asked else _("Your host card: a draft")
        url = reverse("hosts:host_edit", args=[host.public_id])
        yield Todo(host.name or _("Without a name"), text, url, host.changed_at)


def host_next(host: Host, user: Any) -> NextStep | None:
    """What happens next with a card."""
    author = user.is_authenticated and user.has_perm("hosts.edit_host", host)
    desk = user.is_authenticated and user.has_perm("hosts.moderate_host", host)
    edit = reverse("hosts:host_edit", args=[host.public_id])
    if host.moderation == Moderation.SUBMITTED:
        text = (
            _("you read the card and publish it, or ask its author.")
            if desk
            else _("the helpdesk reads the card and writes to you.")
        )
        return NextStep(text, mine=desk, since=host.changed_at)
    if host.moderation in (Moderation.DRAFT, Moderation.CHANGES) and author:
        asked = host.moderation == Moderation.CHANGES
        text = (
            _("you answer the helpdesk's question and send the card again.")
            if asked
            else _("you complete the card and send it to the helpdesk.")
        )
        note = host.log.order_by("-pk").values_list("comment", flat=True).first() if asked else ""
        return NextStep(text, mine=True, note=note or "", url=edit, label=_("Continue writing"))
    if host.moderation == Moderation.PUBLISHED and author and not is_fresh(host):
        return NextStep(
            _("somebody who knows the team says whether this card is still right."),
            mine=True,
            url=edit,
            label=_("Change it"),
        )
    return None
