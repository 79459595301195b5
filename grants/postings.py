"""The lines of a mobility's ledger transaction, each with where its figure comes from. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from ecett.core.money import text as euro_text
from grants.pricing import Mobility, Price
from grants.rates import RateRow, RateSet
from grants.splits import Splits

#: Which kinds of rate rows stand behind which head.
TRAVEL_KINDS = ("travel", "travel_green")
DAY_KINDS = ("country_group", "staff_day", "staff_day_factor")


@dataclass(frozen=True)
class Line:
    """One amount on one head, in euros: positive is debit, negative is credit.

    ``source``: where the figure comes from, as plain JSON values.
    """

    head: str
    amount: Decimal
    source: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class MobilityFacts:
    """A priced mobility with what its price stood on; ``straight_km`` is the computed distance.

    ``by`` and ``at``: who prices, and when; they stand with an official distance.
    """

    mobility: Mobility
    price: Price
    rates: RateSet
    splits: Splits
    straight_km: float | None
    by: str
    at: datetime

    def rows(self, *kinds: str) -> list[RateRow]:
        """The rate rows of these kinds that the price used, in its order."""
        known = {row.id: row for row in self.rates.rows}
        return [known[row_id] for row_id in self.price.rates if known[row_id].kind in kinds]

    @property
    def travel_source(self) -> dict[str, Any]:
        given, price = self.mobility, self.price
        return {
            "from": given.sending.town,
            "to": given.receiving.town,
            "km_straight": None if self.straight_km is None else round(self.straight_km, 3),
            "km_official": given.official_km,
            "km_official_by": self.by if given.official_km is not None else "",
            "km_official_at": self.at.isoformat() if given.official_km is not None else "",
            "km_floor": price.km_floor,
            "band": price.band,
            "green": given.green,
            "rates": as_sources(self.rows(*TRAVEL_KINDS)),
        }

    @property
    def individual_source(self) -> dict[str, Any]:
        given, price = self.mobility, self.price
        return {
            "country": given.receiving.country,
            "activity_days": given.activity_days,
            "interruption_days": given.interruption_days,
            "travel_days": given.travel_days,
            "days_full": price.days_paid_full,
            "rate_full": euro_text(price.day_rate_full) if price.day_rate_full is not None else "",
            "days_reduced": price.days_paid_reduced,
            "rate_reduced": euro_text(price.day_rate_reduced) if price.day_rate_reduced is not None else "",
            "rates": as_sources(self.rows(*DAY_KINDS)),
        }

    @property
    def support_source(self) -> dict[str, Any]:
        split = self.splits[self.price.organisational]
        return {
            "rank": self.mobility.rank,
            "amount": euro_text(self.price.organisational),
            "split": {
                "ecett": euro_text(split.ecett),
                "helpdesk": euro_text(split.helpdesk),
                "signatory": euro_text(split.signatory),
            },
            "helpdesk_by": "signatory" if self.mobility.helpdesk_by_signatory else "ecett",
            "rates": as_sources(self.rows("organisational")),
        }

    @property
    def inclusion_source(self) -> dict[str, Any]:
        return {"rates": as_sources(self.rows("inclusion_organisation"))}


def lines_of(facts: MobilityFacts) -> list[Line]:
    """Debits on the heads the mobility is paid from, one credit on the grant; they sum to zero."""
    price = facts.price
    support = facts.support_source
    debits = [
        Line("travel", price.travel, facts.travel_source),
        Line("individual", price.individual, facts.individual_source),
        Line("inclusion_organisation", price.inclusion_organisation, facts.inclusion_source),
        Line("support_ecett", price.split.ecett, support),
        Line("support_helpdesk", price.split.helpdesk, support),
        Line("support_signatory", price.split.signatory, support),
    ]
    return [line for line in debits if line.amount] + [Line("grant", -price.total, {})]


def as_sources(rows: Iterable[RateRow]) -> list[dict[str, Any]]:
    """Rate rows as they are kept with an entry: what was printed, where, and how sure it is."""
    return [
        {
            "id": row.id,
            "kind": row.kind,
            "key": row.key,
            "value": f"{row.value:f}",
            "unit": row.unit,
            "call_from": row.call_from,
            "call_to": row.call_to,
            "first_day": row.first_day,
            "last_day": row.last_day,
            "valid_from": row.valid_from.isoformat() if row.valid_from else "",
            "source": row.source,
            "certainty": row.certainty,
        }
        for row in rows
    ]
