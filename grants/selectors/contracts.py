"""Contracts as their pages show them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecett.core.clock import today
from ecett.core.components.formats import day
from ecett.core.money import ZERO
from ecett.core.slots import NextStep
from grants.enums import Head, MobilityState, TransactionKind
from grants.models import Contract, ContractSplit, Entry, Mobility, Transaction
from grants.rates import RateMissing, RateRow
from grants.selectors.rates import rates_of_contract
from grants.selectors.stays import own_candidates
from grants.wording import SUPPORT, Figure, figure, figures, key_words
from trainees.enums import InternshipState
from trainees.models import Internship

EUROS: DecimalField[Any, Any] = DecimalField(max_digits=14, decimal_places=2)


def contract_list(user: Any) -> QuerySet[Contract]:
    """Her contracts with ``posted`` (mobilities that stand), ``committed``, ``left`` (euros); one query."""
    committed = (
        Entry.objects.filter(transaction__contract=OuterRef("pk"), account__head=Head.GRANT)
        .order_by()
        .values("transaction__contract")
        .annotate(total=Sum("amount"))
        .values("total")
    )
    posted = Count("mobilities", filter=Q(mobilities__state=MobilityState.POSTED), distinct=True)
    return (
        Contract.objects.visible_to(user)
        .select_related("coordinator")
        .annotate(posted=posted, committed=-Coalesce(Subquery(committed), ZERO, output_field=EUROS))
        .annotate(left=F("awarded") - F("committed"))
        .order_by("-call_year", "code")
    )


@dataclass(frozen=True)
class SupportRate:
    """An organisational rate of the call, whom it is for, and the contract's split of it (None: missing)."""

    row: RateRow
    who: str
    split: ContractSplit | None


@dataclass(frozen=True)
class Readiness:
    """What a contract still needs before stays can be attached. ``rates_known``: any rate of its call."""

    support: tuple[SupportRate, ...]
    rates_known: bool
    problem: str = ""

    @property
    def missing_splits(self) -> tuple[SupportRate, ...]:
        return tuple(each for each in self.support if each.split is None)


def readiness(contract: Contract) -> Readiness:
    """The organisational rates of the contract's call held against its splits."""
    try:
        rates = rates_of_contract(contract)
    except RateMissing:
        text = _("No rate of the call %(call)s is known here.") % {"call": contract.call_year}
        return Readiness((), rates_known=False, problem=text)
    splits = {split.rate: split for split in contract.splits.all()}
    best: dict[str, RateRow] = {}
    for row in rates.of_kind("organisational"):
        best.setdefault(row.key, row)
    rows = sorted(best.values(), key=lambda row: row.span[0])
    support = tuple(SupportRate(row, key_words(row.kind, row.key), splits.get(row.value)) for row in rows)
    return Readiness(support, rates_known=True)


def cancelled_on(contract: Contract) -> QuerySet[Mobility]:
    """Mobilities that stand although their stay was cancelled."""
    return contract.mobilities.filter(state=MobilityState.POSTED, internship__state=InternshipState.CANCELLED)


def waiting_count(contract: Contract) -> int:
    """Stays that may be attached and that nobody has put on a contract: those its page of stays offers."""
    stays = Internship.objects.filter(start__gte=contract.start, end__lte=contract.end)
    ready = own_candidates(contract, stays.exclude(mobilities__state=MobilityState.POSTED))
    return sum(not each.reasons for each in ready)


def next_step(contract: Contract, ready: Readiness, *, posted: int, keeps: bool) -> NextStep:
    """What happens next with a contract, and who is waited for."""
    edit = reverse("grants:contract_edit", args=[contract.public_id])
    attach = reverse("grants:attach_list", args=[contract.public_id])
    cancelled = cancelled_on(contract).count()
    if cancelled:
        text = ngettext(
            "take the cancelled stay off the contract.",
            "take %(n)s cancelled stays off the contract.",
            cancelled,
        )
        return NextStep(
            text=text % {"n": cancelled}, mine=keeps, url="#mobilities", label=_("See the mobilities")
        )
    if not ready.rates_known:
        url = reverse("imports:import_new", args=["rates"])
        return NextStep(text=_("import your agency's rates."), note=ready.problem, mine=keeps, url=url,
                        label=_("Import rates"))  # fmt: skip
    if ready.missing_splits and not contract.splits.all():
        return NextStep(text=_("say how organisational support is shared."), mine=keeps, url=edit,
                        label=_("Add the split"))  # fmt: skip
    waiting = waiting_count(contract)
    if waiting:
        text = ngettext("attach the stay that is agreed.", "attach the %(n)s stays that are agreed.", waiting)
        return NextStep(text=text % {"n": waiting}, mine=keeps, url=attach, label=_("Attach a stay"))
    if contract.end < today():
        url = reverse("grants:report_detail", args=[contract.public_id])
        return NextStep(
            text=_("send the final report to the agency."), mine=keeps, url=url, label=_("Open the report")
        )
    if posted < contract.planned:
        more = contract.planned - posted
        text = ngettext("one more stay is planned.", "%(n)s more stays are planned.", more) % {"n": more}
        note = _("Waiting for agreements of trainees; nothing to do here until then.")
        return NextStep(text=text, note=note, url=attach, label=_("All stays"))
    return NextStep(text=_("all planned stays are on the contract."), url=attach, label=_("Attach another"))


