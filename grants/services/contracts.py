"""Contracts are made and changed here; what is awarded goes into the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ecett.accounts.models import Organisation
from ecett.core.money import ZERO, euros
from grants import ledger
from grants.codes import parse_code
from grants.enums import Action, ContractKind, Head, HelpdeskBy, TransactionKind
from grants.models import Contract, ContractMember, ContractSplit
from grants.splits import Split, default_splits
from grants.wording import country_name

#: The heads on which an agency awards a grant, in the order of the pages.
AWARD_HEADS = (
    Head.AWARD_ORGANISATIONAL,
    Head.AWARD_TRAVEL,
    Head.AWARD_INDIVIDUAL,
    Head.AWARD_INCLUSION,
    Head.AWARD_INCLUSION_PARTICIPANT,
    Head.AWARD_LINGUISTIC,
    Head.AWARD_EXCEPTIONAL,
    Head.AWARD_OTHER,
)
#: Of a contract that has mobilities, what its code and signatory say is settled: prices and IDs rest on them.
SETTLED = ("code", "coordinator", "kind")


@transaction.atomic
def create_contract(
    *,
    actor: Any,
    code: str,
    title: str,
    coordinator: Organisation,
    start: date,
    end: date,
    kind: str = ContractKind.SINGLE,
    members: Iterable[Organisation] = (),
    splits: Mapping[Decimal, Split] | None = None,
    awards: Mapping[str, Decimal] | None = None,
    awarded: Decimal | None = None,
    planned: int = 15,
    helpdesk_by: str = "",
    is_demo: bool = False,
) -> Contract:
    """Make a contract; call, agency, action and field are read from its code.

    ``splits``: by organisational rate (ECETT's published one for 350 by default). ``awards``: euros by award
    head; ``awarded`` alone is an award not divided by head. ``helpdesk_by``: by default the signatory when it
    is trained to do the helpdesk's work. Raises ValidationError by field.
    """
    contract = Contract(is_demo=is_demo)
    _fill(contract, code=code, title=title, coordinator=coordinator, start=start, end=end, kind=kind,
          planned=planned, helpdesk_by=helpdesk_by)  # fmt: skip
    by_head: dict[str, Decimal] = {Head.AWARD_OTHER: euros(awarded or 0)}
    if awards is not None:
        by_head = dict(awards)
    _save(contract, members, default_splits() if splits is None else splits)
    _award(contract, by_head, actor)
    return contract


@transaction.atomic
def update_contract(
    *,
    contract: Contract,
    actor: Any,
    members: Iterable[Organisation] | None = None,
    splits: Mapping[Decimal, Split] | None = None,
    awards: Mapping[str, Decimal] | None = None,
    **fields: Any,
) -> Contract:
    """Change a contract; what is left out stays. A new award is posted as its difference to the old one.

    Raises ValidationError by field, also for what is settled once the contract has mobilities.
    """
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    stays = list(contract.mobilities.filter(state="posted").values_list("start", "end"))
    if contract.mobilities.exists():
        for name in SETTLED:
            if name in fields and fields[name] != getattr(contract, name):
                raise ValidationError({name: _("This is settled: the contract has mobilities.")})
    names = ("code", "title", "coordinator", "start", "end", "kind", "planned", "helpdesk_by")
    _fill(contract, **{name: fields.get(name, getattr(contract, name)) for name in names})
    if any(start < contract.start for start, _end in stays):
        raise ValidationError({"start": _("A stay on this contract begins before this day.")})
    if any(end > contract.end for _start, end in stays):
        raise ValidationError({"end": _("A stay on this contract ends after this day.")})
    kept = members if members is not None else [row.organisation for row in contract.members.all()]
    _save(contract, kept, splits)
    if awards is not None:
        _award(contract, dict(awards), actor)
    return contract


def awards_of(contract: Contract) -> dict[str, Decimal]:
    """What is awarded by award head, from the ledger."""
    found = ledger.balances(contract)
    return {head: found[head] for head in AWARD_HEADS}


def check_members(*, kind: str, coordinator: Organisation, members: Sequence[Organisation]) -> None:
    """A consortium lies in one country; only a consortium has members. Raises ValidationError: "members"."""
    others = [each for each in members if each.pk != coordinator.pk]
    if kind != ContractKind.CONSORTIUM:
        if others:
            raise ValidationError({"members": _("A contract of one organisation has no other members.")})
        return
    foreign = [each for each in others if each.country != coordinator.country]
    if foreign:
        raise ValidationError(
            {
                "members": _("A consortium lies in one country, here %(country)s. Not in it: %(names)s.")
                % {
                    "country": country_name(coordinator.country),
                    "names": ", ".join(f"{each.name} ({country_name(each.country)})" for each in foreign),
                }
            }
        )


def _fill(contract: Contract, *, code: str, helpdesk_by: str, **fields: Any) -> None:
    try:
        parts = parse_code(code)
    except ValueError:
        message = _("A project code looks like 2024-1-BE01-KA121-ADU-000123456.")
        raise ValidationError({"code": message}) from None
    if parts.action not in Action.values:
        message = _("%(action)s is not a mobility action of ours: KA121 or KA122.") % {"action": parts.action}
        raise ValidationError({"code": message})
    contract.code = code.strip().upper()
    contract.call_year, contract.agency = parts.call_year, parts.agency
    contract.action, contract.sector = parts.action, parts.sector
    for name, value in fields.items():
        setattr(contract, name, value)
    trained = HelpdeskBy.SIGNATORY if contract.coordinator.does_helpdesk_work else HelpdeskBy.ECETT
    contract.helpdesk_by = helpdesk_by or trained
    if contract.action == Action.KA122 and contract.kind == ContractKind.CONSORTIUM:
        raise ValidationError({"kind": _("KA122 knows no consortium: it is for one organisation.")})
    if contract.end < contract.start:
        raise ValidationError({"end": _("This is before the first day.")})
    contract.full_clean(exclude=["awarded"])


def _save(
    contract: Contract, members: Iterable[Organisation], splits: Mapping[Decimal, Split] | None
) -> None:
    named = list(dict.fromkeys(members))
    check_members(kind=contract.kind, coordinator=contract.coordinator, members=named)
    if splits is not None:
        _check_splits(splits)
    contract.save()
    if contract.kind == ContractKind.CONSORTIUM and contract.coordinator not in named:
        named.insert(0, contract.coordinator)
    wanted = {each.pk for each in named} if contract.kind == ContractKind.CONSORTIUM else set()
    contract.members.exclude(organisation__in=wanted).delete()
    known = set(contract.members.values_list("organisation_id", flat=True))
    ContractMember.objects.bulk_create(
        ContractMember(contract=contract, organisation=each) for each in named if each.pk in wanted - known
    )
    if splits is not None:
        contract.splits.exclude(rate__in=splits).delete()
        for rate, split in splits.items():
            shares = {"ecett": split.ecett, "helpdesk": split.helpdesk, "signatory": split.signatory}
            ContractSplit.objects.update_or_create(contract=contract, rate=rate, defaults=shares)


def _check_splits(splits: Mapping[Decimal, Split]) -> None:
    for rate, split in splits.items():
        if not split.divides(rate):
            message = _("The shares of %(rate)s sum to %(total)s.") % {"rate": rate, "total": split.total}
            raise ValidationError({"splits": message})


def _award(contract: Contract, by_head: dict[str, Decimal], actor: Any) -> None:
    """Post the difference between what the ledger says is awarded and what is awarded now."""
    before = awards_of(contract)
    lines = [
        ledger.Line(head, euros(by_head.get(head, ZERO)) - before[head])
        for head in AWARD_HEADS
        if euros(by_head.get(head, ZERO)) != before[head]
    ]
    if lines:
        number = contract.transactions.filter(kind=TransactionKind.AWARD).count() + 1
        total = sum((line.amount for line in lines), ZERO)
        if total:
            lines.append(ledger.Line(Head.AWARD, -total))
        ledger.post(
            key=f"award:{contract.pk}:{number}",
            kind=TransactionKind.AWARD,
            contract=contract,
            lines=lines,
            text=contract.code,
            actor=actor,
        )
    contract.awarded = sum((euros(by_head.get(head, ZERO)) for head in AWARD_HEADS), ZERO)
    contract.save(update_fields=["awarded", "changed_at"])
