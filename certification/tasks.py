"""The worker's tasks of certification."""

from __future__ import annotations

from celery import shared_task

from certification import services


@shared_task
def announce_certificate(certificate_id: int) -> None:
    """Tell the holder that her certificate is there (idempotent; the sweep comes again when it is not)."""
    services.announce(certificate_id=certificate_id)


@shared_task
def sweep_certificates() -> None:
    """Tell everybody whose certificate has become ready meanwhile."""
    services.announce_waiting()
