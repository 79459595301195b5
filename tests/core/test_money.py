from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecett.core import money

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


def test_euros_always_has_two_decimals():
    assert str(money.euros(350)) == "350.00"
    assert str(money.euros("0.7")) == "0.70"
    assert str(money.euros("-0")) == "0.00"


@pytest.mark.parametrize("wrong", ["", "abc", "NaN", "Infinity", "1.005"])
def test_euros_refuses_what_is_no_amount(wrong):
    with pytest.raises(ValueError, match=r"is not an amount|part of a cent"):
        money.euros(wrong)


def test_euros_refuses_float():
    with pytest.raises(TypeError):
        money.euros(1.1)  # type: ignore[arg-type]


def test_text_is_plain():
    assert money.text(Decimal("1234.5")) == "1234.50"


def test_round_half_up_goes_up_at_half_a_cent():
    assert money.round_half_up("88.205") == Decimal("88.21")
    assert money.round_half_up("-88.205") == Decimal("-88.21")


def test_split_gives_cents_left_over_to_largest_remainder():
    assert money.split("0.05", [1, 1, 1]) == (Decimal("0.02"), Decimal("0.02"), Decimal("0.01"))
    assert money.split("10.00", 3) == (Decimal("3.34"), Decimal("3.33"), Decimal("3.33"))
    assert money.split("100", [140, 70, 140]) == (Decimal("40.00"), Decimal("20.00"), Decimal("40.00"))


@pytest.mark.parametrize("weights", [0, [], [0, 0], [1, -1]])
def test_split_refuses_impossible_weights(weights):
    with pytest.raises(ValueError, match=r"at least one part|weights must not"):
        money.split(10, weights)


@given(amounts, st.lists(st.decimals(min_value=0, max_value=1000, places=3), min_size=1, max_size=12))
def test_split_never_loses_a_cent(amount, weights):
    if not any(weights):
        weights = [*weights, Decimal(1)]
    parts = money.split(amount, weights)
    assert sum(parts) == amount
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)
    exact = [amount * weight / sum(weights) for weight in weights]
    assert all(abs(part - share) < Decimal("0.01001") for part, share in zip(parts, exact, strict=True))


@given(amounts, st.lists(st.integers(0, 50), min_size=1, max_size=6).filter(any))
def test_split_of_negative_mirrors_positive(amount, weights):
    assert money.split(-amount, weights) == tuple(-part for part in money.split(amount, weights))
