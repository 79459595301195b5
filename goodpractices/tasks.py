"""The practices' own appointments."""

from celery import shared_task

from goodpractices.models import GoodPractice
from goodpractices.services.attachments import sweep_files
from goodpractices.services.reminders import remind_readers as remind
from hosts.services import count_terms as count


@shared_task
def count_terms() -> bool:
    """Count the words of good practices anew, when cards have changed since (once a night)."""
    return count(GoodPractice)


@shared_task
def remind_readers() -> int:
    """Daily: whoever has had a card for two weeks hears of it, once."""
    return remind()


@shared_task
def sweep_attachments() -> int:
    """Nightly: the files of attachments that were removed."""
    return sweep_files()
