"""A stay becomes mobilities of a contract: priced, written and posted in one go, or nothing at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ecett.core import clock, workflow
from ecett.core.actors import SYSTEM, Actor
from ecett.core.components.formats import day, money
from ecett.core.money import ZERO
from ecett.core.words import Message
from ecett.core.workflow import Blocked, Denied
from grants import ledger, pricing
from grants.codes import mobility_id
from grants.distance import haversine_km
from grants.enums import HelpdeskBy, MobilityState, TransactionKind
from grants.models import Contract, Mobility
from grants.postings import MobilityFacts, lines_of
from grants.pricing import PricingError
from grants.pricing_command import as_answer
from grants.rates import RateMissing, RateSet
from grants.selectors.rates import rates_of_contract
from grants.selectors.stays import (
    Participant,
    candidate,
    organisations_of,
    people_of,
    receiving_place,
    sending_place,
    with_people,
)
from grants.splits import Split
from grants.wording import country_name
from trainees.models import Internship

log = structlog.get_logger(__name__)


class NotPriced(Blocked):
    """The mobility cannot be priced; ``kind`` is one of `grants.pricing.KINDS`. Nothing was posted."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind


@dataclass(frozen=True)
class Terms:
    """What a person says about a stay beyond its dates.

    ``participants``: names from `people_of`, None for everybody who is free. ``official_km``: a distance
    typed by a person wins over the computed one. ``fewer_opportunities``: names. Days are whole days.
    """

    participants: tuple[str, ...] | None = None
    official_km: Decimal | None = None
    green: bool = False
    travel_days: int = 0
    interruption_days: int = 0
    fewer_opportunities: frozenset[str] = field(default_factory=frozenset)
    zero_grant: bool = False

    @classmethod
    def of(cls, internship: Internship, **changes: Any) -> Terms:
        """As the stay's own plan says, with changes."""
        own = cls(green=internship.green_travel, travel_days=internship.travel_days)
        return replace(own, **changes)


@dataclass(frozen=True)
class Priced:
    """One participant with her rank, her mobility ID and the price."""

    participant: Participant
    rank: int
    mob_id: str
    facts: MobilityFacts

    @property
    def price(self) -> pricing.Price:
        return self.facts.price


@dataclass(frozen=True)
class Preview:
    """What would be posted; or ``problem``, in words, with its ``kind``, and nothing else."""

    people: tuple[Priced, ...] = ()
    kind: str = ""
    problem: str = ""

    @property
    def total(self) -> Decimal:
        return sum((each.price.total for each in self.people), ZERO)


def preview_attachment(*, contract: Contract, internship: Internship, terms: Terms | None = None) -> Preview:
    """Price a stay as it would be posted now; writes nothing."""
    stay = with_people(Internship.objects.all()).get(pk=internship.pk)
    try:
        return Preview(tuple(_priced(contract, stay, terms or Terms.of(stay), None)))
    except NotPriced as error:
        return Preview(kind=error.kind, problem=" ".join(error.reasons))
    except Blocked as error:
        return Preview(kind="not_eligible", problem=" ".join(error.reasons))


@transaction.atomic
def attach_internship(
    *, contract: Contract, internship: Internship, actor: Any, terms: Terms | None = None
) -> list[Mobility]:
    """Put the people of a stay on a contract: a mobility with its price and its ledger transaction each.

    Whoever is on this contract already is answered as she stands: pressing twice posts once. Raises `Denied`
    without the right, `Blocked` with the reasons why the stay is not eligible, `NotPriced` when a figure is
    missing or a rule refuses; then nothing is posted.
    """
    who = Actor.of(actor)
    contract = (
        Contract.objects.select_for_update(of=("self",)).select_related("coordinator").get(pk=contract.pk)
    )
    if who.via != SYSTEM and not (who.user and who.user.has_perm("grants.keep_contract", contract)):
        raise Denied(_("Only the coordinator of this contract may do this."))
    # The stay is locked after its contract, in this order everywhere: two contracts cannot both take it.
    Internship.objects.select_for_update(of=("self",)).get(pk=internship.pk)
    stay = with_people(Internship.objects.all()).get(pk=internship.pk)
    terms = terms or Terms.of(stay)
    known = _already_there(contract, stay, terms)
    if known:
        return known
    return [_post(contract, stay, terms, each, who) for each in _priced(contract, stay, terms, who)]


