"""What this room does when something happened to a stay."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from trainees.models import Internship
from trainees.services.records import count_stays
from trainees.signals import internship_cancelled, internship_created


@receiver((internship_created, internship_cancelled), dispatch_uid="trainees.count_stays")
def note_on_card(sender: Any, internship: Internship, **_news: Any) -> None:
    """The host's card says how many stays were agreed, and how many each side has called off."""
    count_stays([internship.host_id])
