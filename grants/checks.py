"""Does the ledger hold together? Reads everything, changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, F, Q, Sum

from ecett.core.money import ZERO, euros, round_half_up
from grants.enums import Head, MobilityState, TransactionKind
from grants.models import Contract, Entry, Mobility, Transaction

#: Where the heads of a mobility stand in its price.
PRICED = {
    Head.TRAVEL: ("travel",),
    Head.INDIVIDUAL: ("individual",),
    Head.INCLUSION: ("inclusion_organisation",),
    Head.SUPPORT_ECETT: ("split", "ecett"),
    Head.SUPPORT_HELPDESK: ("split", "helpdesk"),
    Head.SUPPORT_SIGNATORY: ("split", "signatory"),
}


def ledger_problems() -> list[str]:
    """Every fault, one line each; empty when the ledger holds together."""
    return [*_transactions(), *_reversals(), *_mobilities(), *_costs(), *_awards()]


def _transactions() -> Iterator[str]:
    summed = Transaction.objects.annotate(total=Sum("entries__amount"), lines=Count("entries"))
    for found in summed.filter(Q(lines__lt=2) | ~Q(total=0)):
        sums = f"{found.lines} entries that sum to {found.total or ZERO}"
        yield f"transaction {found.pk} ({found.text}): {sums}"
    for entry in Entry.objects.exclude(account__contract=F("transaction__contract")):
        yield f"entry {entry.pk}: its account belongs to another contract than its transaction"
    owned = (TransactionKind.MOBILITY, TransactionKind.COST, TransactionKind.REVERSAL)
    for posted in Transaction.objects.filter(kind__in=owned, mobility=None):
        yield f"transaction {posted.pk} ({posted.text}): no mobility"
    for posted in Transaction.objects.filter(mobility__isnull=False).exclude(
        contract=F("mobility__contract")
    ):
        yield f"transaction {posted.pk} ({posted.text}): its mobility is on another contract"


def _sums_by_transaction(kind: str) -> dict[int, dict[str, Decimal]]:
    """{transaction: {head: euros}} of one kind."""
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = Entry.objects.filter(transaction__kind=kind).values_list("transaction", "account__head")
    for posted, head, total in rows.annotate(total=Sum("amount")):
        found[posted][head] = euros(total)
    return found


def _reversals() -> Iterator[str]:
    posted = _sums_by_transaction(TransactionKind.MOBILITY) | _sums_by_transaction(TransactionKind.COST)
    mirrors = _sums_by_transaction(TransactionKind.REVERSAL)
    for each in Transaction.objects.filter(kind=TransactionKind.REVERSAL):
        if each.reverses_id is None:
            yield f"transaction {each.pk} ({each.text}): a reversal of nothing"
            continue
        wanted = {head: -amount for head, amount in posted.get(each.reverses_id, {}).items()}
        if mirrors.get(each.pk, {}) != wanted:
            yield f"transaction {each.pk} ({each.text}): no mirror of transaction {each.reverses_id}"


def _mobilities() -> Iterator[str]:
    sums = _sums_by_transaction(TransactionKind.MOBILITY)
    mobilities = Mobility.objects.prefetch_related("transactions").order_by("pk")
    for mobility in mobilities:
        posted = [each for each in mobility.transactions.all() if each.kind == TransactionKind.MOBILITY]
        mirrored = {each.reverses_id for each in mobility.transactions.all() if each.reverses_id}
        if len(posted) != 1:
            yield f"{mobility}: {len(posted)} transactions instead of one"
            continue
        if (mobility.state == MobilityState.REVERSED) != (posted[0].pk in mirrored):
            yield f"{mobility}: {mobility.get_state_display()}, with {len(mirrored)} reversals"
        costs = [each for each in mobility.transactions.all() if each.kind == TransactionKind.COST]
        if mobility.state == MobilityState.REVERSED and any(each.pk not in mirrored for each in costs):
            yield f"{mobility}: taken off, but a further cost stands"
        yield from _priced(mobility, sums.get(posted[0].pk, {}))


def _priced(mobility: Mobility, entries: dict[str, Decimal]) -> Iterator[str]:
    """The entries of a mobility say what its price says, and its split gives the whole rate away."""
    price = mobility.pricing
    wanted = {head: _figure(price, path) for head, path in PRICED.items()}
    for head, amount in wanted.items():
        posted = entries.get(head, ZERO)
        if posted != amount:
            yield f"{mobility}: {head.value} is {posted} in the ledger, {amount} in its price"
    total = euros(price["total"])
    if entries.get(Head.GRANT, ZERO) != -total or sum(wanted.values(), ZERO) != total:
        yield f"{mobility}: the total {total} is not what the ledger says"
    shares = sum((euros(share) for share in price["split"].values()), ZERO)
    if shares != euros(price["organisational"]):
        whole = price["organisational"]
        yield f"{mobility}: the shares sum to {shares}, the organisational support is {whole}"


def _costs() -> Iterator[str]:
    """A further cost is what its source says: the share of what was spent, or the amount per participant."""
    entries = Entry.objects.filter(transaction__kind=TransactionKind.COST).exclude(account__head=Head.GRANT)
    for entry in entries.select_related("account"):
        value = Decimal(entry.source["rates"][0]["value"])
        real = entry.source["real"]
        wanted = round_half_up(euros(real) * value) if real else euros(value)
        if entry.amount != wanted:
            yield f"entry {entry.pk}: {entry.account.head} is {entry.amount}, its source says {wanted}"


def _figure(price: dict[str, object], path: tuple[str, ...]) -> Decimal:
    value: object = price
    for key in path:
        value = value[key]  # type: ignore[index]
    return euros(str(value))


def _awards() -> Iterator[str]:
    rows = Entry.objects.filter(account__head=Head.AWARD).values_list("transaction__contract")
    awarded = {contract: -euros(total) for contract, total in rows.annotate(total=Sum("amount"))}
    for contract in Contract.objects.order_by("pk"):
        found = awarded.get(contract.pk, ZERO)
        if found != contract.awarded:
            yield f"{contract.code}: awarded {contract.awarded}, but {found} in the ledger"
