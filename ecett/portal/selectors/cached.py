"""Figures that need not be counted for every visitor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from redis.exceptions import RedisError

T = TypeVar("T")
FIGURES_SECONDS = 600


def remember(key: str, count: Callable[[], T], *, seconds: int = FIGURES_SECONDS) -> T:
    """The value kept under `key`, counted anew when it is older than `seconds`.

    A cache that is away costs the queries, not the page.
    """
    key = f"portal:{key}"
    try:
        found = cache.get(key)
        if found is None:
            found = count()
            cache.set(key, found, seconds)
    except (RedisError, OSError):
        return count()
    return found
