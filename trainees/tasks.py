"""The journey's own appointments."""

from celery import shared_task

from trainees import services


@shared_task
def ask_attendance() -> int:
    """Ask the hosts of stays whose last day has come (once a day)."""
    return services.ask_due_attendance()