def report_next(contract: Contract, *, keeps: bool) -> NextStep:
    """What happens next with the report of a contract: read here first, then file or paper."""
    note = _("The page, both sheets and the PDF show the same figures; take the one you need.")
    if contract.end < today():
        return NextStep(_("send the final report to the agency."), mine=keeps, note=note)
    text = _("the contract runs until %(day)s; this is how it stands now.") % {"day": day(contract.end)}
    return NextStep(text, note=note)


@dataclass(frozen=True)
class OpenedTransaction:
    """A ledger transaction, line by line; ``lines``: (account, debit, credit). ``may_reverse``: a further cost
    that stands."""

    posted: Transaction
    lines: tuple[tuple[str, Decimal | None, Decimal | None], ...]
    total: Decimal
    may_reverse: bool = False


@dataclass(frozen=True)
class OpenedMobility:
    """Every figure of one mobility with its source, and its entries in the ledger."""

    mobility: Mobility
    figures: tuple[Figure, ...]
    transactions: tuple[OpenedTransaction, ...]
    comment: str


@dataclass(frozen=True)
class OpenedLine:
    """What one mobility adds to a total: its source in words (``figure``, where it is one figure) and the
    transactions that posted it."""

    mobility: Mobility
    amount: Decimal
    figure: Figure | None
    transactions: tuple[int, ...]


@dataclass(frozen=True)
class OpenedHead:
    """What a total is made of: a line for each mobility that stands, and the awards posted to it (transaction,
    amount). ``awarded`` is None where nothing is awarded: a share of organisational support."""

    label: str
    total: Decimal
    rows: tuple[OpenedLine, ...]
    awards: tuple[tuple[Transaction, Decimal], ...] = ()
    awarded: Decimal | None = None

    @property
    def left(self) -> Decimal:
        return (self.awarded or ZERO) - self.total


def open_mobility(contract: Contract, public_id: str) -> OpenedMobility | None:
    """The sources of one mobility of this contract; None when there is no such."""
    mobility = (
        contract.mobilities.select_related("internship__project", "internship__host", "official_km_by")
        .filter(public_id=public_id)
        .first()
    )
    if mobility is None:
        return None
    posted = mobility.transactions.select_related("posted_by").prefetch_related("entries__account")
    mirrored = {each.reverses_id for each in posted if each.reverses_id}
    opened = tuple(_transaction(each, each.pk in mirrored) for each in posted)
    # A further cost that was taken back stands on nothing any more; the mobility itself is shown as it was.
    first = [
        each
        for each in posted
        if each.kind == TransactionKind.MOBILITY
        or (each.kind == TransactionKind.COST and each.pk not in mirrored)
    ]
    lines = [
        (entry.account.head, entry.amount, entry.source) for each in first for entry in each.entries.all()
    ]
    last = mobility.log.last()
    return OpenedMobility(mobility, tuple(figures(lines)), opened, last.comment if last else "")


def _transaction(posted: Transaction, mirrored: bool) -> OpenedTransaction:
    lines = tuple(
        (
            str(Head(entry.account.head).label),
            entry.amount if entry.amount > 0 else None,
            -entry.amount if entry.amount < 0 else None,
        )
        for entry in posted.entries.all()
    )
    return OpenedTransaction(
        posted,
        lines,
        sum((debit for _name, debit, _credit in lines if debit), Decimal(0)),
        may_reverse=posted.kind == TransactionKind.COST and not mirrored,
    )


def open_head(
    contract: Contract, label: str, costs: Collection[Head], awards: Collection[Head] = ()
) -> OpenedHead:
    """What is committed on accounts, mobility by mobility, and the awards posted to others (constant queries)."""
    entries = (
        Entry.objects.filter(transaction__contract=contract, account__head__in=[*costs, *awards])
        .select_related("account", "transaction__mobility", "transaction__posted_by")
        .order_by("pk")
    )
    lines: dict[Mobility, list[Entry]] = {}
    awarded: dict[Transaction, Decimal] = {}
    for entry in entries:
        posted = entry.transaction
        if posted.mobility is None:
            awarded[posted] = awarded.get(posted, ZERO) + entry.amount
        else:
            lines.setdefault(posted.mobility, []).append(entry)
    rows = tuple(_line(mobility, each) for mobility, each in lines.items() if sum(row.amount for row in each))
    return OpenedHead(
        label=label,
        total=sum((row.amount for row in rows), ZERO),
        rows=rows,
        awards=tuple(awarded.items()),
        awarded=sum(awarded.values(), ZERO) if awards else None,
    )


def _line(mobility: Mobility, entries: list[Entry]) -> OpenedLine:
    first = entries[0]
    # The shares of organisational support rest on one figure; travel and days together do not, nor two costs.
    one = all(entry.account.head in SUPPORT for entry in entries) or len(entries) == 1
    return OpenedLine(
        mobility=mobility,
        amount=sum((entry.amount for entry in entries), ZERO),
        figure=figure(first.account.head, first.amount, first.source) if one else None,
        transactions=tuple(dict.fromkeys(entry.transaction_id for entry in entries)),
    )
