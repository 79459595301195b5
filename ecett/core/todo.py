"""What needs me now: each app offers its items, the home page shows them oldest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Todo:
    """One thing that waits for this person (``mine``) or that she waits for."""

    title: str | Promise
    text: str | Promise
    url: str
    since: dt.datetime
    mine: bool = True
    badge: str = ""
    deadline: dt.date | None = None


Provider = Callable[[Any], Iterable[Todo]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Offer items: a function of the signed-in person (whose ``hat`` says in which role) with constant queries."""
    if provider not in _providers:
        _providers.append(provider)


def todos(user: Any) -> list[Todo]:
    """Everything that waits, mine first, oldest first."""
    items = [item for provider in _providers for item in provider(user)]
    return sorted(items, key=lambda item: (not item.mine, item.since))
