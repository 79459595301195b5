"""What this room puts into the menu and on the list of things to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecett.core.clock import today
from ecett.core.nav import NavEntry
from ecett.core.slots import NextStep
from ecett.core.todo import Todo
from hosts.enums import Moderation
from hosts.models import Host
from hosts.selectors.cards import (
    is_fresh,
    lacks_of,
    moderation_queue,
    own_doubtful_hosts,
    own_empty_hosts,
    question_of,
)
from hosts.selectors.duplicates import open_pairs
from hosts.selectors.standing import (
    is_asked,
    partners_without_address,
    silence_rules,
    silent_hosts,
    undelivered_checks,
)
from hosts.selectors.suggestions import suggestions_to_answer

# So many of a kind stand on the list; the next ones move up.
SHOWN = 10
HOSTS_ENTRY = NavEntry(gettext_lazy("Hosts"), "hosts:host_list", order=10)


def host_todos(user: Any) -> Iterator[Todo]:
    """For the desk: cards to read. For authors: cards with a question, drafts left lying, cards
    that say nothing. For teams: cards that nobody has confirmed for a year. For all: suggestions.
    """
    if user.has_perm("hosts.moderate_host"):
        waiting = list(moderation_queue()[:20])
        for host in waiting:
            url = reverse("hosts:host_detail", args=[host.public_id])
            yield Todo(host.name, _("Host card to read"), url, host.changed_at)
        yield from _standing_todos()
    if user.has_perm("hosts.merge_hosts") and (oldest := open_pairs(user).order_by("created_at").first()):
        title = _("Cards that may be the same")
        yield Todo(title, _("Look and merge"), reverse("hosts:duplicate_list"), oldest.created_at)
    for suggestion in suggestions_to_answer(user)[:SHOWN]:
        title = _("Answer the suggested change")
        url = reverse("hosts:suggestion_detail", args=[suggestion.public_id])
        yield Todo(title, suggestion.host.name, url, suggestion.created_at)
    mine = Host.objects.filter(created_by=user, moderation__in=(Moderation.CHANGES, Moderation.DRAFT))
    for host in mine.only("name", "changed_at", "public_id", "moderation").order_by("changed_at")[:20]:
        asked = host.moderation == Moderation.CHANGES
        text = _("Your host card: a question") if asked else _("Your host card: a draft")
        url = reverse("hosts:host_edit", args=[host.public_id])
        yield Todo(host.name or _("Without a name"), text, url, host.changed_at)
    empty = list(own_empty_hosts(user)[:SHOWN])
    for host in own_doubtful_hosts(user)[:SHOWN]:
        if host not in empty:
            title = _("Say whether your card is still right")
            since = host.asked_at or host.changed_at  # type: ignore[attr-defined]
            yield Todo(title, host.name, _card(host), since)
    for host in empty:
        text = _("Visitors cannot read yet what this team does")
        yield Todo(host.name, text, reverse("hosts:host_edit", args=[host.public_id]), host.changed_at)


def _standing_todos() -> Iterator[Todo]:
    """For the desk: teams that stay silent, letters that do not arrive, partners nobody can write to."""
    for host in silent_hosts()[:SHOWN]:
        said = {"status": host.get_status_display()}
        yield Todo(
            host.name,
            _("No answer to our letters, now “%(status)s”: call them?") % said,
            _card(host),
            host.changed_at,
        )
    for check in undelivered_checks()[:SHOWN]:
        text = _("Our yearly letter could not be delivered: is the address right?")
        yield Todo(check.host.name, text, _card(check.host), check.created_at)
    for host in partners_without_address(today(), silence_rules())[:SHOWN]:
        text = _("Nobody can be asked whether this card is right: it has no e-mail address")
        yield Todo(host.name, text, _card(host), host.changed_at)


def _card(host: Host) -> str:
    return reverse("hosts:host_detail", args=[host.public_id])


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
        question = question_of(host)
        leads = asked or bool(lacks_of(host))
        return NextStep(
            text,
            mine=True,
            note=question.comment if question else "",
            url=edit,
            label=_("Continue writing"),
            leads=leads,
        )
    if host.moderation == Moderation.REJECTED and author:
        text = (
            _("nothing, unless you take the card back to reading.")
            if desk
            else _("nothing: the card is not published. The helpdesk can take it back to reading.")
        )
        return NextStep(text, note=host.log.order_by("-pk").values_list("comment", flat=True).first() or "")
    if host.moderation == Moderation.PUBLISHED and author and not desk and (lacks := lacks_of(host)):
        note = _("The card does not say yet: %(parts)s.") % {"parts": ", ".join(lacks)}
        return NextStep(
            _("you fill in the card, so that visitors know what they would find."),
            mine=True,
            note=note,
            url=edit,
            label=_("Fill in the card"),
            leads=True,
        )
    if host.moderation == Moderation.PUBLISHED and author and (not is_fresh(host) or is_asked(host)):
        return NextStep(
            _("somebody who knows the team says whether this card is still right."),
            mine=True,
            url=edit,
            label=_("Change it"),
        )
    return None
