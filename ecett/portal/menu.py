"""What a visitor finds in the menu beside the two databases: parts of the home page that explain."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ecett.core.nav import NavEntry


def _is_visitor(user: Any) -> bool:
    return not user.is_authenticated


ENTRIES = (
    NavEntry(label=_("The path A–D"), url_name="portal:home", shown=_is_visitor, order=30, part="path"),
    NavEntry(label=_("Helpdesks"), url_name="portal:home", shown=_is_visitor, order=40, part="helpdesks"),
)
