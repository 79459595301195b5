"""Rates are written here: those that ship with the portal, demo rates, and the rows of an import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from ecett.core import clock
from grants.models import Rate
from grants.ratefile import DATA, FIELDS, parse_rates, reference_rates
from grants.rates import RateRow
from grants.selectors.rates import as_row


@dataclass(frozen=True)
class Stored:
    """How many rows became new, were changed, or stood there already."""

    created: int
    updated: int
    unchanged: int


@transaction.atomic
def load_rates() -> Stored:
    """The rates and rules of the calls that ship with the portal; a second run changes nothing."""
    return store_rates(reference_rates())


@transaction.atomic
def load_demo_rates() -> Stored:
    """Day rates invented for the demo data, marked as such; never loaded outside it."""
    return store_rates(parse_rates((DATA / "demo_rates.csv").read_text(encoding="utf-8")).rates)


@transaction.atomic
def store_rates(rows: Iterable[RateRow]) -> Stored:
    """Create the rows that are new, change those that say something else now; the history is kept."""
    wanted = {row.id: row for row in rows}
    known = {rate.row_id: rate for rate in Rate.objects.select_for_update().filter(row_id__in=wanted)}
    new = [Rate(row_id=row.id, **_fields(row)) for row in wanted.values() if row.id not in known]
    changed = []
    for row_id, rate in known.items():
        if as_row(rate) != wanted[row_id]:
            for field, value in _fields(wanted[row_id]).items():
                setattr(rate, field, value)
            rate.changed_at = clock.now()
            changed.append(rate)
    Rate.objects.bulk_create(new, batch_size=1000)
    Rate.objects.bulk_update(changed, [*FIELDS, "changed_at"], batch_size=500)
    return Stored(created=len(new), updated=len(changed), unchanged=len(known) - len(changed))


def _fields(row: RateRow) -> dict[str, object]:
    return {field: getattr(row, field) for field in FIELDS}
