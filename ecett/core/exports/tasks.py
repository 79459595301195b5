"""Exports in the worker. Takes ids, calls one service. Gathered by `ecett.core.tasks`, whose name they carry."""

from celery import shared_task

from ecett.core.exports import services


@shared_task(name="ecett.core.tasks.run_export")
def run_export(job_id: int) -> None:
    """Make a queued sheet; a second start of the same job does nothing."""
    services.run_job(job_id)


@shared_task(name="ecett.core.tasks.sweep_exports")
def sweep_exports() -> None:
    """Send lost exports again."""
    services.sweep()


@shared_task(name="ecett.core.tasks.remove_exports")
def remove_exports() -> None:
    """Take away the files whose time is over (idempotent)."""
    services.remove_old()
