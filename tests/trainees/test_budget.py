"""Sums of a budget."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from trainees.budget import Line, sums
from trainees.enums import BudgetHead, FundedBy

LINES = st.lists(
    st.builds(
        Line,
        head=st.sampled_from(BudgetHead.values),
        amount=st.decimals(min_value=0, max_value=100_000, places=2),
        funded_by=st.sampled_from(FundedBy.values),
    ),
    max_size=30,
)


@given(LINES)
def test_heads_and_funders_add_up_to_the_total(lines: list[Line]) -> None:
    found = sums(lines, heads=BudgetHead.values, funders=FundedBy.values)
    assert found.total == sum((line.amount for line in lines), Decimal(0))
    assert sum((amount for _code, amount in found.heads), Decimal(0)) == found.total
    assert sum((amount for _code, amount in found.funders), Decimal(0)) == found.total
    assert all(amount for _code, amount in (*found.heads, *found.funders))


def test_of_funder() -> None:
    lines = [Line("meals", Decimal("12.50"), "self"), Line("stay", Decimal("80.00"), "grant")]
    found = sums(lines, heads=BudgetHead.values, funders=FundedBy.values)
    assert found.heads == (("stay", Decimal("80.00")), ("meals", Decimal("12.50")))
    assert found.of_funder("self") == Decimal("12.50")
    assert found.of_funder("host") == 0
