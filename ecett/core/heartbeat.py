"""A sign of life beside a long transaction, which no one outside can look into."""

import threading
from collections.abc import Callable
from types import TracebackType

import structlog
from django.db import DatabaseError, connections

log = structlog.get_logger(__name__)


class Stopped(Exception):
    """The work is no longer wanted: somebody cancelled it, or another run has taken it."""


class Heartbeat:
    """Calls ``beat`` every few seconds from a thread with a database connection of its own.

    ``beat`` returns False when the work is no longer wanted; ``lost`` is then true, and the worker looks at it now and
    then (`check`).
    """

    def __init__(self, beat: Callable[[], bool], *, seconds: float) -> None:
        self._beat = beat
        self._seconds = seconds
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)
        self.lost = False

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        self._thread.join()

    def check(self) -> None:
        """Raises `Stopped` when the work is no longer wanted."""
        if self.lost:
            raise Stopped

    def _run(self) -> None:
        try:
            while not self._end.wait(self._seconds):
                try:
                    if not self._beat():
                        self.lost = True
                        return
                except DatabaseError:
                    # A sign of life that fails is not the end of the work; the lease decides at the end.
                    log.warning("heartbeat_failed", exc_info=True)
                    connections.close_all()
        finally:
            connections.close_all()
