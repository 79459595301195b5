"""Rates of the programme as rows with a validity and a source, and the set of them that rules one mobility.

A rate is never a constant in code and never invented: what no row prints raises `RateMissing`, naming it.
A rate set is chosen by call year, action, sector and national agency. A row that leaves one of the last three
blank holds for all of them; where several rows hold, the most specific wins (agency, sector, then action).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from ecett.core.money import round_half_up
from ecett.core.words import Message
from ecett.core.words import mark as _

#: Every kind of row a rate file may hold, with its unit. Kinds the pricing does not use are kept for reports.
KINDS: dict[str, str] = {
    "travel": "EUR per participant, return trip",
    "travel_green": "EUR per participant, return trip",
    "country_group": "group number",
    "counts_as": "1",
    "staff_day": "EUR per day",
    "staff_day_factor": "share of the full day rate",
    "organisational": "EUR per participant",
    "inclusion_organisation": "EUR per participant",
    "linguistic": "EUR per participant",
    "inclusion_share": "share of the real cost",
    "exceptional_share": "share of the real cost",
    "limit": "number",
    "course_fee_day": "EUR per day",
    "course_fee_max": "EUR per participant",
}
#: Rules of a call rather than rates of an agency: a rate file that prints none of them takes ours.
RULE_KINDS = frozenset({"limit", "counts_as", "inclusion_share", "exceptional_share"})
#: Kinds whose values are shares of an amount, not amounts.
SHARE_KINDS = frozenset({"staff_day_factor", "inclusion_share", "exceptional_share"})
#: Exceptional costs are paid in part as a rule, and in full in some cases.
SHARE_CASES = frozenset({"usual", "full"})
LIMITS = frozenset(
    {"min_days", "max_days", "travel_days", "travel_days_green", "travel_min_km", "max_participants"}
)
#: How sure a row is: mission's own text, read in the source, second-hand, our inference, not confirmed.
CERTAINTIES = frozenset({"S", "V", "2", "I", "?"})


@dataclass(frozen=True)
class RateRow:
    """One printed figure. ``call_to`` and ``last_day`` None = open; blank scope = any; ``value`` in ``unit``.

    ``key`` by kind: travel bands ``10-99`` or ``8000+`` (km); participants ``1-100`` or ``101+``; a country
    ``FI``; ``group-1``; ``all``; the name of a limit; ``usual`` or ``full`` for
    exceptional costs; ``RE>FR`` for a territory that counts as a country.
    """

    id: str
    call_from: int
    call_to: int | None
    kind: str
    key: str
    value: Decimal
    action: str = ""
    sector: str = ""
    agency: str = ""
    first_day: int | None = None
    last_day: int | None = None
    unit: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    certainty: str = "?"

    @property
    def span(self) -> tuple[int, int | None]:
        """First and last whole number of a band or a range of participants."""
        return parse_span(self.key)

    def holds_for(self, call_year: int, action: str, sector: str, agency: str) -> bool:
        """Whether the row belongs to the set; ``PL01`` is the agency of a row that says ``PL``."""
        return (
            self.call_from <= call_year <= (self.call_to if self.call_to is not None else call_year)
            and self.action in ("", action)
            and self.sector in ("", sector)
            and (not self.agency or self.agency == agency or self.agency == agency[:2])
        )

    @property
    def specificity(self) -> tuple[int, bool, bool]:
        return (len(self.agency), bool(self.sector), bool(self.action))


class RateMissing(LookupError):
    """A figure that no row of the set prints; ``message`` names it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.say())
        self.message = message


@dataclass(frozen=True)
class DayTier:
    """Consecutive paid days at one rate: rate in euros a day, and the rows it comes from."""

    days: int
    rate: Decimal
    rows: tuple[RateRow, ...]


def parse_span(key: str) -> tuple[int, int | None]:
    """``"10-99"`` → (10, 99); ``"8000+"`` → (8000, None). Raises ValueError."""
    if key.endswith("+"):
        return int(key[:-1]), None
    first, dash, last = key.partition("-")
    if not dash or int(first) > int(last):
        raise ValueError(f"{key!r} is not a range")
    return int(first), int(last)