def reverse_mobility(*, mobility: Mobility, actor: Any, comment: str) -> Mobility:
    """Take a mobility off its contract: the mirrored transaction is posted, the stay can be attached again.

    Raises `Denied`, `Blocked` (without a comment), `StaleTransition` when it is off already.
    """
    return workflow.perform(mobility, "reverse", actor=actor, comment=comment)


def post_reversal(*, obj: Mobility, step: str, actor: Actor, **kwargs: Any) -> None:
    """The ledger's side of the step "reverse", in its transaction (listens to `workflow.transitioned`)."""
    if step != "reverse":
        return
    standing = obj.transactions.filter(reverses=None, reversed_by=None).prefetch_related("entries__account")
    for posted in standing:
        ledger.reverse(posted=posted, key=f"reverse:{posted.pk}", actor=actor.user)
    log.info("mobility_reversed", mobility=obj.mob_id, contract=obj.contract_id)


def _already_there(contract: Contract, stay: Internship, terms: Terms) -> list[Mobility]:
    """The posted mobilities, when everybody asked for is on this very contract."""
    wanted = terms.participants or tuple(person.name for person in people_of(stay))
    posted = {
        mobility.participant_name: mobility
        for mobility in stay.posted_mobilities  # type: ignore[attr-defined]
        if mobility.contract_id == contract.pk
    }
    return [posted[name] for name in wanted] if all(name in posted for name in wanted) else []


def _chosen(contract: Contract, stay: Internship, terms: Terms) -> list[Participant]:
    """Who is to be put on the contract. Raises `Blocked`."""
    found = candidate(contract, stay, organisations_of(contract))
    if found.reasons:
        raise Blocked(*found.reasons)
    if terms.participants is None:
        return list(found.free)
    people = {person.name: person for person in found.people}
    unknown = [name for name in terms.participants if name not in people]
    if unknown:
        raise Blocked(_("Not on this stay: %(names)s.") % {"names": ", ".join(unknown)})
    if not terms.participants:
        raise Blocked(_("Choose at least one participant."))
    chosen = [people[name] for name in dict.fromkeys(terms.participants)]
    taken = [f"{person.name} ({person.contract})" for person in chosen if person.contract]
    if taken:
        raise Blocked(_("Already on a contract: %(names)s.") % {"names": ", ".join(taken)})
    return chosen


def _priced(contract: Contract, stay: Internship, terms: Terms, who: Actor | None) -> list[Priced]:
    """Each participant with her price. Raises `Blocked` and `NotPriced`."""
    chosen = _chosen(contract, stay, terms)
    employer = stay.project.employer
    assert employer is not None  # a reason against it otherwise
    try:
        rates = rates_of_contract(contract)
    except RateMissing as error:
        raise NotPriced("rate_missing", words(error.message)) from error
    _check_room(contract, rates, len(chosen))
    splits = {row.rate: Split(row.ecett, row.helpdesk, row.signatory) for row in contract.splits.all()}
    sending, receiving = sending_place(employer), receiving_place(stay.host)
    first = (contract.mobilities.aggregate(last=Max("rank"))["last"] or 0) + 1
    base = pricing.Mobility(
        sending=sending,
        receiving=receiving,
        start=stay.start,
        end=stay.end,
        official_km=float(terms.official_km) if terms.official_km is not None else None,
        travel_days=terms.travel_days,
        green=terms.green,
        interruption_days=terms.interruption_days,
        zero_grant=terms.zero_grant,
        helpdesk_by_signatory=contract.helpdesk_by == HelpdeskBy.SIGNATORY,
        contract_dates=(contract.start, contract.end),
    )
    straight = None
    if None not in (sending.lat, sending.lon, receiving.lat, receiving.lon):
        straight = haversine_km(sending.lat, sending.lon, receiving.lat, receiving.lon)  # type: ignore[arg-type]
    found = []
    for rank, person in enumerate(chosen, start=first):
        fewer = person.name in terms.fewer_opportunities
        mobility = replace(base, rank=rank, fewer_opportunities=fewer)
        try:
            price = pricing.price(mobility, rates, splits)
        except PricingError as error:
            raise NotPriced(error.kind, words(error.message)) from error
        facts = MobilityFacts(mobility, price, rates, splits, straight, who.name if who else "", clock.now())
        found.append(Priced(person, rank, mobility_id(contract.code, rank), facts))
    return found


