"""The worker's tasks of this room: each takes an id, or nothing, and calls one service."""

from celery import shared_task

from hosts import services
from hosts.models import Host
from hosts.services import duplicates


@shared_task
def search_duplicates(search_id: int) -> None:
    """Look through all cards for those that may be the same (idempotent)."""
    duplicates.run_search(search_id)


@shared_task
def count_terms() -> bool:
    """Count the words of host cards anew, when cards have changed since (once a night)."""
    return services.count_terms(Host)


@shared_task
def ask_hosts() -> None:
    """Daily: ask teams whether their cards are still right, and draw the consequences of silence."""
    services.follow_up_hosts()
