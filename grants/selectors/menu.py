"""The coordinator's entries of the menu."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ecett.core.nav import NavEntry


def _sees_contracts(user: Any) -> bool:
    return bool(user.is_authenticated) and user.has_perm("grants.see_contracts")


ENTRIES = (
    NavEntry(label=_("Contracts"), url_name="grants:home", shown=_sees_contracts, order=8),
    NavEntry(label=_("Rates"), url_name="grants:rate_list", shown=_sees_contracts, order=9),
)
