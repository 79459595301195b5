"""Handing a row to the worker once it is committed. A broker that is down or hangs is survived: the sweep takes
the row up."""

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from ecett.core.cache import server_answers

log = structlog.get_logger(__name__)


def send_task(task: str, *args: object) -> bool:
    """Put a task (by its full name) into the broker's queue; False, and a line in the log, when the broker
    is away.

    No retries: whoever asked is waiting for a page, and the sweep sends the row again. Celery would wait six
    seconds and more for a broker that is away; the cache, which is the same server, knows it at once.
    """
    if not server_answers():
        log.warning("broker_away", task=task, args=args)
        return False
    try:
        current_app.send_task(task, args=args, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("broker_away", task=task, args=args, error=str(error))
        return False
    return True


def send_task_on_commit(task: str, *args: object) -> None:
    """Call `send_task` when the present transaction is committed; at once outside of one, never after a
    rollback."""
    transaction.on_commit(lambda: send_task(task, *args), robust=True)
