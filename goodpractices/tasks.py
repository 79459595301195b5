"""The practices' own appointments."""

from celery import shared_task

from goodpractices.models import GoodPractice
from hosts.services import count_terms as count


@shared_task
def count_terms() -> bool:
    """Count the words of good practices anew, when cards have changed since (once a night)."""
    return count(GoodPractice)
