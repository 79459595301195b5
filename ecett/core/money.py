"""Money: euros as `Decimal` with two decimals. Nothing here ever loses or invents a cent."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

CENT = Decimal("0.01")
ZERO = Decimal("0.00")

Amount = Decimal | int | str


def euros(value: Amount) -> Decimal:
    """The amount in euros with exactly two decimals.

    Raises TypeError for a float (it cannot hold cents), ValueError for what is not a finite number or
    would lose a part of a cent: round first, on purpose, with `round_half_up`.
    """
    exact = _decimal(value)
    rounded = exact.quantize(CENT)
    if rounded != exact:
        raise ValueError(f"{value} has a part of a cent")
    return rounded + ZERO  # never "-0.00"


def round_half_up(value: Amount) -> Decimal:
    """The amount rounded to cents, half a cent up (away from zero)."""
    return _decimal(value).quantize(CENT, rounding=ROUND_HALF_UP) + ZERO


def text(value: Amount) -> str:
    """The amount as machines read it: ``"1234.50"``."""
    return f"{euros(value):.2f}"


def split(amount: Amount, weights: int | Sequence[Amount]) -> tuple[Decimal, ...]:
    """Divide an amount by weights (or into that many equal parts) so that the parts sum to it exactly.

    Largest remainder: each part gets its whole cents, the cents left over go to the largest remainders, the
    earlier part first when remainders are equal. A negative amount splits as its positive mirror.
    Raises ValueError when there is no part, a weight is negative, or all weights are zero.
    """
    shares = [Decimal(1)] * weights if isinstance(weights, int) else [_decimal(weight) for weight in weights]
    if not shares:
        raise ValueError("an amount needs at least one part")
    if any(share < 0 for share in shares) or not any(shares):
        raise ValueError("weights must not be negative, and one must be above zero")
    total = euros(amount)
    sign = -1 if total < 0 else 1
    cents = int(abs(total) / CENT)
    # Whole numbers from here on: a Decimal division would round at 28 digits.
    scale = 10 ** max(0, -min(int(share.as_tuple().exponent) for share in shares))
    whole = [int(share * scale) for share in shares]
    base = sum(whole)
    parts = [cents * share // base for share in whole]
    by_remainder = sorted(range(len(whole)), key=lambda index: (-(cents * whole[index] % base), index))
    for index in by_remainder[: cents - sum(parts)]:
        parts[index] += 1
    return tuple(sign * part * CENT + ZERO for part in parts)


def _decimal(value: Amount) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise TypeError(f"money is Decimal, int or text, not {type(value).__name__}")
    try:
        exact = Decimal(value)
    except InvalidOperation as error:
        raise ValueError(f"{value!r} is not an amount") from error
    if not exact.is_finite():
        raise ValueError(f"{value!r} is not an amount")
    return exact
