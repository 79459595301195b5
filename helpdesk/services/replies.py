"""How reliably a host answers, kept on its card."""

from __future__ import annotations

from statistics import median

from django.db.models import F

from helpdesk.models import Proposal
from hosts.models import Host

DAY = 24 * 3600


def note_reply(proposal: Proposal) -> None:
    """Count the first answer to a proposal; the median days are those of all answers given here."""
    answered = Proposal.objects.filter(
        host=proposal.host_id, sent_at__isnull=False, answered_at__isnull=False
    )
    waits = [
        (answered_at - sent_at).total_seconds() / DAY
        for sent_at, answered_at in answered.values_list("sent_at", "answered_at")
        if sent_at and answered_at
    ]
    Host.objects.filter(pk=proposal.host_id).update(
        replied_count=F("replied_count") + 1, median_reply_days=round(median(waits), 1) if waits else None
    )
