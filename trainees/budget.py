"""The budget of a stay: sums by head and by who pays. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Line:
    """Euros for one head, and who pays them."""

    head: str
    amount: Decimal
    funded_by: str


@dataclass(frozen=True)
class Sums:
    """``heads`` and ``funders``: (code, euros) in the order given, nothing for those without an amount."""

    total: Decimal
    heads: tuple[tuple[str, Decimal], ...]
    funders: tuple[tuple[str, Decimal], ...]

    def of_funder(self, code: str) -> Decimal:
        """What one of them pays."""
        return dict(self.funders).get(code, ZERO)


def sums(lines: Iterable[Line], *, heads: Iterable[str], funders: Iterable[str]) -> Sums:
    """Add the lines up by head and by funder; both add up to the total."""
    by_head: dict[str, Decimal] = dict.fromkeys(heads, ZERO)
    by_funder: dict[str, Decimal] = dict.fromkeys(funders, ZERO)
    for line in lines:
        by_head[line.head] = by_head.get(line.head, ZERO) + line.amount
        by_funder[line.funded_by] = by_funder.get(line.funded_by, ZERO) + line.amount
    return Sums(
        total=sum(by_head.values(), ZERO),
        heads=tuple((code, amount) for code, amount in by_head.items() if amount),
        funders=tuple((code, amount) for code, amount in by_funder.items() if amount),
    )
