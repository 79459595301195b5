"""Rates as the pricing reads them, and as their page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q

from grants.models import Contract, Rate
from grants.ratefile import FIELDS
from grants.rates import SHARE_KINDS, RateRow, RateSet, build_rate_set

#: Kinds whose values are counts, not amounts.
COUNTS = frozenset({"country_group", "counts_as", "limit"})
#: Kinds that say which countries take part.
PROGRAMME_KINDS = ("country_group", "counts_as", "staff_day")


def as_row(rate: Rate) -> RateRow:
    """The table's row as the pure modules know it."""
    return RateRow(id=rate.row_id, **{field: getattr(rate, field) for field in FIELDS if field != "value"},
                   value=plain_value(rate.kind, rate.value))  # fmt: skip


def plain_value(kind: str, value: Decimal) -> Decimal:
    """The value with as many decimals as its kind has: counts none, amounts two, shares what they need."""
    if kind in COUNTS:
        return value.quantize(Decimal(1))
    return value.normalize() if kind in SHARE_KINDS else value.quantize(Decimal("0.01"))


def stored_rates(call_year: int | None = None) -> tuple[RateRow, ...]:
    """The rows in the database, of one call or all (one query)."""
    found = Rate.objects.all()
    if call_year is not None:
        found = found.filter(Q(call_to=None) | Q(call_to__gte=call_year), call_from__lte=call_year)
    return tuple(as_row(rate) for rate in found)


def programmes_of(contracts: Iterable[Contract]) -> dict[int, RateSet]:
    """{contract: what its call says of countries}, for any number of contracts in one query."""
    rows = tuple(as_row(rate) for rate in Rate.objects.filter(kind__in=PROGRAMME_KINDS))
    found = {}
    for contract in contracts:
        of_call = (contract.call_year, contract.action, contract.sector, contract.agency)
        found[contract.pk] = RateSet(tuple(row for row in rows if row.holds_for(*of_call)), *of_call)
    return found


def rates_of_contract(contract: Contract) -> RateSet:
    """The rates of the contract's call. Raises `RateMissing` when there is none at all."""
    return rate_set_of(
        call_year=contract.call_year,
        action=contract.action,
        sector=contract.sector,
        agency=contract.agency,
    )


def rate_set_of(*, call_year: int, action: str, sector: str, agency: str) -> RateSet:
    """The rates of one call as they stand in the database. Raises `RateMissing` when there is none at all."""
    return build_rate_set(stored_rates(call_year), call_year, action, sector, agency)
