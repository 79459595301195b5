"""What a stay at a host costs a visitor. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

#: The three items of logistics (domain.md §1.3), in the order in which a card tells them.
ITEMS = ("meals", "transport", "accommodation")
#: What the price of an item usually is for.
USUAL_UNIT = {"meals": "day", "transport": "trip", "accommodation": "night"}
#: How often each comes up on each day, and once a stay: one sleeps there from the evening before the first day to the
#: last one, and travels to the team and back each day.
_TIMES = {"day": (1, 0), "night": (1, 0), "trip": (2, 0), "stay": (0, 1)}


@dataclass(frozen=True, slots=True)
class Price:
    """Euros per ``unit``: day, night, trip (one way) or stay."""

    euros: Decimal
    unit: str


def stay_cost(days: int, *, day_price: Decimal | None, prices: Iterable[Price | None]) -> Decimal | None:
    """Euros that one visitor pays the host for a stay of ``days``; None when that cannot be known.

    ``prices``: of each item that is offered at a price, None where the card does not name it. ``day_price`` is the one
    price for all items together; where a card names it, it is what counts.
    """
    if day_price is not None:
        return day_price * days
    known = list(prices)
    if not known or None in known:
        return None
    return sum((each.euros * _times(each.unit, days) for each in known if each), Decimal("0.00"))


def _times(unit: str, days: int) -> int:
    daily, once = _TIMES[unit]
    return daily * days + once
