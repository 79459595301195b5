"""The menu: each app offers its entries, the header shows those the person may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class NavEntry:
    """One entry; ``shown`` decides by person (anonymous too). ``part``: the id of a part of that page."""

    label: str | Promise
    url_name: str
    shown: Callable[[Any], bool] = lambda _user: True
    order: int = 50
    part: str = ""

    @property
    def url(self) -> str:
        """Where it leads."""
        return reverse(self.url_name) + (f"#{self.part}" if self.part else "")


_entries: list[NavEntry] = []


def register(entry: NavEntry) -> None:
    """Offer an entry of the menu."""
    if entry not in _entries:
        _entries.append(entry)
        _entries.sort(key=lambda item: item.order)


def entries(request: Any) -> list[dict[str, Any]]:
    """The menu of this request: label, url, and whether the reader stands below it."""
    shown = [(entry, entry.url) for entry in _entries if entry.shown(request.user)]
    # Of entries that lie below one another the nearest is where the reader stands.
    here = max((url for _entry, url in shown if request.path.startswith(url)), key=len, default="")
    return [{"label": entry.label, "url": url, "current": url == here} for entry, url in shown]
