"""Places on a page that higher apps fill: news travels up without the lower app knowing who listens.

A lower app's template says ``{% slot "project_sections" project %}``; a higher app registers a provider in its
``AppConfig.ready``. A provider takes (subject, user) and returns a ``Panel`` (or a ``NextStep``), or ``None``.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Panel:
    """A fragment to show: a template and its context."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NextStep:
    """What happens next with an object, in one line, and who is waited for. ``leads``: what its link leads to comes
    before every other step.
    """

    text: str | Promise
    mine: bool = False
    since: dt.datetime | None = None
    note: str | Promise = ""
    url: str = ""
    label: str | Promise = ""
    leads: bool = False


Provider = Callable[[Any, Any], Any]
_providers: dict[str, list[tuple[int, Provider]]] = defaultdict(list)


def register(slot: str, provider: Provider, *, order: int = 50) -> None:
    """Fill a slot; lower ``order`` comes first. Registering the same function twice does nothing."""
    if all(known is not provider for _order, known in _providers[slot]):
        _providers[slot].append((order, provider))
        _providers[slot].sort(key=lambda item: item[0])


def panels(slot: str, subject: Any, user: Any) -> list[Any]:
    """What the registered providers have to show, in order."""
    return [panel for _order, provider in _providers[slot] if (panel := provider(subject, user)) is not None]


def first(slot: str, subject: Any, user: Any) -> Any | None:
    """The first answer of the registered providers, or None: for ``NextStep`` slots."""
    for _order, provider in _providers[slot]:
        if (answer := provider(subject, user)) is not None:
            return answer
    return None
