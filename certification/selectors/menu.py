"""Certification's entries of the menu: one page, named after what it is to the reader."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ecett.accounts.enums import Role
from ecett.core.nav import NavEntry


def _walks(user: Any) -> bool:
    return bool(user.is_authenticated) and user.role in (Role.TRAINEE, "")


def _judges(user: Any) -> bool:
    return bool(user.is_authenticated) and user.role in (Role.JUROR, Role.CHAIR)


def _keeps(user: Any) -> bool:
    return bool(user.is_authenticated) and user.role in (Role.SECRETARY, Role.ADMIN)


ENTRIES = (
    NavEntry(label=_("My path"), url_name="certification:home", shown=_walks, order=40),
    NavEntry(label=_("Jury"), url_name="certification:home", shown=_judges, order=10),
    NavEntry(label=_("Certification"), url_name="certification:home", shown=_keeps, order=10),
)
