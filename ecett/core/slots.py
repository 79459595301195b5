"""Places on a page that higher apps fill: news travels up without the lower app knowing who listens.

A lower app's template says ``{% slot "project_sections" project %}``; a higher app registers a provider in its
``AppConfig.ready``. A provider takes (subject, user) and returns a ``Panel`` or ``None``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Panel:
    """A fragment to show: a template and its context."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Provider = Callable[[Any, Any], Panel | None]
_providers: dict[str, list[tuple[int, Provider]]] = defaultdict(list)


def register(slot: str, provider: Provider, *, order: int = 50) -> None:
    """Fill a slot; lower ``order`` comes first. Registering the same function twice does nothing."""
    if all(known is not provider for _order, known in _providers[slot]):
        _providers[slot].append((order, provider))
        _providers[slot].sort(key=lambda item: item[0])


def panels(slot: str, subject: Any, user: Any) -> list[Panel]:
    """What the registered providers have to show, in order."""
    return [panel for _order, provider in _providers[slot] if (panel := provider(subject, user)) is not None]
