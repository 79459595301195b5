"""How reliably a host answers, kept on its card. A request counts once it has come to its end."""

from __future__ import annotations

from django.db.models import F

from helpdesk.models import Proposal
from hosts.freshness import median_days
from hosts.models import Host


def note_reply(proposal: Proposal) -> None:
    """Count the first answer to a proposal; the median days are those of all answers given here."""
    answered = Proposal.objects.filter(
        host=proposal.host_id, sent_at__isnull=False, answered_at__isnull=False
    )
    waits = [
        answered_at - sent_at
        for sent_at, answered_at in answered.values_list("sent_at", "answered_at")
        if sent_at and answered_at
    ]
    Host.objects.filter(pk=proposal.host_id).update(
        asked_count=F("asked_count") + 1,
        replied_count=F("replied_count") + 1,
        median_reply_days=median_days(waits),
    )


def note_silence(proposal: Proposal) -> None:
    """Count a proposal whose date has passed without an answer."""
    Host.objects.filter(pk=proposal.host_id).update(asked_count=F("asked_count") + 1)
