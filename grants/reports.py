"""The report of a contract: one dataclass, read from the ledger and nothing else.

Page, XLSX, CSV and PDF all show this one object, so they cannot differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from ecett.core import clock
from ecett.core.money import ZERO
from grants.enums import Head, MobilityState
from grants.ledger import entries_of
from grants.models import Contract, Mobility

#: The heads of the report: the award's account, and the accounts that spend it.
HEADS: tuple[tuple[Head, tuple[Head, ...]], ...] = (
    (Head.AWARD_ORGANISATIONAL, (Head.SUPPORT_ECETT, Head.SUPPORT_HELPDESK, Head.SUPPORT_SIGNATORY)),
    (Head.AWARD_TRAVEL, (Head.TRAVEL,)),
    (Head.AWARD_INDIVIDUAL, (Head.INDIVIDUAL,)),
    (Head.AWARD_INCLUSION, (Head.INCLUSION,)),
    (Head.AWARD_INCLUSION_PARTICIPANT, (Head.INCLUSION_PARTICIPANT,)),
    (Head.AWARD_LINGUISTIC, (Head.LINGUISTIC,)),
    (Head.AWARD_EXCEPTIONAL, (Head.EXCEPTIONAL,)),
    (Head.AWARD_OTHER, ()),
)
#: What the heads are called in the report; a mobility's heads and the award's have words of their own.
NAMES = {
    Head.AWARD_ORGANISATIONAL: _("Organisational support"),
    Head.AWARD_TRAVEL: _("Travel"),
    Head.AWARD_INDIVIDUAL: _("Individual support"),
    Head.AWARD_INCLUSION: _("Inclusion support, organisation"),
    Head.AWARD_INCLUSION_PARTICIPANT: _("Inclusion support, participant"),
    Head.AWARD_LINGUISTIC: _("Linguistic support"),
    Head.AWARD_EXCEPTIONAL: _("Exceptional costs"),
    Head.AWARD_OTHER: _("Other heads"),
}
PARTIES = (Head.SUPPORT_ECETT, Head.SUPPORT_SIGNATORY, Head.SUPPORT_HELPDESK)
#: Two heads that the tables show as one figure: what serves inclusion, and what else was paid.
INCLUSION = (Head.INCLUSION, Head.INCLUSION_PARTICIPANT)
OTHER = (Head.LINGUISTIC, Head.EXCEPTIONAL)
COSTS = (Head.TRAVEL, Head.INDIVIDUAL, *INCLUSION, *OTHER, *PARTIES)


@dataclass(frozen=True)
class HeadRow:
    """One head: euros awarded and committed. ``key`` is the award's account."""

    key: Head
    awarded: Decimal
    committed: Decimal

    @property
    def name(self) -> str:
        return str(NAMES[self.key])

    @property
    def opens(self) -> bool:
        """Whether there is something behind the figure."""
        return bool(self.awarded or self.committed)

    @property
    def difference(self) -> Decimal:
        """What is left; negative when more is committed than awarded."""
        return self.awarded - self.committed


@dataclass(frozen=True)
class Amounts:
    """Euros by head (`COSTS`), and the figures that the tables show."""

    amounts: dict[str, Decimal]

    def sum_of(self, *heads: Head) -> Decimal:
        return sum((self.amounts[head] for head in heads), ZERO)

    @property
    def travel(self) -> Decimal:
        return self.amounts[Head.TRAVEL]

    @property
    def individual(self) -> Decimal:
        return self.amounts[Head.INDIVIDUAL]

    @property
    def inclusion(self) -> Decimal:
        """For the organisation and for the participant."""
        return self.sum_of(*INCLUSION)

    @property
    def other(self) -> Decimal:
        """Linguistic support and exceptional costs."""
        return self.sum_of(*OTHER)

    @property
    def organisational(self) -> Decimal:
        return self.sum_of(*PARTIES)

    @property
    def total(self) -> Decimal:
        return self.sum_of(*COSTS)


def added(rows: Iterable[Amounts]) -> dict[str, Decimal]:
    """Euros by head over these rows."""
    found = list(rows)
    return {head: sum((row.amounts[head] for row in found), ZERO) for head in COSTS}


