"""The helpdesk's entries of the menu."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ecett.accounts.enums import Role
from ecett.core.nav import NavEntry


def _at_desk(user: Any) -> bool:
    return bool(user.is_authenticated) and user.role in (Role.HELPDESK, Role.ADMIN)


def _speaks_for_host(user: Any) -> bool:
    return bool(user.is_authenticated) and user.role == Role.HOST


ENTRIES = (
    NavEntry(label=_("My desk"), url_name="helpdesk:inbox", shown=_at_desk, order=10),
    NavEntry(label=_("Visits asked for"), url_name="helpdesk:proposal_list", shown=_speaks_for_host, order=9),
)
