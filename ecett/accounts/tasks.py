"""The worker's tasks about people."""

from __future__ import annotations

from celery import shared_task

from ecett.accounts import saving


@shared_task
def send_search_alerts() -> None:
    """Hourly: tell people of new cards in the searches they keep (idempotent)."""
    saving.send_due_alerts()
