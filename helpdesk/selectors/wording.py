"""Codes said in the reader's language, and the reasons of matching said from what was stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from ecett.core import languages
from ecett.core.components.formats import day, money
from hosts.enums import Offer, Sector
from hosts.matching import Reason
from hosts.thesaurus import default

OFFERS = {"meals": _("meals"), "transport": _("local transport"), "accommodation": _("accommodation")}

#: Why a host is left out, by the hard rule it breaks.
LEFT_OUT = {
    "unpublished": _("the card is not public yet"),
    "inactive": _("takes no visitors now"),
    "sector": _("works in another sector"),
    "country": _("in another country"),
    "language": _("no shared language"),
    "capacity": _("takes fewer visitors at once"),
    "closed": _("not free in these days"),
    "accessibility": _("not reachable without steps"),
    "expertise": _("none of the expertise sought"),
}


def label(code: str) -> str:
    """A concept, target group, sector or item of logistics in the reader's language; itself when unknown."""
    if code in OFFERS:
        return str(OFFERS[code])
    if code in Sector.values:
        return str(Sector(code).label)
    words = default()
    return words[code].label(get_language() or "en") if code in words else code


def labels(codes: Iterable[str]) -> str:
    """Several of them, parted by commas."""
    return ", ".join(label(code) for code in codes)


def country_names(codes: Iterable[str]) -> str:
    """Countries by name."""
    return ", ".join(str(countries.name(code) or code) for code in codes)


def freeze(reason: Reason) -> dict[str, Any]:
    """A reason as it is stored beside a proposal, to be said later in any language."""
    return {
        "rule": reason.rule,
        "points": reason.points,
        "template": reason.template,
        "params": {name: _stored(value) for name, value in reason.params.items()},
    }


def _stored(value: Any) -> Any:
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    if isinstance(value, Decimal):
        return {"euros": str(value)}
    return list(value) if isinstance(value, tuple | list | frozenset | set) else value


def say(frozen: dict[str, Any]) -> str:
    """A stored reason in the reader's language (rows that carry only a text say that)."""
    template = frozen.get("template")
    if not template:
        return str(frozen.get("text", ""))
    values = {name: _said(name, value) for name, value in frozen.get("params", {}).items()}
    try:
        return gettext(template).format(**values)
    except (KeyError, IndexError):
        return gettext(template)


def _said(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return day(dt.date.fromisoformat(value["day"]), "short") if "day" in value else money(value["euros"])
    if isinstance(value, list):
        return labels(value)
    if name == "language":
        return languages.word(str(value))
    return country_names([value]) if name == "country" else value


def said(reasons: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Stored reasons as rows of points and text, for ``{% reasons %}``."""
    return [{"points": int(row.get("points", 0)), "text": say(row)} for row in reasons]


def offer_words(offer: str) -> str:
    """How a host settles one item of logistics; empty when not known."""
    return str(Offer(offer).label) if offer else ""
