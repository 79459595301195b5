"""The days of a stay, asked of a host or offered by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

from ecett.core.clock import today
from ecett.core.fields import check_order
from helpdesk.services.proposals import LONGEST_STAY


def check_stay(form: BaseForm, found: Mapping[str, Any]) -> None:
    """``start`` and ``end`` in order, ahead, and not too far apart: what is wrong stands beside its day."""
    check_order(form, "start", "end")
    start, end = found.get("start"), found.get("end")
    if start and start <= today():
        form.add_error("start", ValidationError(_("The first day must be after today."), code="past"))
    if start and end and (end - start).days >= LONGEST_STAY:
        form.add_error("end", ValidationError(_("A stay lasts at most 60 days."), code="too_long"))
