"""Standing on another day, so that the services write history as it would have happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.utils import timezone

_now = timezone.now


@contextmanager
def days_ago(days: float) -> Iterator[None]:
    """Inside, the portal's clock (and the stamps of every row) stand so many days back, towards noon.

    For this process only, and only while demo data are made. Signed links keep their real age.
    """
    moment = _now() - dt.timedelta(days=days)
    with patch.object(timezone, "now", lambda: moment):
        yield
