"""The ledger: double entry, append-only, posted here and nowhere else; balances are sums, never stored.

A posting is a set of lines that sum to zero under an idempotency key. Posting the same key again with the
same lines answers the transaction that is there; with other lines it is refused. Nothing is changed or
deleted (the database refuses it too): a correction is the mirrored transaction, posted by `reverse`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum

from ecett.core.money import ZERO, euros
from grants.enums import Head, TransactionKind
from grants.models import Account, Contract, Entry, Mobility, Transaction
from grants.postings import Line


class LedgerError(Exception):
    """A posting that may not be: it does not sum to zero, or its key belongs to another one."""


def post(
    *,
    key: str,
    kind: str,
    contract: Contract,
    lines: Sequence[Line],
    text: str = "",
    mobility: Mobility | None = None,
    reverses: Transaction | None = None,
    actor: Any = None,
) -> Transaction:
    """Write a transaction and its entries; the same key with the same lines twice is one transaction.

    Raises `LedgerError` when there are no two lines, a line has no whole cents, the lines do not sum to zero,
    or the key was used for something else.
    """
    try:
        wanted = [(str(Head(line.head)), euros(line.amount)) for line in lines]
    except (TypeError, ValueError) as error:
        raise LedgerError(f"{key}: {error}") from error
    if len(wanted) < 2:
        raise LedgerError(f"{key}: a transaction has at least two lines")
    total = sum((amount for _head, amount in wanted), ZERO)
    if total != 0:
        raise LedgerError(f"{key}: the lines sum to {total}, not to zero")
    try:
        with transaction.atomic():
            posted = Transaction.objects.create(
                key=key,
                kind=kind,
                contract=contract,
                mobility=mobility,
                reverses=reverses,
                text=text[:300],
                posted_by=getattr(actor, "user", actor),
            )
    except IntegrityError:
        return _already(key, contract, wanted)
    accounts = _accounts(contract, [head for head, _amount in wanted])
    Entry.objects.bulk_create(
        Entry(transaction=posted, account=accounts[head], amount=amount, source=line.source)
        for (head, amount), line in zip(wanted, lines, strict=True)
    )
    return posted


def reverse(*, posted: Transaction, key: str, text: str = "", actor: Any = None) -> Transaction:
    """Post the mirror of a transaction; a second reversal of the same one is refused by the database."""
    lines = [
        Line(entry.account.head, -entry.amount, entry.source)
        for entry in posted.entries.select_related("account")
    ]
    return post(
        key=key,
        kind=TransactionKind.REVERSAL,
        contract=posted.contract,
        lines=lines,
        text=text or posted.text,
        mobility=posted.mobility,
        reverses=posted,
        actor=actor,
    )


def balances(contract: Contract) -> dict[str, Decimal]:
    """The sum of every head of a contract, in euros; heads without an entry are zero."""
    found = dict.fromkeys(Head.values, ZERO)
    # Without an order: it would split the groups.
    rows = entries_of(contract).order_by().values_list("account__head").annotate(total=Sum("amount"))
    return found | {head: euros(total) for head, total in rows}


def entries_of(*contracts: Contract) -> QuerySet[Entry]:
    """Every entry of these contracts, in the order of posting."""
    return Entry.objects.filter(transaction__contract__in=contracts).order_by("pk")


def _accounts(contract: Contract, heads: Iterable[str]) -> dict[str, Account]:
    wanted = dict.fromkeys(heads)
    new = [Account(contract=contract, head=head) for head in wanted]
    Account.objects.bulk_create(new, ignore_conflicts=True)
    return {account.head: account for account in Account.objects.filter(contract=contract, head__in=wanted)}


def _already(key: str, contract: Contract, wanted: list[tuple[str, Decimal]]) -> Transaction:
    """The transaction of this key, when it says the same."""
    known = Transaction.objects.filter(key=key, contract=contract).first()
    if known is None:
        raise LedgerError(f"{key}: refused by the database") from None
    said = sorted((entry.account.head, entry.amount) for entry in known.entries.select_related("account"))
    if said != sorted(wanted):
        raise LedgerError(f"{key} was posted before with other lines")
    return known
