"""What waits for a grant coordinator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ecett.accounts.enums import Role
from ecett.core.clock import today
from ecett.core.components.formats import date_range, day, money
from ecett.core.todo import Todo
from grants.enums import MobilityState
from grants.models import Contract, Mobility
from grants.selectors.contracts import contract_list
from grants.selectors.rates import programmes_of
from grants.selectors.stays import organisations_of, outside, running_contracts, unattached
from trainees.enums import InternshipState
from trainees.models import Internship, InternshipLog
from trainees.selectors.money import Available

#: More than anybody works through in one sitting; the contract's page has the rest.
MOST = 20
#: Among so many stays those are chosen; each is held against its contract's call.
MOST_LOOKED_AT = 200
#: From so long before the end of a contract until so long after it, its end is a thing to see to.
BEFORE_END, AFTER_END = dt.timedelta(days=90), dt.timedelta(days=60)


def coordinator_todos(user: Any) -> Iterator[Todo]:
    """Stays to put on a contract, cancelled ones to take off, contracts that end (constant queries)."""
    if not user.is_authenticated or user.role != Role.COORDINATOR:
        return
    contracts = list(running_contracts(user).prefetch_related("members"))
    programmes = programmes_of(contracts)
    shown = 0
    for stay in _waiting_longest_first(user)[:MOST_LOOKED_AT]:
        contract = _contract_for(stay, contracts)
        if contract is not None and shown < MOST and not outside(stay, programmes[contract.pk]):
            shown += 1
            yield Todo(
                title=_("Put a stay on a contract: %(trainee)s") % {"trainee": stay.project.trainee},
                text=_("%(host)s, %(dates)s. Contract %(code)s runs until %(end)s.")
                % {
                    "host": stay.host,
                    "dates": date_range(stay.start, stay.end),
                    "code": contract.code,
                    "end": day(contract.end),
                },
                url=reverse("grants:attach", args=[contract.public_id, stay.public_id]),
                since=stay.agreed_at,
                deadline=contract.end if contract.end - today() <= BEFORE_END else None,
            )
    cancelled = Mobility.objects.filter(
        contract__in=Contract.objects.visible_to(user),
        state=MobilityState.POSTED,
        internship__state=InternshipState.CANCELLED,
    )
    cancelled = cancelled.select_related("contract", "internship").order_by("internship__changed_at", "pk")
    for mobility in cancelled[:MOST]:
        page = reverse("grants:contract_detail", args=[mobility.contract.public_id])
        yield Todo(
            title=_("Take a cancelled stay off its contract: %(name)s") % {"name": mobility.participant_name},
            text=_("%(id)s still holds %(amount)s of contract %(code)s.")
            % {
                "id": mobility.mob_id,
                "amount": money(mobility.pricing["total"]),
                "code": mobility.contract.code,
            },
            url=f"{page}?open={mobility.public_id}#src",
            since=mobility.internship.changed_at,
        )

    yield from _ending(user)


def _waiting_longest_first(user: Any) -> Any:
    """Stays that could be accounted for, with ``agreed_at``: when the last signature made them so."""
    agreed = InternshipLog.objects.filter(subject=OuterRef("pk"), to_state=InternshipState.AGREED)
    last = Subquery(agreed.order_by("-at").values("at")[:1])
    return unattached(user).annotate(agreed_at=Coalesce(last, "changed_at")).order_by("agreed_at", "pk")


def _ending(user: Any) -> Iterator[Todo]:
    """Contracts around their last day, with what was granted and not used."""
    day_of = today()
    around = contract_list(user).filter(end__range=(day_of - AFTER_END, day_of + BEFORE_END))
    for contract in around.order_by("end", "pk")[:MOST]:
        ended = contract.end < day_of
        title = _("A contract has ended: %(title)s") if ended else _("A contract ends soon: %(title)s")
        begin = contract.end if ended else contract.end - BEFORE_END
        yield Todo(
            title=title % {"title": contract.title},
            text=_("%(left)s of %(awarded)s are not committed. Add what is missing, then draw the report.")
            % {"left": money(contract.left), "awarded": money(contract.awarded)},  # type: ignore[attr-defined]
            url=reverse("grants:report_detail", args=[contract.public_id]),
            since=timezone.make_aware(dt.datetime.combine(begin, dt.time())),
            deadline=None if ended else contract.end,
        )


def _contract_for(stay: Internship, contracts: list[Contract]) -> Contract | None:
    """The first running contract of the sender that covers the stay."""
    sender = stay.project.employer_id
    for contract in contracts:
        if sender in organisations_of(contract) and contract.start <= stay.start and stay.end <= contract.end:
            return contract
    return None


def grant_for_stay(internship: Internship, user: Any) -> Available | None:
    """What the contract pays the trainee for her stay: the answer to the slot "budget_available"."""
    mine = Q(participant=internship.project.trainee_id)
    mobility = internship.mobilities.filter(mine, state=MobilityState.POSTED).first()
    if mobility is None:
        return None
    price = mobility.pricing
    amount = Decimal(price["travel"]) + Decimal(price["individual"])
    return Available(
        amount=amount, text=_("Grant for travel and days, mobility %(id)s") % {"id": mobility.mob_id}
    )
