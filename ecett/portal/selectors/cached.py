"""Figures that need not be counted for every visitor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

T = TypeVar("T")
# Who has just taken in a register of hosts looks at the front page next.
FIGURES_SECONDS = 60


def remember(key: str, count: Callable[[], T], *, seconds: int = FIGURES_SECONDS) -> T:
    """The value kept under `key`, counted anew when it is older than `seconds`."""
    key = f"portal:{key}"
    found = cache.get(key)
    if found is None:
        found = count()
        cache.set(key, found, seconds)
    return found
