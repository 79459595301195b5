"""The frame of the ECETT portal."""

from ecett.celery import app as celery_app

__all__ = ["celery_app"]
