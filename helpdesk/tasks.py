"""The worker's tasks of the helpdesk."""

from __future__ import annotations

from celery import shared_task

from helpdesk import services


@shared_task
def expire_proposals() -> None:
    """Hourly: remind hosts whose date comes near, ask the next where it has passed."""
    services.expire_due()
    services.remind_due()
