"""Running numbers that people read aloud: ``2026-118``. They are labels, never addresses."""

from __future__ import annotations

from django.db import connection, models

from ecett.core.clock import today


def next_number(model: type[models.Model], *, prefix: str = "", field: str = "number") -> str:
    """The next free number of the year, ``<prefix><year>-<n>``; call it inside the transaction that uses it.

    An advisory lock of the transaction keeps two people who ask at once from getting the same number.
    """
    start = f"{prefix}{today().year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{model._meta.label}:{start}"])
    taken = model._default_manager.filter(**{f"{field}__startswith": start}).values_list(field, flat=True)
    last = max(
        (int(number.removeprefix(start)) for number in taken if number.removeprefix(start).isdigit()),
        default=0,
    )
    return f"{start}{last + 1}"
