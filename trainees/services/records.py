"""What stays say of the reliability of a host, kept on its card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db import transaction

from hosts.freshness import Side, tally
from hosts.models import Host
from trainees.enums import InternshipState
from trainees.models import Internship, InternshipLog

FIELDS = ("stay_count", "cancelled_by_host", "cancelled_by_trainee")


@transaction.atomic
def count_stays(hosts: Collection[int]) -> int:
    """Count the agreed and the cancelled stays of these cards anew; how many cards changed. Four queries."""
    # A new stay holds on to its card already: only the key is left free.
    cards = list(
        Host.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=hosts)
        .only(*FIELDS)
        .order_by("pk")
    )
    stays: dict[int, list[Side | None]] = defaultdict(list)
    rows = Internship.objects.filter(host__in=hosts)
    cancelled = InternshipLog.objects.filter(
        subject__in=rows.filter(state=InternshipState.CANCELLED), step="cancel"
    ).select_related("subject__project")
    who = {row.subject_id: row.side for row in cancelled.order_by("pk")}
    for pk, host, state in rows.values_list("pk", "host", "state"):
        stays[host].append(who.get(pk, Side.OTHER) if state == InternshipState.CANCELLED else None)
    changed = []
    for card in cards:
        told = tally(stays[card.pk])
        counts = (told.agreed, told.by_host, told.by_trainee)
        if counts != tuple(getattr(card, name) for name in FIELDS):
            for name, count in zip(FIELDS, counts, strict=True):
                setattr(card, name, count)
            changed.append(card)
    Host.objects.bulk_update(changed, FIELDS, batch_size=500)
    return len(changed)
