"""Who may account for grants."""

from __future__ import annotations

from typing import Any

import rules

from ecett.accounts.enums import Role
from ecett.accounts.rules import is_admin, is_coordinator


@rules.predicate
def keeps_contract(user: Any, contract: Any) -> bool:
    """She coordinates the contract, for its signatory or for ECETT."""
    if contract is None or user.role != Role.COORDINATOR:
        return False
    home = user.hat.organisation
    return home is None or home.kind == "network" or contract.coordinator_id == home.pk


@rules.predicate
def keeps_mobility_contract(user: Any, mobility: Any) -> bool:
    """She coordinates the contract the mobility is on."""
    return mobility is not None and keeps_contract.test(user, mobility.contract)


rules.add_perm("grants.see_contracts", is_coordinator | is_admin)
rules.add_perm("grants.add_contract", is_coordinator | is_admin)
rules.add_perm("grants.keep_contract", keeps_contract | is_admin)
rules.add_perm("grants.keep_mobility", keeps_mobility_contract | is_admin)
rules.add_perm("grants.see_rates", is_coordinator | is_admin)
