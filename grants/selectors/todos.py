"""What waits for a grant coordinator."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ecett.accounts.enums import Role
from ecett.core.components.formats import date_range
from ecett.core.todo import Todo
from grants.enums import MobilityState
from grants.models import Contract, Mobility
from grants.selectors.rates import programmes_of
from grants.selectors.stays import organisations_of, outside, running_contracts, unattached
from trainees.enums import InternshipState
from trainees.models import Internship
from trainees.selectors.money import Available

#: More than anybody works through in one sitting; the contract's page has the rest.
MOST = 20
#: Among so many stays those are chosen; each is held against its contract's call.
MOST_LOOKED_AT = 200


def coordinator_todos(user: Any) -> Iterator[Todo]:
    """Stays to put on a contract, and cancelled stays to take off one (constant queries)."""
    if not user.is_authenticated or user.role != Role.COORDINATOR:
        return
    contracts = list(running_contracts(user).prefetch_related("members"))
    programmes = programmes_of(contracts)
    shown = 0
    for stay in unattached(user)[:MOST_LOOKED_AT]:
        contract = _contract_for(stay, contracts)
        if contract is not None and shown < MOST and not outside(stay, programmes[contract.pk]):
            shown += 1
            yield Todo(
                title=_("Put a stay on a contract: %(trainee)s") % {"trainee": stay.project.trainee},
                text=f"{stay.host} · {date_range(stay.start, stay.end)} · {contract.code}",
                url=reverse("grants:attach", args=[contract.public_id, stay.public_id]),
                since=stay.changed_at,
            )
    cancelled = Mobility.objects.filter(
        contract__in=Contract.objects.visible_to(user),
        state=MobilityState.POSTED,
        internship__state=InternshipState.CANCELLED,
    )
    for mobility in cancelled.select_related("contract", "internship")[:MOST]:
        page = reverse("grants:contract_detail", args=[mobility.contract.public_id])
        yield Todo(
            title=_("Take a cancelled stay off its contract: %(name)s") % {"name": mobility.participant_name},
            text=f"{mobility.mob_id} · {mobility.contract}",
            url=f"{page}?open={mobility.public_id}#src",
            since=mobility.internship.changed_at,
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
