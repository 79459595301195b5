"""One case of ``price_mobilities``: JSON in, JSON out.

What a case leaves out: action is KA121; agency that of the sending country; no sector, so only rates that
hold for every sector apply. A rate file given by hand is one agency's table: a case that leaves agency or
sector out takes the file's own. A place without coordinates is where its town lies, when the name is known and
only one town can be meant; with an official distance nobody looks.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from ecett.core import jsonlines
from ecett.core.money import text as euro_text
from grants.places import placed
from grants.pricing import Mobility, Place, Price, PricingError, price
from grants.ratefile import reference_rates, with_rules
from grants.rates import RateMissing, RateRow, RateSet, build_rate_set
from grants.splits import Splits, default_splits

KEYS = (
    *("id", "call_year", "action", "sector", "agency", "sending", "receiving", "official_km", "start", "end"),
    *("travel_days", "green", "interruption_days", "people", "fewer_opportunities", "zero_grant", "rank"),
    "helpdesk_by",
)
PLACE_KEYS = ("town", "country", "lat", "lon")
SECTORS = ("SCH", "VET", "ADU", "HED")
DEFAULT_ACTION = "KA121"


class Pricer:
    """Answers cases by one collection of rates and one of splits.

    ``stored`` False: the rates are one file chosen by hand, completed with our rules of a call.
    """

    def __init__(
        self, rates: Sequence[RateRow] | None = None, splits: Splits | None = None, *, stored: bool = True
    ) -> None:
        rows = tuple(rates) if rates is not None else reference_rates()
        self.rows = rows if stored else with_rules(rows)
        self.splits = splits if splits is not None else default_splits()
        self.agency = "" if stored else _only({row.agency for row in rows if row.agency})
        self.sector = "" if stored else _only({row.sector for row in rows if row.sector})
        self._rate_set = lru_cache(maxsize=256)(self._build)

    def answer(self, case: Mapping[str, Any]) -> dict[str, Any]:
        """The contract's answer to one case, or ``{"id", "error", "text"}``. Never raises."""
        return jsonlines.settle(case, self._answer, KEYS)

    def _answer(self, case: Mapping[str, Any]) -> dict[str, Any]:
        mobility = read_mobility(case)
        scope = self._scope(case, mobility)
        try:
            return as_answer(price(mobility, self._rate_set(*scope), self.splits))
        except RateMissing as error:
            jsonlines.refuse(error.message.say(), "rate_missing")
        except PricingError as error:
            jsonlines.refuse(error.message.say(), error.kind)

    def _scope(self, case: Mapping[str, Any], mobility: Mobility) -> tuple[int, str, str, str]:
        action = jsonlines.text_of(case, "action", DEFAULT_ACTION).strip().upper()
        # Key action 1 is mobility; the others pay no stays, so no rate of ours can be theirs.
        if not re.fullmatch(r"KA1(\d\d)?", action):
            jsonlines.refuse("“action” must be an action of mobility such as KA121 or KA122.")
        sector = case.get("sector")
        if sector not in (None, ""):
            sector = jsonlines.choice_of({"sector": _capitals(sector)}, "sector", SECTORS)
        agency = jsonlines.text_of(case, "agency", None)
        if not agency:
            agency = self.agency or mobility.sending.country
        agency = agency.strip().upper()
        if not re.fullmatch(r"[A-Z]{2}\d{0,2}", agency):
            jsonlines.refuse("“agency” must be a country code, or an agency's code such as BE02.")
        agency = jsonlines.COUNTRY_ALIASES.get(agency[:2], agency[:2]) + agency[2:]
        year = jsonlines.whole_of(case, "call_year")
        if not 1000 <= year <= 9999:
            jsonlines.refuse("“call_year” must be a year of four figures.")
        return year, action, sector or self.sector, agency

    def _build(self, *scope: Any) -> RateSet:
        return build_rate_set(self.rows, *scope)


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """Answer by the rates and splits that ship with the portal."""
    return _reference_pricer().answer(case)


@cache
def _reference_pricer() -> Pricer:
    return Pricer()


def read_mobility(case: Mapping[str, Any]) -> Mobility:
    """The case as `Mobility`. Raises CaseError ("bad_input") naming the field."""
    official_km = jsonlines.number_of(case, "official_km", None)
    if official_km is not None and not 0 <= official_km <= 20_100:
        jsonlines.refuse("“official_km” must be between 0 and 20100, half the way round the earth.")
    find_places = official_km is None
    return Mobility(
        sending=_place(case, "sending", find_places),
        receiving=_place(case, "receiving", find_places),
        start=jsonlines.day_of(case, "start"),
        end=jsonlines.day_of(case, "end"),
        official_km=official_km,
        travel_days=jsonlines.whole_of(case, "travel_days", 0),
        green=jsonlines.flag_of(case, "green", False),
        interruption_days=jsonlines.whole_of(case, "interruption_days", 0),
        people=jsonlines.whole_of(case, "people", 1),
        fewer_opportunities=jsonlines.flag_of(case, "fewer_opportunities", False),
        zero_grant=jsonlines.flag_of(case, "zero_grant", False),
        rank=jsonlines.whole_of(case, "rank", 1),
        helpdesk_by_signatory=jsonlines.choice_of(case, "helpdesk_by", ("ecett", "signatory"), "ecett")
        == "signatory",
    )


def as_answer(found: Price) -> dict[str, Any]:
    """A price with the contract's keys; euros as texts."""
    return {
        "km_raw": found.km_raw,
        "km_floor": found.km_floor,
        "band": found.band,
        "travel": euro_text(found.travel),
        "days_paid_full": found.days_paid_full,
        "days_paid_reduced": found.days_paid_reduced,
        "day_rate_full": euro_text(found.day_rate_full) if found.day_rate_full is not None else None,
        "day_rate_reduced": euro_text(found.day_rate_reduced) if found.day_rate_reduced is not None else None,
        "individual": euro_text(found.individual),
        "organisational": euro_text(found.organisational),
        "inclusion_organisation": euro_text(found.inclusion_organisation),
        "split": {
            "ecett": euro_text(found.split.ecett),
            "helpdesk": euro_text(found.split.helpdesk),
            "signatory": euro_text(found.split.signatory),
        },
        "total": euro_text(found.total),
        "rates": list(found.rates),
    }


def _place(case: Mapping[str, Any], name: str, find: bool) -> Place:
    place = jsonlines.object_of(case, name)
    jsonlines.refuse_unknown_keys(place, PLACE_KEYS, where=name)
    lat, lon = jsonlines.number_of(place, "lat", None), jsonlines.number_of(place, "lon", None)
    if lat is not None and not -90 <= lat <= 90:
        jsonlines.refuse(f"“lat” in “{name}” must be between -90 and 90.")
    if lon is not None and not -180 <= lon <= 180:
        jsonlines.refuse(f"“lon” in “{name}” must be between -180 and 180.")
    town = jsonlines.text_of(place, "town", "", limit=500)
    country = jsonlines.country_of(place, "country")
    return placed(country, town, lat, lon) if find else Place(country, town, lat, lon)


def _capitals(value: Any) -> Any:
    return value.strip().upper() if isinstance(value, str) else value


def _only(values: set[str]) -> str:
    """The single value of a set, or nothing when there are none or several."""
    return values.pop() if len(values) == 1 else ""
