"""Imports in the worker. Takes ids, calls one service. Gathered by `ecett.core.tasks`, whose name they
carry.
"""

from celery import shared_task

from ecett.core.imports import services


@shared_task(name="ecett.core.tasks.run_import")
def run_import(job_id: int) -> None:
    """Run a queued import; a second start of the same job does nothing."""
    services.run_job(job_id)


@shared_task(name="ecett.core.tasks.sweep_imports")
def sweep_imports() -> None:
    """Send lost imports again."""
    services.sweep()
