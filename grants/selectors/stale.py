"""Mobilities that stand on a figure which has changed since: shown, never changed behind anybody's back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from grants.enums import MobilityState, TransactionKind
from grants.models import Contract, Entry, Mobility, Rate
from grants.selectors.rates import plain_value
from grants.wording import key_words, value_words


@dataclass(frozen=True)
class StaleRate:
    """A rate that a posted mobility used, as it was and as it is now (empty when the row is gone)."""

    mobility: Mobility
    what: str
    before: str
    now: str


def stale_rates(contract: Contract) -> list[StaleRate]:
    """Every rate of a standing mobility that says something else today (two queries)."""
    entries = Entry.objects.filter(
        transaction__contract=contract,
        transaction__kind=TransactionKind.MOBILITY,
        transaction__mobility__state=MobilityState.POSTED,
    ).select_related("transaction__mobility")
    used = {
        (row["id"], entry.transaction.mobility): row
        for entry in entries.order_by("pk")
        for row in entry.source.get("rates", ())
    }
    now = _values(row_id for row_id, _mobility in used)
    return [
        StaleRate(
            mobility=mobility,
            what=key_words(row["kind"], row["key"], row["first_day"], row["last_day"]),
            before=value_words(row["kind"], row["value"]),
            now=value_words(row["kind"], now[row_id]) if row_id in now else "",
        )
        for (row_id, mobility), row in used.items()
        if mobility is not None and now.get(row_id) != Decimal(row["value"])
    ]


def _values(row_ids: Iterable[str]) -> dict[str, Decimal]:
    rows = Rate.objects.filter(row_id__in=set(row_ids)).values_list("row_id", "kind", "value")
    return {row_id: plain_value(kind, value) for row_id, kind, value in rows}
