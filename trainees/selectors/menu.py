"""The journey's entries of the menu."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ecett.accounts.enums import Role
from ecett.core.nav import NavEntry


def _is_trainee(user: Any) -> bool:
    return bool(user.is_authenticated) and user.role in (Role.TRAINEE, "")


def _is_party(user: Any) -> bool:
    return bool(user.is_authenticated) and user.role in (Role.HOST, Role.EMPLOYER)


ENTRIES = (
    NavEntry(label=_("My projects"), url_name="trainees:home", shown=_is_trainee, order=10),
    NavEntry(label=_("Stays"), url_name="trainees:party_home", shown=_is_party, order=10),
)
