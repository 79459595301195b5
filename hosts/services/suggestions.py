"""What others know better about a card: made, and taken over whole or in part."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ecett.core.workflow import Blocked, perform
from hosts.models import Host, HostSuggestion
from hosts.services.cards import update_host

#: So many suggestions of one person may wait at once.
MOST_WAITING = 20


@transaction.atomic
def suggest_changes(*, host: Host, author: Any, changes: Mapping[str, Any], note: str = "") -> HostSuggestion:
    """Keep what somebody suggests; the same again, while it waits, is the one there is.

    Raises Blocked when nothing is changed or too many of hers wait already.
    """
    if not changes:
        raise Blocked(_("Nothing is different from what the card says now."))
    # The card's row is the lock: a form that is sent twice finds its first sending.
    Host.objects.select_for_update(of=("self",)).get(pk=host.pk)
    hers = HostSuggestion.objects.waiting().filter(author=author)
    if (same := hers.filter(host=host, changes=dict(changes)).first()) is not None:
        return same
    if hers.count() >= MOST_WAITING:
        raise Blocked(
            _("%(n)s of your suggestions wait for an answer; please let them be read first.")
            % {"n": MOST_WAITING}
        )
    return HostSuggestion.objects.create(
        host=host, author=author, author_name=author.get_full_name()[:200], changes=dict(changes), note=note
    )


@transaction.atomic
def accept_suggestion(
    *,
    suggestion: HostSuggestion,
    actor: Any,
    taken: Collection[str],
    fields: Mapping[str, Any],
    seen: str,
    comment: str = "",
) -> HostSuggestion:
    """Take over the parts ``taken``: ``fields`` is the card as they make it (see `update_host`), ``seen`` the version
    of the card that was looked at.

    Raises `StaleTransition` when the card or the suggestion has changed since, `Blocked` for no part, else what
    `perform` raises.
    """
    parts = [key for key in suggestion.changes if key in taken]
    if not parts:
        raise Blocked(_("Tick what you take over, or say why nothing of it is."))
    update_host(host=suggestion.host, actor=actor, seen=seen, **fields)
    return perform(suggestion, "accept", actor=actor, comment=comment, taken=parts)
