"""Several requests that begin at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from tests.patience import PATIENCE


def at_once(*calls: Callable[[], Any]) -> list[int]:
    """The statuses of requests that begin at the same moment."""
    gate = threading.Barrier(len(calls))
    answers: list[int] = [0] * len(calls)

    def run(number: int, call: Callable[[], Any]) -> None:
        gate.wait(PATIENCE)
        try:
            answers[number] = call().status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return answers
