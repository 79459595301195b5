"""The kinds of letters the portal writes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


class KindUnknown(LookupError):
    """No kind of this name was registered."""


@dataclass(frozen=True)
class NotificationKind:
    """``template`` comes without its ``.txt``; ``why`` ends the footer's "You get this letter because …"."""

    name: str
    template: str
    why: str | Promise = ""


_kinds: dict[str, NotificationKind] = {}


def register(kind: NotificationKind) -> NotificationKind:
    """Add a kind; raises ValueError when its name is taken by another."""
    if _kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"notification kind {kind.name!r} is registered twice")
    return kind


def unregister(name: str) -> None:
    """Forget a kind (tests register their own)."""
    _kinds.pop(name, None)


def get(name: str) -> NotificationKind:
    """The kind of this name; raises `KindUnknown`."""
    try:
        return _kinds[name]
    except KeyError:
        raise KindUnknown(
            f"no notification kind {name!r}; known: {', '.join(sorted(_kinds)) or 'none'}"
        ) from None


def kinds() -> list[NotificationKind]:
    """All kinds by name, for the test that renders each in every language."""
    return [_kinds[name] for name in sorted(_kinds)]
