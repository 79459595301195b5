"""What is written down when personal data leave the portal as a sheet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F

from ecett.accounts.models import User
from ecett.core import clock
from hosts.models import ContactExport

#: The same person with the same filters within this time has taken one sheet several times.
SAME_SHEET = dt.timedelta(hours=1)


@transaction.atomic
def note_contact_export(*, user: Any, address: str, cards: int) -> ContactExport:
    """Say who takes the contacts of which cards. ``address``: the filters of the list."""
    # Her row is the lock: two presses at once are one sheet.
    User.objects.select_for_update().get(pk=user.pk)
    known = ContactExport.objects.filter(
        taken_by=user, address=address[:2000], cards=cards, created_at__gte=clock.now() - SAME_SHEET
    ).first()
    if known is not None:
        ContactExport.objects.filter(pk=known.pk).update(times=F("times") + 1, changed_at=clock.now())
        return known
    return ContactExport.objects.create(
        taken_by=user, taken_by_name=user.get_full_name()[:200], address=address[:2000], cards=cards
    )