@dataclass(frozen=True)
class RateSet:
    """The rows that hold for one call year, action, sector and agency. Lookups raise `RateMissing`."""

    rows: tuple[RateRow, ...]
    call_year: int
    action: str = ""
    sector: str = ""
    agency: str = ""

    @cached_property
    def _by_kind(self) -> dict[str, list[RateRow]]:
        """Rows of each kind, the most specific first."""
        found: dict[str, list[RateRow]] = {}
        for row in sorted(self.rows, key=lambda row: row.specificity, reverse=True):
            found.setdefault(row.kind, []).append(row)
        return found

    def of_kind(self, kind: str) -> Sequence[RateRow]:
        return self._by_kind.get(kind, [])

    def missing(self, message: Message) -> RateMissing:
        """An error that names the rate and says which set was asked."""
        scope = ", ".join(part for part in (self.action, self.sector, self.agency) if part)
        template = _("Rate missing: {what} (call {call}, {scope}).")
        params = {"what": message, "call": self.call_year, "scope": scope or "-"}
        return RateMissing(Message(template, params))

    def limit(self, name: str) -> int | None:
        """A rule of the call as a whole number, or None when the set has no such rule."""
        return next((int(row.value) for row in self.of_kind("limit") if row.key == name), None)

    def need_limit(self, name: str) -> int:
        value = self.limit(name)
        if value is None:
            raise self.missing(Message(_("the rule “{name}”"), {"name": name}))
        return value

    def counts_as(self, country: str) -> str:
        """The country a territory counts as (overseas France as FR), else the country itself."""
        for row in self.of_kind("counts_as"):
            territory, _arrow, home = row.key.partition(">")
            if territory == country:
                return home
        return country

    @cached_property
    def programme_countries(self) -> frozenset[str]:
        """Countries with a group or with a day rate of their own; empty when the set does not say."""
        grouped = {row.key for row in self.of_kind("country_group")}
        return frozenset(grouped | {row.key for row in self.of_kind("staff_day") if len(row.key) == 2})

    def takes_part(self, country: str) -> bool:
        """Whether a country, or the one a territory counts as, is in the programme; True when the set does not
        say."""
        known = self.programme_countries
        return not known or self.counts_as(country) in known

    def country_group(self, country: str) -> RateRow | None:
        return next((row for row in self.of_kind("country_group") if row.key == country), None)

    def travel(self, km: int, *, green: bool) -> RateRow:
        """The row of the distance band for a whole number of km, one way."""
        for row in self.of_kind("travel_green" if green else "travel"):
            first, last = row.span
            if first <= km and (last is None or km <= last):
                return row
        template = _("green travel over {km} km") if green else _("travel over {km} km")
        raise self.missing(Message(template, {"km": km}))

    def organisational(self, rank: int, people: int = 1) -> tuple[tuple[RateRow, int], ...]:
        """(row, number of participants) for the participants ``rank`` to ``rank + people - 1``."""
        rows = self.of_kind("organisational")
        # Between two neighbouring edges one and the same row holds for every participant.
        edges = {edge for first, last in (row.span for row in rows) for edge in (first, (last or 0) + 1)}
        found: list[tuple[RateRow, int]] = []
        while people:
            row = next((row for row in rows if _covers(row.span, rank)), None)
            if row is None:
                what = _("organisational support for participant {rank}")
                raise self.missing(Message(what, {"rank": rank}))
            count = min(people, min((edge for edge in edges if edge > rank), default=rank + people) - rank)
            found.append((row, count))
            rank, people = rank + count, people - count
        return tuple(found)

    def inclusion_organisation(self) -> RateRow:
        if rows := self.of_kind("inclusion_organisation"):
            return rows[0]
        raise self.missing(Message(_("inclusion support for the organisation")))

    def day_rows(self, country: str) -> Sequence[RateRow]:
        """Day rates and printed factors for a receiving country, best first: its own, its group's, all."""
        group = self.country_group(country)
        keys = [country, *([f"group-{group.value:f}"] if group else []), "all"]
        rows = [
            row for kind in ("staff_day", "staff_day_factor") for row in self.of_kind(kind) if row.key in keys
        ]
        return sorted(rows, key=lambda row: (*(-int(part) for part in row.specificity), keys.index(row.key)))

    def day_tiers(self, country: str, days: int) -> tuple[DayTier, ...]:
        """Paid days 1 to ``days`` as tiers of equal rate, in order. A factor multiplies the rate of day 1."""
        tiers: list[DayTier] = []
        for day in range(1, days + 1):
            rate, rows = self._day(country, day)
            if tiers and tiers[-1].rows == rows:
                tiers[-1] = DayTier(tiers[-1].days + 1, rate, rows)
            else:
                tiers.append(DayTier(1, rate, rows))
        return tuple(tiers)

    def next_rate(self, country: str) -> Decimal | None:
        """The rate after the full-rate days, None when none is printed."""
        full = self._day(country, 1)[1][0]
        if full.last_day is None:
            return None
        try:
            return self._day(country, full.last_day + 1)[0]
        except RateMissing:
            return None

    def _day(self, country: str, day: int) -> tuple[Decimal, tuple[RateRow, ...]]:
        for row in self.day_rows(country):
            if (row.first_day or 1) <= day and (row.last_day is None or day <= row.last_day):
                if row.kind == "staff_day":
                    return row.value, (row,)
                if day > 1:
                    full, rows = self._day(country, 1)
                    # An agency that prints a factor leaves the rounding open: cents, half a cent up.
                    return round_half_up(full * row.value), (*rows, row)
        group = self.country_group(country)
        params = {"country": country, "group": f"{group.value:f}" if group else "-", "day": day}
        template = _("day rate for {country} (country group {group}), paid day {day}")
        raise self.missing(Message(template, params))


def build_rate_set(
    rows: Iterable[RateRow], call_year: int, action: str = "", sector: str = "", agency: str = ""
) -> RateSet:
    """The set for one mobility. Raises `RateMissing` when no rate at all is known for the call year."""
    chosen = tuple(row for row in rows if row.holds_for(call_year, action, sector, agency))
    rate_set = RateSet(chosen, call_year, action, sector, agency)
    if all(row.kind in RULE_KINDS for row in chosen):
        raise rate_set.missing(Message(_("every rate of call {call}"), {"call": call_year}))
    return rate_set


def _covers(span: tuple[int, int | None], number: int) -> bool:
    first, last = span
    return first <= number and (last is None or number <= last)
