"""The worker's tasks of this room: each takes an id and calls one service."""

from celery import shared_task

from hosts.services import duplicates


@shared_task
def search_duplicates(search_id: int) -> None:
    """Look through all cards for those that may be the same (idempotent)."""
    duplicates.run_search(search_id)
