"""Further costs of a mobility: posted when they are known, reversed when they were wrong, never changed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from ecett.core.actors import Actor
from ecett.core.money import text as euro_text
from ecett.core.workflow import Blocked, Denied
from grants import ledger
from grants.costs import REAL, price_cost
from grants.enums import Head, MobilityState, TransactionKind
from grants.models import Mobility, Transaction
from grants.postings import Line, as_sources
from grants.rates import RateMissing
from grants.selectors.rates import rates_of_contract
from grants.services.attaching import NotPriced, words

log = structlog.get_logger(__name__)


@transaction.atomic
def post_cost(
    *,
    mobility: Mobility,
    head: str,
    actor: Any,
    once: str,
    real: Decimal | None = None,
    case: str = "",
    why: str = "",
) -> Transaction:
    """Post what a call pays of a cost (`grants.costs`), with the real cost and what it was for.

    ``once`` names this cost: asked twice with it, the first posting is answered. Raises `Denied`, `NotPriced`
    when no rate is printed, `Blocked` for a mobility that is off its contract, a cost without its words, and
    linguistic support that is there already.
    """
    fresh, who = _kept(mobility, actor)
    key = f"cost:{fresh.pk}:{once}"
    known = fresh.transactions.filter(key=key).first()
    if known is not None:
        return known
    if fresh.state != MobilityState.POSTED:
        raise Blocked(_("This mobility is off the contract."))
    if head in REAL and not (real and real > 0 and why.strip()):
        raise Blocked(_("A real cost needs its amount and what it was for."))
    standing = fresh.transactions.filter(kind=TransactionKind.COST, reversed_by=None)
    if head == Head.LINGUISTIC and standing.filter(entries__account__head=head).exists():
        raise Blocked(_("Linguistic support is paid once for a participant; it is posted already."))
    try:
        cost = price_cost(head, rates_of_contract(fresh.contract), real=real, case=case)
    except RateMissing as error:
        raise NotPriced("rate_missing", words(error.message)) from error
    source = {
        "real": "" if cost.real is None else euro_text(cost.real),
        "why": why.strip(),
        "rates": as_sources([cost.row]),
    }
    posted = ledger.post(
        key=key,
        kind=TransactionKind.COST,
        contract=fresh.contract,
        lines=[Line(head, cost.amount, source), Line(Head.GRANT, -cost.amount)],
        text=f"{fresh.mob_id} · {fresh.participant_name}",
        mobility=fresh,
        actor=who.user,
    )
    log.info("cost_posted", mobility=fresh.mob_id, head=head, amount=str(cost.amount))
    return posted


@transaction.atomic
def reverse_cost(*, posted: Transaction, actor: Any, comment: str) -> Transaction:
    """Take a further cost back: its mirror is posted, with the reason. Twice is once."""
    assert posted.kind == TransactionKind.COST
    assert posted.mobility is not None
    _mobility, who = _kept(posted.mobility, actor)
    known = Transaction.objects.filter(reverses=posted).first()
    if known is not None:
        return known
    if not comment.strip():
        raise Blocked(_("Say why."))
    return ledger.reverse(posted=posted, key=f"reverse:{posted.pk}", text=comment.strip(), actor=who.user)


def _kept(mobility: Mobility, actor: Any) -> tuple[Mobility, Actor]:
    """The mobility under a lock, for whoever keeps its contract."""
    who = Actor.of(actor)
    locked = Mobility.objects.select_for_update(of=("self",)).select_related("contract")
    fresh = locked.get(pk=mobility.pk)
    if not (who.user and who.user.has_perm("grants.keep_mobility", fresh)):
        raise Denied(_("Only the coordinator of this contract may do this."))
    return fresh, who