@dataclass(frozen=True)
class MobilityRow(Amounts):
    """One mobility that stands on the contract, euros by head."""

    mob_id: str
    public_id: str
    participant: str
    organisation: str
    host: str
    town: str
    country: str
    start: date
    end: date
    rank: int
    km: Decimal | None
    band: str


@dataclass(frozen=True)
class OrganisationRow(Amounts):
    """What one sending organisation's mobilities commit."""

    name: str
    mobilities: int


@dataclass(frozen=True)
class PartyRow:
    """Who gets which part of the organisational support, together."""

    party: Head
    amount: Decimal

    @property
    def name(self) -> str:
        """Who: the account's name without the head it belongs to."""
        return str(self.party.label).partition(": ")[2]


@dataclass(frozen=True)
class Report:
    """``mark`` is the number of the last ledger entry: equal marks are equal reports. Euros."""

    contract: Contract
    made_at: datetime
    mark: int
    heads: tuple[HeadRow, ...]
    parties: tuple[PartyRow, ...]
    mobilities: tuple[MobilityRow, ...]
    organisations: tuple[OrganisationRow, ...]
    reversed: int

    @property
    def awarded(self) -> Decimal:
        return sum((row.awarded for row in self.heads), ZERO)

    @property
    def committed(self) -> Decimal:
        return sum((row.committed for row in self.heads), ZERO)

    @property
    def difference(self) -> Decimal:
        return self.awarded - self.committed

    @property
    def organisational(self) -> Decimal:
        return sum((row.amount for row in self.parties), ZERO)

    @property
    def sums(self) -> Amounts:
        """The last line of the table of mobilities."""
        return Amounts(added(self.mobilities))


def build_report(contract: Contract) -> Report:
    """The report as the ledger stands now (three queries, however many mobilities)."""
    balances: dict[str, Decimal] = defaultdict(lambda: ZERO)
    by_mobility: dict[int, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(COSTS, ZERO))
    mark = 0
    rows = entries_of(contract).values_list("pk", "account__head", "transaction__mobility", "amount")
    for pk, head, mobility, amount in rows.iterator(chunk_size=5000):
        mark = max(mark, pk)
        balances[head] += amount
        if mobility is not None and head in COSTS:
            by_mobility[mobility][head] += amount
    known = Mobility.objects.filter(pk__in=by_mobility).select_related("contract").order_by("rank")
    everyone = list(known)
    standing = [
        each for each in everyone if each.state == MobilityState.POSTED or any(by_mobility[each.pk].values())
    ]
    mobilities = tuple(_mobility(each, by_mobility[each.pk]) for each in standing)
    return Report(
        contract=contract,
        made_at=clock.now(),
        mark=mark,
        heads=tuple(
            HeadRow(award, balances[award], sum((balances[cost] for cost in costs), ZERO))
            for award, costs in HEADS
        ),
        parties=tuple(PartyRow(party, balances[party]) for party in PARTIES),
        mobilities=mobilities,
        organisations=tuple(_by_organisation(mobilities)),
        reversed=len(everyone) - len(standing),
    )


def _mobility(mobility: Mobility, amounts: dict[str, Decimal]) -> MobilityRow:
    receiving = mobility.inputs.get("receiving", {})
    return MobilityRow(
        mob_id=mobility.mob_id,
        public_id=mobility.public_id,
        participant=mobility.participant_name,
        organisation=mobility.inputs.get("sending", {}).get("name", ""),
        host=receiving.get("name", ""),
        town=receiving.get("town", ""),
        country=receiving.get("country", ""),
        start=mobility.start,
        end=mobility.end,
        rank=mobility.rank,
        km=mobility.official_km if mobility.official_km is not None else mobility.km_raw,
        band=mobility.pricing.get("band") or "",
        amounts=amounts,
    )


def _by_organisation(mobilities: Iterable[MobilityRow]) -> Iterable[OrganisationRow]:
    grouped: dict[str, list[MobilityRow]] = defaultdict(list)
    for row in mobilities:
        grouped[row.organisation].append(row)
    for name in sorted(grouped, key=str.casefold):
        rows = grouped[name]
        yield OrganisationRow(
            name=name,
            mobilities=len(rows),
            amounts=added(rows),
        )