def _check_room(contract: Contract, rates: RateSet, more: int) -> None:
    """Some actions allow only so many participants."""
    most = rates.limit("max_participants")
    if most is None:
        return
    there = contract.mobilities.filter(state=MobilityState.POSTED).count()
    if there + more > most:
        raise Blocked(
            _("%(action)s allows %(most)s participants; %(there)s are on this contract.")
            % {"action": contract.action, "most": most, "there": there}
        )


def _post(contract: Contract, stay: Internship, terms: Terms, priced: Priced, who: Actor) -> Mobility:
    facts, person = priced.facts, priced.participant
    earlier = stay.mobilities.filter(contract=contract, participant_name=person.name).count()
    mobility = Mobility.objects.create(
        contract=contract,
        internship=stay,
        participant=person.user,
        participant_name=person.name,
        rank=priced.rank,
        mob_id=priced.mob_id,
        start=stay.start,
        end=stay.end,
        km_raw=_thousandth(facts.straight_km),
        official_km=terms.official_km,
        official_km_by=who.user if terms.official_km is not None else None,
        official_km_at=facts.at if terms.official_km is not None else None,
        green=terms.green,
        travel_days=terms.travel_days,
        interruption_days=terms.interruption_days,
        fewer_opportunities=facts.mobility.fewer_opportunities,
        zero_grant=terms.zero_grant,
        pricing=as_answer(facts.price),
        inputs=_inputs(contract, stay, facts),
        is_demo=contract.is_demo,
    )
    ledger.post(
        key=f"attach:{contract.pk}:{stay.pk}:{_short(person.name)}:{earlier + 1}",
        kind=TransactionKind.MOBILITY,
        contract=contract,
        lines=lines_of(facts),
        text=f"{priced.mob_id} · {person.name}",
        mobility=mobility,
        actor=who.user,
    )
    log.info("mobility_posted", mobility=priced.mob_id, contract=contract.pk, total=str(facts.price.total))
    return mobility


def _inputs(contract: Contract, stay: Internship, facts: MobilityFacts) -> dict[str, Any]:
    """What the price stood on, as it was: names may change later, the mobility does not."""
    employer, host, given = stay.project.employer, stay.host, facts.mobility
    assert employer is not None
    return {
        "sending": {
            **_spot(given.sending),
            "name": employer.name,
            "id": employer.public_id,
            "oid": employer.oid,
        },
        "receiving": {**_spot(given.receiving), "name": host.name, "id": host.public_id},
        "start": given.start.isoformat(),
        "end": given.end.isoformat(),
        "call_year": contract.call_year,
        "action": contract.action,
        "sector": contract.sector,
        "agency": contract.agency,
        "helpdesk_by": contract.helpdesk_by,
    }


def _spot(place: pricing.Place) -> dict[str, Any]:
    return {"town": place.town, "country": place.country, "lat": place.lat, "lon": place.lon}


def _thousandth(km: float | None) -> Decimal | None:
    return None if km is None else Decimal(str(km)).quantize(Decimal("0.001"))


def _short(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def words(message: Message) -> str:
    """A message of the pricing in the reader's language; days, amounts and countries as people write them."""
    return message.say(_, _as_written)


def _as_written(name: str, value: Any) -> Any:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return money(value, "plain")
    return country_name(value) if name == "country" else value
