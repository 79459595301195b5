"""Predicates on people: which hat they wear."""

from __future__ import annotations

from typing import Any

import rules
from rules.predicates import Predicate

from ecett.accounts.enums import OrganisationKind, Role


def wears(*roles: Role) -> Predicate:
    """The person acts under one of these roles now."""

    @rules.predicate("wears " + " or ".join(roles))
    def wears_role(user: Any) -> bool:
        return bool(user.is_authenticated) and user.role in roles

    return wears_role


is_admin = wears(Role.ADMIN)
is_helpdesk = wears(Role.HELPDESK)
is_coordinator = wears(Role.COORDINATOR)
is_secretary = wears(Role.SECRETARY)
is_juror = wears(Role.JUROR, Role.CHAIR)


@rules.predicate
def is_network_coordinator(user: Any) -> bool:
    """She keeps the grants of the whole network, not those of one signatory."""
    if not user.is_authenticated or user.role != Role.COORDINATOR:
        return False
    home = user.hat.organisation
    return home is None or home.kind == OrganisationKind.NETWORK


# Whoever does the network's daily work.
is_desk = is_helpdesk | is_admin

rules.add_perm("accounts.see_people", is_admin)
rules.add_perm("core.see_imports", is_desk | is_coordinator)
rules.add_perm("core.import_hosts", is_desk)
rules.add_perm("core.import_practices", is_desk)
rules.add_perm("core.import_esco", is_admin)
rules.add_perm("core.import_rates", is_coordinator | is_admin)
rules.add_perm("core.see_outbox", is_admin)
rules.add_perm("core.see_metrics", is_admin)
