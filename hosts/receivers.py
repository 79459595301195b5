"""What this room does when something happened to a card."""

from __future__ import annotations

from typing import Any

from ecett.core.workflow import transitioned
from hosts.models import Host
from hosts.services.duplicates import record_alike


def look_for_twins(sender: Any, obj: Any, step: str, **kwargs: Any) -> None:
    """A card that is sent to the desk is held against the others: the desk sees which may be the same team."""
    if sender is Host and step == "submit":
        record_alike(host=obj)


transitioned.connect(look_for_twins, dispatch_uid="hosts.look_for_twins")
