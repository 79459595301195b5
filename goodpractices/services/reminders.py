"""Cards that wait longer than readers should take: whoever is waited for hears of it once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.accounts.models import Membership, User
from ecett.core import links
from ecett.core.models import Notification
from ecett.core.notifications.services import notify
from goodpractices.enums import PracticeState
from goodpractices.models import GoodPractice
from goodpractices.selectors.readings import late_cards

LETTER = "goodpractices.reading_late"


def remind_readers() -> int:
    """Write to the readers of each card whose two weeks are over, once in each stage. Returns how many cards."""
    return sum(_remind(practice_id, since) for practice_id, since in late_cards())


@transaction.atomic
def _remind(practice_id: int, since: Any) -> bool:
    # The lock keeps two workers from writing the same letter.
    practice = GoodPractice.objects.select_for_update(of=("self",)).get(pk=practice_id)
    card = ContentType.objects.get_for_model(GoodPractice)
    written = Notification.objects.filter(
        kind=LETTER, content_type=card, object_id=practice_id, created_at__gte=since
    )
    readers = list(_readers(practice))
    if written.exists() or not readers:
        return False
    url = links.absolute(reverse("goodpractices:practice_detail", args=[practice.public_id]))
    for reader in readers:
        context = {"title": practice.title, "since": since, "action_url": url}
        notify(kind=LETTER, to=reader, context=context, subject=practice, action_url=url)
    return True


def _readers(practice: GoodPractice) -> Iterable[User]:
    """The desk of the card's language (every desk, when it has none), or the experts who may judge this card."""
    current = Membership.objects.current().select_related("user").filter(user__is_active=True)
    if practice.state == PracticeState.SUBMITTED:
        desks = current.filter(role=Role.HELPDESK)
        found = desks.filter(language=practice.language) or desks
    else:
        found = current.filter(role__in=(Role.JUROR, Role.CHAIR))
    not_hers = {practice.first_reader_id(), *practice.authors.values_list("user", flat=True)}
    readers = {row.user_id: row.user for row in found if row.user_id not in not_hers}
    return readers.values()
