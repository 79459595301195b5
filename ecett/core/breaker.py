"""A server that did not answer is left alone for a moment: one page waits for it, not each one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

PAUSE_SECONDS = 5.0


class Breaker:
    """Remembers, for the threads of one process, that a server did not answer.

    After a failure nobody asks for `PAUSE_SECONDS`; then one caller tries while the others still go without,
    and its answer opens the way for all or begins the next pause.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._closed_until: float | None = None

    def may_ask(self) -> bool:
        """Whether to ask the server; say afterwards with `answered` or `failed` what came of it."""
        if self._closed_until is None:
            return True
        with self._lock:
            now = self._clock()
            if self._closed_until is None:
                return True
            if now < self._closed_until:
                return False
            self._closed_until = now + PAUSE_SECONDS
            return True

    def answered(self) -> None:
        """The server is there."""
        if self._closed_until is not None:
            with self._lock:
                self._closed_until = None

    def failed(self) -> None:
        """The server is away or hangs."""
        with self._lock:
            self._closed_until = self._clock() + PAUSE_SECONDS


_breakers: dict[str, Breaker] = {}


def breaker_of(server: str) -> Breaker:
    """The one breaker of this process for a server, by its address."""
    return _breakers.setdefault(server, Breaker())
