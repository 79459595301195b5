"""The price of a mobility: travel, individual and organisational support, and who gets the latter.

Everything comes from the rate set of the contract's call (not from the date of the stay); see `grants.rates`.

Order of the checks, so that the first thing to put right is the one that is said:

1. people, rank, negative days; end before start; outside the contract; interruption that leaves no day;
2. the rules of the call: shortest and longest stay (activity days net of interruption), funded travel days;
3. the two countries: domestic, then outside the programme;
4. distance, then each rate (travel, days, organisational, inclusion), then the split.

Several people on one internship are several mobilities with consecutive ranks: ``km`` and the days are those
of each person, every amount in euros is the sum over all of them.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ecett.core.money import ZERO
from ecett.core.words import Message
from ecett.core.words import mark as _
from grants.distance import floor_km, haversine_km
from grants.rates import RateMissing, RateSet
from grants.splits import NO_SPLIT, Split, Splits

#: What `PricingError.kind` can be.
KINDS = (
    *(
        "rate_missing",
        "country_outside_programme",
        "stay_too_short",
        "stay_too_long",
        "travel_days_over_limit",
    ),
    *(
        "split_missing",
        "split_does_not_sum",
        "outside_contract_dates",
        "end_before_start",
        "domestic_mobility",
    ),
    *("distance_unknown", "interruption_too_long", "negative_days", "invalid_people", "invalid_rank"),
)
#: More people than any contract has; keeps a typing error from becoming an amount.
MOST_PEOPLE = 10_000


class PricingError(Exception):
    """A mobility that cannot be priced; nothing may be posted. ``message`` says what is wrong or missing."""

    def __init__(self, kind: str, template: str, **params: object) -> None:
        self.kind = kind
        self.message = Message(template, params)
        super().__init__(self.message.say())


@dataclass(frozen=True)
class Place:
    """A town: country (ISO 3166-1 alpha-2; overseas territories keep their code), decimal degrees."""

    country: str
    town: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class Mobility:
    """One internship to be priced. ``start`` to ``end`` are activity days, both included; ``rank`` is the
    number of the first person among the contract's participants; ``contract_dates`` None = not checked."""

    sending: Place
    receiving: Place
    start: date
    end: date
    official_km: float | None = None
    travel_days: int = 0
    green: bool = False
    interruption_days: int = 0
    people: int = 1
    fewer_opportunities: bool = False
    zero_grant: bool = False
    rank: int = 1
    helpdesk_by_signatory: bool = False
    contract_dates: tuple[date, date] | None = None

    @property
    def activity_days(self) -> int:
        """Calendar days of the stay less the interruption."""
        return (self.end - self.start).days + 1 - self.interruption_days


@dataclass(frozen=True)
class Price:
    """The answer. km and days for each person; euros over all people; ``band`` None when no travel grant is
    due; ``rates`` are the ids of the rate rows the amounts rest on."""

    km_raw: float | None
    km_floor: int | None
    band: str | None = None
    travel: Decimal = ZERO
    days_paid_full: int = 0
    days_paid_reduced: int = 0
    day_rate_full: Decimal | None = None
    day_rate_reduced: Decimal | None = None
    individual: Decimal = ZERO
    organisational: Decimal = ZERO
    inclusion_organisation: Decimal = ZERO
    split: Split = NO_SPLIT
    rates: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        return self.travel + self.individual + self.organisational + self.inclusion_organisation


def price(mobility: Mobility, rate_set: RateSet, splits: Splits) -> Price:
    """Price a mobility. Raises `PricingError` with one of `KINDS`."""
    _check_numbers(mobility)
    try:
        _check_rules(mobility, rate_set)
        _check_countries(mobility, rate_set)
        km = _distance(mobility)
        found = Price(km_raw=km, km_floor=floor_km(km) if km is not None else None)
        if not mobility.zero_grant:
            found = _with_travel(found, mobility, rate_set)
            found = _with_individual(found, mobility, rate_set)
        elif not rate_set.programme_countries:
            raise rate_set.missing(Message(_("the list of programme countries")))
        return _with_organisational(found, mobility, rate_set, splits)
    except RateMissing as error:
        raise PricingError("rate_missing", error.message.template, **error.message.params) from error


def _check_numbers(mobility: Mobility) -> None:
    if not 1 <= mobility.people <= MOST_PEOPLE:
        template = _("{people} people: from 1 to {most} people can be priced at once.")
        raise PricingError("invalid_people", template, people=mobility.people, most=MOST_PEOPLE)
    if mobility.rank < 1:
        raise PricingError(
            "invalid_rank", _("Rank {rank}: participants are counted from 1."), rank=mobility.rank
        )
    for name, days in (
        (_("funded travel days"), mobility.travel_days),
        (_("days of interruption"), mobility.interruption_days),
    ):
        if days < 0:
            raise PricingError(
                "negative_days", _("{days} {name}: days cannot be negative."), days=days, name=Message(name)
            )
    start, end = mobility.start, mobility.end
    if end < start:
        template = _("The stay ends on {end}, before it starts on {start}.")
        raise PricingError("end_before_start", template, start=start, end=end)
    if mobility.contract_dates:
        first, last = mobility.contract_dates
        if start < first or end > last:
            template = _("The stay, {start} to {end}, is not within the contract, {first} to {last}.")
            raise PricingError(
                "outside_contract_dates", template, start=start, end=end, first=first, last=last
            )
    if mobility.activity_days < 1:
        template = _("An interruption of {days} days leaves no day of a stay from {start} to {end}.")
        days = mobility.interruption_days
        raise PricingError("interruption_too_long", template, days=days, start=start, end=end)


