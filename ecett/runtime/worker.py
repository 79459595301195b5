"""A Celery worker whose pool processes cannot outlive it: ``python -m ecett.runtime.worker``.

A killed worker takes no leave of its pool, and a pool process that waits for the broker would wait for ever.
"""

import ctypes
import os
import signal
import sys

from celery.signals import worker_process_init

from ecett.celery import app
from ecett.runtime.child import PR_SET_PDEATHSIG

OPTIONS = (
    "--pool",
    "prefork",
    "--concurrency",
    "2",
    "--loglevel",
    "INFO",
    "--without-gossip",
    "--without-mingle",
)


def end_with(parent: int) -> None:
    """Asks the kernel to kill this process when its parent ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def main(words: list[str]) -> None:
    """Runs the worker; ``words`` are added to its options."""
    parent = os.getpid()

    def tie_to_worker(**_given: object) -> None:
        end_with(parent)

    worker_process_init.connect(tie_to_worker, weak=False)
    app.worker_main(["worker", *OPTIONS, *words])


if __name__ == "__main__":
    main(sys.argv[1:])
