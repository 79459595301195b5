"""The ledger: double entry, append-only. Corrections are reversals; balances are sums and never stored."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from ecett.core.ids import public_id
from grants.enums import Head, TransactionKind

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Account(models.Model):
    """One head of one contract."""

    contract = models.ForeignKey("grants.Contract", on_delete=models.PROTECT, related_name="accounts")
    head = models.CharField(max_length=30, choices=Head.choices)

    class Meta:
        ordering = ("contract", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "head"], name="one_account_a_head")
        ]

    def __str__(self) -> str:
        return f"{self.contract.code}: {self.get_head_display()}"


class Transaction(models.Model):
    """Entries that belong together and sum to zero; ``key`` makes posting the same thing twice impossible."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=TransactionKind.choices)
    contract = models.ForeignKey("grants.Contract", on_delete=models.PROTECT, related_name="transactions")
    mobility = models.ForeignKey(
        "grants.Mobility", null=True, blank=True, on_delete=models.PROTECT, related_name="transactions"
    )
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    text = models.CharField(max_length=300)
    posted_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    posted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        triggers: ClassVar = [APPEND_ONLY]

    def __str__(self) -> str:
        return self.text


class Entry(models.Model):
    """One amount on one account, in euros and cents: positive is debit, negative is credit."""

    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    # Where the figure comes from: rate rows, distance, days, as the page shows it.
    source: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes: ClassVar = [models.Index(fields=["account", "transaction"])]
        triggers: ClassVar = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="transaction_sums_to_zero",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                declare=[("total", "numeric")],
                func="""
                    SELECT sum(amount) INTO total FROM grants_entry WHERE transaction_id = NEW.transaction_id;
                    IF total <> 0 THEN
                        RAISE EXCEPTION 'ledger transaction % does not sum to zero: %', NEW.transaction_id, total;
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.amount}"
