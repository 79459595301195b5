"""Suggestions about cards."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from hosts.models import Host, HostSuggestion


def suggestions_visible_to(user: Any) -> QuerySet[HostSuggestion]:
    """Those this person may read, with what their page shows."""
    return (
        HostSuggestion.objects.visible_to(user)
        .select_related("host", "author")
        .defer("host__search", "host__marks")
    )


def waiting_on_card(user: Any, host: Host) -> list[HostSuggestion]:
    """Suggestions about a card that wait, of those this person may read; oldest first."""
    return list(HostSuggestion.objects.visible_to(user).waiting().filter(host=host)[:20])


def suggestions_to_answer(user: Any) -> QuerySet[HostSuggestion]:
    """What waits for this person's answer, oldest first."""
    return (
        HostSuggestion.objects.answerable_by(user)
        .waiting()
        .exclude(author=user)
        .select_related("host")
        .defer("host__search", "host__marks", "changes")
    )
