"""Costs of a mobility beyond its unit costs: inclusion support at real cost, linguistic support, exceptional
costs. Pure.

What a call pays of them is data like every rate: a share of the real cost (``inclusion_share``,
``exceptional_share``) or an amount per participant (``linguistic``); what no row prints is "rate missing".
Source: domain.md §2.4, where these figures are not confirmed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ecett.core.money import round_half_up
from ecett.core.words import Message
from ecett.core.words import mark as _
from grants.rates import RateRow, RateSet

#: The kind of rate row behind each head.
RATE_KINDS = {
    "inclusion_participant": "inclusion_share",
    "linguistic": "linguistic",
    "exceptional": "exceptional_share",
}
#: Heads that pay a share of what was spent; the others pay an amount per participant.
REAL = ("inclusion_participant", "exceptional")
_WORDS = {
    "inclusion_participant": _("share of the real cost of inclusion support"),
    "linguistic": _("linguistic support"),
    "exceptional": _("share of the real cost of exceptional costs"),
}


@dataclass(frozen=True)
class Cost:
    """What a head pays: euros, the real cost where it is a share of one, and the row it rests on."""

    head: str
    amount: Decimal
    real: Decimal | None
    row: RateRow


def cases(head: str, rates: RateSet) -> Sequence[RateRow]:
    """The best row of each key, the smallest first: a person chooses where the set prints several, and what is
    paid in full is the exception."""
    best: dict[str, RateRow] = {}
    for row in rates.of_kind(RATE_KINDS[head]):
        best.setdefault(row.key, row)
    return sorted(best.values(), key=lambda row: row.value)


def price_cost(head: str, rates: RateSet, *, real: Decimal | None = None, case: str = "") -> Cost:
    """What the call pays; ``case`` is the key of the row of exceptional costs (empty: the first printed).

    Raises `RateMissing` when no such row is printed, ValueError for a real cost that is missing or negative.
    """
    found = [row for row in cases(head, rates) if head != "exceptional" or case in ("", row.key)]
    if not found:
        raise rates.missing(Message(_WORDS[head]))
    row = found[0]
    if head not in REAL:
        return Cost(head, row.value, None, row)
    if real is None or real <= 0:
        raise ValueError(f"{head}: a real cost is above zero")
    return Cost(head, round_half_up(real * row.value), real, row)
