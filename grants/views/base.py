"""What the pages share: scope first (404), right second (403)."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from ecett.core.permissions import check
from grants.models import Contract

KEEP = "grants.keep_contract"


def find_contract(request: HttpRequest, public_id: str, permission: str = "") -> Contract:
    """A contract the person may see; with ``permission`` one she may do that to."""
    check(request.user, "grants.see_contracts")
    contracts = Contract.objects.visible_to(request.user).select_related("coordinator")
    found = get_object_or_404(
        contracts.prefetch_related("members__organisation", "splits"), public_id=public_id
    )
    if permission:
        reason = _("Only the coordinator of this contract may do this.")
        check(request.user, permission, found, reason=reason)
    return found


def contract_page(contract: Contract) -> str:
    return reverse("grants:contract_detail", args=[contract.public_id])


def crumbs(contract: Contract | None = None, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where the person is, below the contracts."""
    found = [(_("Contracts"), reverse("grants:home"))]
    if contract is not None:
        found.append((contract.code, contract_page(contract)))
    return [*found, *more]
