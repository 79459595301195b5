"""How often one address may ask: counted in the broker, by fixed windows of time.

While the broker is away nobody is counted: reading must not depend on it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from ecett.core import clock

WINDOW = 60


@dataclass(frozen=True)
class Allowance:
    """What is left to an address. ``left`` is below 0 for one question too many; ``seconds``: until the next window."""

    most: int
    left: int
    seconds: int

    @property
    def spent(self) -> bool:
        """Whether this question was one too many."""
        return self.left < 0


def client_address(request: HttpRequest) -> str:
    """Where a request comes from: what our own proxy says of it (the last entry), when there is one."""
    if settings.BEHIND_PROXY:
        seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if seen:
            return seen[:60]
    return str(request.META.get("REMOTE_ADDR", ""))


def count_question(request: HttpRequest, *, scope: str, most: int, window: int = WINDOW) -> Allowance:
    """Count one question of an address in this window (seconds) and say what is left of ``most``."""
    moment = int(clock.now().timestamp())
    seconds = window - moment % window
    key = f"{scope}:{client_address(request)}:{moment // window}"
    cache.add(key, 0, window + 1)
    try:
        asked = cache.incr(key)
    except (ValueError, OSError):
        # Expired in between, or no broker.
        asked = 1
    return Allowance(most, most - asked, seconds)