def _check_rules(mobility: Mobility, rate_set: RateSet) -> None:
    days = mobility.activity_days
    shortest, longest = rate_set.need_limit("min_days"), rate_set.need_limit("max_days")
    if days < shortest:
        template = _("{days} activity days without the interruption; call {call} asks for at least {limit}.")
        raise PricingError("stay_too_short", template, days=days, limit=shortest, call=rate_set.call_year)
    if days > longest:
        template = _("{days} activity days without the interruption; call {call} allows at most {limit}.")
        raise PricingError("stay_too_long", template, days=days, limit=longest, call=rate_set.call_year)
    limit = rate_set.limit("travel_days_green") if mobility.green else None
    if limit is None:
        limit = rate_set.need_limit("travel_days")
    if mobility.travel_days > limit:
        template = _("{days} funded travel days; call {call} allows {limit} for this way of travelling.")
        raise PricingError(
            "travel_days_over_limit",
            template,
            days=mobility.travel_days,
            limit=limit,
            call=rate_set.call_year,
        )


def _check_countries(mobility: Mobility, rate_set: RateSet) -> None:
    sending = rate_set.counts_as(mobility.sending.country)
    receiving = rate_set.counts_as(mobility.receiving.country)
    if sending == receiving:
        template = _(
            "Both organisations are in {country}: a stay in one's own country is no Erasmus+ mobility."
        )
        raise PricingError("domestic_mobility", template, country=sending)
    for role, country in ((_("sending"), sending), (_("receiving"), receiving)):
        if not rate_set.takes_part(country):
            template = _("The {role} country {country} is not in the programme of call {call}.")
            raise PricingError(
                "country_outside_programme",
                template,
                role=Message(role),
                country=country,
                call=rate_set.call_year,
            )


def _distance(mobility: Mobility) -> float | None:
    """Km in a straight line; the official distance wins. None only where no travel is paid anyway."""
    if mobility.official_km is not None:
        return mobility.official_km
    ends = (mobility.sending, mobility.receiving)
    unknown = [place.town or place.country for place in ends if place.lat is None or place.lon is None]
    if unknown and not mobility.zero_grant:
        template = _("Distance unknown: no coordinates for {places}, and no official distance.")
        raise PricingError("distance_unknown", template, places=", ".join(unknown))
    sending, receiving = ends
    if sending.lat is None or sending.lon is None or receiving.lat is None or receiving.lon is None:
        return None
    return haversine_km(sending.lat, sending.lon, receiving.lat, receiving.lon)


def _with_travel(found: Price, mobility: Mobility, rate_set: RateSet) -> Price:
    km = found.km_floor
    if km is None or km < rate_set.need_limit("travel_min_km"):
        return found
    row = rate_set.travel(km, green=mobility.green)
    return replace(found, band=row.key, travel=row.value * mobility.people, rates=(*found.rates, row.id))


def _with_individual(found: Price, mobility: Mobility, rate_set: RateSet) -> Price:
    """Travel days are paid days and use up the days at the full rate."""
    country = rate_set.counts_as(mobility.receiving.country)
    tiers = rate_set.day_tiers(country, mobility.activity_days + mobility.travel_days)
    reduced = tiers[1].rate if len(tiers) > 1 else rate_set.next_rate(country)
    group = rate_set.country_group(country)
    by_group = group and any(row.key == f"group-{group.value}" for tier in tiers for row in tier.rows)
    used = [group.id] if group and by_group else []
    used += [row.id for tier in tiers for row in tier.rows]
    return replace(
        found,
        days_paid_full=tiers[0].days,
        days_paid_reduced=sum(tier.days for tier in tiers[1:]),
        day_rate_full=tiers[0].rate,
        day_rate_reduced=reduced,
        individual=sum((tier.days * tier.rate for tier in tiers), ZERO) * mobility.people,
        rates=(*found.rates, *dict.fromkeys(used)),
    )


def _with_organisational(found: Price, mobility: Mobility, rate_set: RateSet, splits: Splits) -> Price:
    rows = rate_set.organisational(mobility.rank, mobility.people)
    inclusion, used = ZERO, [row.id for row, _count in rows]
    if mobility.fewer_opportunities:
        row = rate_set.inclusion_organisation()
        inclusion = row.value * mobility.people
        used.append(row.id)
    shares = found.split
    for row, count in rows:
        split = splits.get(row.value)
        if split is None:
            template = _("The contract has no split for an organisational support of {amount} euros.")
            raise PricingError("split_missing", template, amount=row.value)
        if not split.divides(row.value):
            template = _(
                "The contract's split for {amount} euros does not sum: {ecett} + {helpdesk} + {signatory}."
            )
            raise PricingError(
                "split_does_not_sum", template, amount=row.value,
                ecett=split.ecett, helpdesk=split.helpdesk, signatory=split.signatory,
            )  # fmt: skip
        shares = shares.plus(
            (split.helped_by_signatory() if mobility.helpdesk_by_signatory else split).times(count)
        )
    return replace(
        found,
        organisational=sum((row.value * count for row, count in rows), ZERO),
        inclusion_organisation=inclusion,
        split=shares,
        rates=(*found.rates, *used),
    )
