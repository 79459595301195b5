"""Two contracts of the demonstration, with stays charged to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from ecett.accounts.models import Organisation, User
from ecett.core.clock import today
from ecett.portal.seeding.past import days_ago
from grants import services
from grants.enums import ContractKind, Head
from grants.models import Contract
from grants.splits import Split, default_splits
from trainees.enums import InternshipState
from trainees.models import Internship

CALL = 2025
AWARDS: dict[str, Decimal] = {
    Head.AWARD_ORGANISATIONAL: Decimal(7000),
    Head.AWARD_TRAVEL: Decimal(8200),
    Head.AWARD_INDIVIDUAL: Decimal(19500),
    Head.AWARD_INCLUSION: Decimal(500),
}
# How the partners share what the call gives: as the published 350, in the same parts.
SPLITS = {
    Decimal(400): Split(ecett=Decimal(160), helpdesk=Decimal(80), signatory=Decimal(160)),
    Decimal(230): Split(ecett=Decimal(92), helpdesk=Decimal(46), signatory=Decimal(92)),
}
# So many stays are left for the coordinator to charge.
LEFT = 4


def make_contracts(
    coordinator: User, home: Organisation, members: Sequence[Organisation]
) -> tuple[Contract, Contract]:
    """One contract of `home` alone and one of a Belgian consortium, both of the last year and running."""
    services.load_demo_rates()
    with days_ago(430):
        start, end = today() + dt.timedelta(days=10), today() + dt.timedelta(days=610)
        alone = services.create_contract(
            actor=coordinator,
            code=f"{CALL}-1-BE02-KA121-ADU-000214301",
            title="Learning beside colleagues",
            coordinator=home,
            start=start,
            end=end,
            awards=AWARDS,
            splits=default_splits() | SPLITS,
            planned=16,
            is_demo=True,
        )
        consortium = services.create_contract(
            actor=coordinator,
            code=f"{CALL}-1-BE02-KA121-VET-000218877",
            title="Five houses on the road",
            coordinator=home,
            start=start,
            end=end,
            kind=ContractKind.CONSORTIUM,
            members=[home, *members],
            awards={head: amount * 2 for head, amount in AWARDS.items()},
            splits=default_splits() | SPLITS,
            planned=32,
            is_demo=True,
        )
    return alone, consortium


def charge(coordinator: User, alone: Contract, consortium: Contract) -> int:
    """Put the confirmed stays of the contracts' organisations on them, oldest first; how many.

    Stays that a rule refuses stay aside, and so do the last few: the coordinator has something to do.
    """
    senders = [member.organisation_id for member in consortium.members.all()]
    stays = Internship.objects.filter(
        project__employer__in=senders,
        state=InternshipState.CONFIRMED,
        start__gte=alone.start,
        end__lte=alone.end,
    ).exclude(host__country="BE")
    waiting = list(stays.select_related("project", "host").order_by("start", "pk"))
    done = 0
    for place, stay in enumerate(waiting[: max(0, len(waiting) - LEFT)]):
        own = stay.project.employer_id == alone.coordinator_id
        contract = alone if own and place % 4 else consortium
        if services.preview_attachment(contract=contract, internship=stay).problem:
            continue
        with days_ago(max(1, (today() - stay.end).days - 14)):
            services.attach_internship(contract=contract, internship=stay, actor=coordinator)
        done += 1
    return done
