"""Things that people put in order: each has a ``position``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def move(rows: Sequence[Any], row: Any, *, by: int) -> None:
    """One place up (-1) or down (1) among ``rows``, which are in order and locked; at the end nothing happens."""
    ordered = list(rows)
    here = next((at for at, each in enumerate(ordered) if each.pk == row.pk), None)
    if here is None or not 0 <= here + by < len(ordered):
        return
    ordered[here], ordered[here + by] = ordered[here + by], ordered[here]
    for at, each in enumerate(ordered):
        each.position = at
    type(row)._default_manager.bulk_update(ordered, ["position"])
