"""The only place that asks what time it is, so that a test or a demo can stand on another day."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The present moment, aware, UTC."""
    return timezone.now()


def today() -> dt.date:
    """Today's date in the portal's time zone (deadlines and stays are counted in local days)."""
    return timezone.localdate()


def day_of(moment: dt.datetime) -> dt.date:
    """The date of a moment in the portal's time zone: half past midnight in Brussels is still yesterday in UTC."""
    return timezone.localdate(moment)
