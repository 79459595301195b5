"""Rates as their page lists them."""

from __future__ import annotations

from dataclasses import asdict

from django.db.models import Q, QuerySet

from grants.enums import RateKind
from grants.models import Rate
from grants.ratefile import FIELDS
from grants.wording import RateWords, rate_words

#: The last call the years offered reach to when a row is open-ended.
OPEN_ENDED_YEARS = 1


def rate_years() -> list[int]:
    """Every call with a rate, the latest first."""
    years: set[int] = set()
    for first, last in Rate.objects.values_list("call_from", "call_to").distinct():
        years.update(range(first, (last if last is not None else first + OPEN_ENDED_YEARS) + 1))
    return sorted(years, reverse=True)


def rate_agencies() -> list[str]:
    """The agencies that have rates of their own."""
    return list(
        Rate.objects.exclude(agency="").order_by("agency").values_list("agency", flat=True).distinct()
    )


def rates_shown(*, call: int | None, kind: str = "", agency: str = "") -> QuerySet[Rate]:
    """Rates of one call (None: of all), of a kind and an agency; in the order of the kinds."""
    found = Rate.objects.all()
    if call is not None:
        found = found.filter(Q(call_to=None) | Q(call_to__gte=call), call_from__lte=call)
    if kind:
        found = found.filter(kind=kind)
    if agency:
        found = found.filter(agency=agency)
    return found.order_by("kind", "agency", "sector", "call_from", "pk")


def grouped(rates: list[Rate]) -> list[tuple[str, list[RateWords]]]:
    """Rows in words under the name of their kind, kinds in the order people know them."""
    order = list(RateKind.values)
    kinds = sorted({rate.kind for rate in rates}, key=lambda kind: order.index(kind) if kind in order else 99)
    return [
        (str(RateKind(kind).label), _together([in_words(rate) for rate in rates if rate.kind == kind]))
        for kind in kinds
    ]


def _together(rows: list[RateWords]) -> list[RateWords]:
    """Rows that differ only in what they are for as one (the countries of a group), then those that differ only
    in whom they are for (three sectors of one agency)."""
    return _joined(_joined(rows, "what"), "scope")


def _joined(rows: list[RateWords], name: str) -> list[RateWords]:
    found: dict[tuple[object, ...], list[RateWords]] = {}
    for row in rows:
        facts = asdict(row)
        alike = tuple(value for key, value in facts.items() if key not in (name, "row_id"))
        found.setdefault(alike, []).append(row)
    joined = []
    for alike_rows in found.values():
        words = {name: ", ".join(filter(None, (getattr(row, name) for row in alike_rows)))}
        joined.append(RateWords(**(asdict(alike_rows[0]) | words)))
    return joined


def in_words(rate: Rate) -> RateWords:
    """One stored row in words."""
    return rate_words({"id": rate.row_id, **{field: getattr(rate, field) for field in FIELDS}})
