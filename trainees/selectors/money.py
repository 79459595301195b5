"""The budget of a stay as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ecett.core import slots
from hosts.enums import Offer
from hosts.logistics import ITEMS
from hosts.models.logistics import terms_of
from hosts.wording import ITEM_LABELS, say_terms
from trainees import budget
from trainees.enums import BudgetHead, FundedBy
from trainees.models import Internship
from trainees.selectors.journey import days_of


@dataclass(frozen=True)
class Available:
    """What a grant gives for a stay: higher apps answer it in the slot "budget_available"."""

    amount: Decimal
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class BudgetView:
    """``shares``: rows of label, amount, kind for the bar; ``offers``: what the host gives, in words."""

    sums: budget.Sums
    shares: list[tuple[str, Decimal, str]]
    heads: list[tuple[str, Decimal]]
    funders: list[tuple[str, Decimal]]
    offers: list[tuple[str, str]]
    host_price: Decimal | None
    available: Available | None
    lines: list[Any]


def budget_view(internship: Internship, user: Any) -> BudgetView:
    """Sums, the bar, and the comparison with what the host offers."""
    lines = list(internship.budget.all())
    found = budget.sums(
        (budget.Line(line.head, line.amount, line.funded_by) for line in lines),
        heads=BudgetHead.values,
        funders=FundedBy.values,
    )
    heads = [(str(BudgetHead(code).label), amount) for code, amount in found.heads]
    shares = [(label, amount, "") for label, amount in heads]
    available = slots.first("budget_available", internship, user)
    if available is not None and available.amount > found.total:
        shares.append((_("still free"), available.amount - found.total, "free"))
    host = internship.host
    priced = any(getattr(host, item) == Offer.PRICE for item in ITEMS)
    return BudgetView(
        sums=found,
        shares=shares,
        heads=heads,
        funders=[(str(FundedBy(code).label), amount) for code, amount in found.funders],
        offers=[
            (
                str(ITEM_LABELS[item]),
                say_terms(*(getattr(host, name) for name in terms_of(item))) or str(Offer.UNKNOWN.label),
            )
            for item in ITEMS
        ],
        host_price=host.stay_cost(days_of(internship)) if priced else None,
        available=available,
        lines=lines,
    )
