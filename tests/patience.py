"""Waiting for what must happen: for a condition, never for a time.

The limit is for what hangs. It is long, since a busy machine is no fault of what is tested, and costs nothing
where all is well.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
#: Seconds.
PATIENCE = 300.0


def wait_for(look: Callable[[], T], what: str | Callable[[], Any], *, pause: float = 0.05) -> T:
    """The first answer of ``look`` that is true. After `PATIENCE` it fails and says ``what`` did not come, or
    what ``what()`` tells of it."""
    until = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < until, what() if callable(what) else f"{what}: not within {PATIENCE:.0f} s"
        time.sleep(pause)
    return found
