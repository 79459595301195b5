"""What this room puts into the menu, on the list of things to do, and on the pages of hosts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecett.core.nav import NavEntry
from ecett.core.slots import NextStep, Panel
from ecett.core.todo import Todo
from goodpractices.enums import PracticeState
from goodpractices.models import GoodPractice
from goodpractices.selectors.cards import moderation_queue, own_practices, practices_of_host
from hosts.models import Host

PRACTICES_ENTRY = NavEntry(gettext_lazy("Good practices"), "goodpractices:practice_list", order=20)


def practice_todos(user: Any) -> Iterator[Todo]:
    """For the desk: cards to read. For authors: cards with a question, drafts left lying."""
    if user.has_perm("goodpractices.moderate_practice"):
        waiting = moderation_queue().prefetch_related(None).only("title", "changed_at", "public_id")
        for card in waiting[:20]:
            url = reverse("goodpractices:practice_detail", args=[card.public_id])
            yield Todo(card.title, _("Good practice to read"), url, card.changed_at)
    mine = own_practices(user).filter(state__in=(PracticeState.CHANGES, PracticeState.DRAFT))
    for card in mine.only("title", "changed_at", "public_id", "state")[:20]:
        asked = card.state == PracticeState.CHANGES
        text = _("Your good practice: a question") if asked else _("Your good practice: a draft")
        url = reverse("goodpractices:practice_edit", args=[card.public_id])
        yield Todo(card.title or _("Without a title"), text, url, card.changed_at)


def practice_next(practice: GoodPractice, user: Any) -> NextStep | None:
    """What happens next with a card."""
    if not user.is_authenticated:
        return None
    edit = reverse("goodpractices:practice_edit", args=[practice.public_id])
    if practice.state == PracticeState.SUBMITTED:
        if user.has_perm("goodpractices.moderate_practice"):
            text = _(
                "you read the card, look whether anybody can be recognised, and publish it or ask its author."
            )
            return NextStep(text, mine=True, since=practice.changed_at)
        return NextStep(_("the helpdesk reads the card and writes to you."), since=practice.changed_at)
    writes = user.has_perm("goodpractices.edit_practice", practice)
    if practice.state == PracticeState.CHANGES and writes:
        note = practice.log.order_by("-pk").values_list("comment", flat=True).first() or ""
        text = _("you answer the helpdesk's question and send the card again.")
        return NextStep(text, mine=True, note=note, url=edit, label=_("Continue writing"))
    if practice.state == PracticeState.DRAFT and writes:
        text = _("you complete the card and send it to the helpdesk.")
        return NextStep(text, mine=True, url=edit, label=_("Continue writing"))
    return None


def practices_panel(host: Host, user: Any) -> Panel | None:
    """The practices seen at a host, on the host's page."""
    practices = practices_of_host(host)
    return Panel("goodpractices/_of_host.html", {"practices": practices}) if practices else None
