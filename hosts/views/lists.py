"""What the two public lists share: filters with their counts, chips, what to give up when nothing is left."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale
from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, to_locale
from django.utils.translation import gettext as _

from ecett.core import languages
from hosts.enums import HostStatus, Sector
from hosts.explaining import Why
from hosts.forms import reader
from hosts.search import Query
from hosts.selectors.filtering import CardFilter
from hosts.selectors.listing import PAGE_SIZE
from hosts.selectors.versions import data_version, keep, key_of, recall
from hosts.terms import terms
from hosts.wording import say_why

# How many values of a kind stand open; the others fold.
SHOWN = 8
# How far into a list ready pages are kept.
KEPT_PAGES = 3
LABELS: Mapping[str, str | Promise] = {
    "q": gettext_lazy("your words"),
    "sector": gettext_lazy("Sector"),
    "country": gettext_lazy("Country"),
    "target": gettext_lazy("Who comes there"),
    "language": gettext_lazy("Working language"),
    "status": gettext_lazy("Status"),
    "fresh": gettext_lazy("Freshness of the card"),
    "kind": gettext_lazy("How it reached us"),
}


@dataclass(frozen=True)
class Option:
    """One value of a filter, and how many cards it would leave."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class Facet:
    """One kind of filter: the values shown, and those that fold."""

    kind: str
    label: str
    options: Sequence[Option]
    more: Sequence[Option]
    open: bool


@dataclass(frozen=True)
class GiveUp:
    """What would be left without one of the filters."""

    label: str
    count: int
    url: str


@lru_cache(maxsize=16)
def _territories(language: str) -> Mapping[str, str]:
    return Locale.parse(to_locale(language)).territories


def country_name(code: str) -> str:
    """A country in the reader's language."""
    return str(_territories(reader()).get(code, code))


def place_of(*parts: Any) -> str:
    """Town and country (the last part) as one line, in the reader's language."""
    *before, country = parts
    return ", ".join(filter(None, (*before, country_name(str(country)) if country else "")))


def value_label(kind: str, value: str, *, kinds: Mapping[str, str] | None = None) -> str:
    """What a filter's value is called."""
    if kind == "sector":
        return str(Sector(value).label)
    if kind == "country":
        return country_name(value)
    if kind == "target":
        return terms().label(value, reader())
    if kind == "language":
        return languages.name(value)
    if kind == "status":
        return str(HostStatus(value).public_label)  # type: ignore[call-arg]
    if kind == "fresh":
        return _("confirmed within a year")
    return str((kinds or {}).get(value, value))


def facets(
    wanted: CardFilter,
    counts: Mapping[str, Mapping[str, int]],
    order: Sequence[str],
    *,
    labels: Mapping[str, str | Promise] = LABELS,
    kinds: Mapping[str, str] | None = None,
) -> list[Facet]:
    """The filters beside a list: the values that would leave something, and those chosen."""
    found = []
    for kind in order:
        chosen = wanted.chosen.get(kind, ())
        counted = dict.fromkeys(chosen, 0) | dict(counts.get(kind, {}))
        options = [
            Option(value, value_label(kind, value, kinds=kinds), number, value in chosen)
            for value, number in counted.items()
        ]
        options.sort(key=lambda option: (not option.checked, -option.count, option.label))
        shown = max(SHOWN, len(chosen))
        if options:
            found.append(
                Facet(
                    kind,
                    str(labels[kind]),
                    options[:shown],
                    options[shown:],
                    kind in order[:3] or bool(chosen),
                )
            )
    return found


def chips(
    request: HttpRequest, wanted: CardFilter, *, kinds: Mapping[str, str] | None = None
) -> list[dict[str, str]]:
    """What the list is narrowed to, each with the address that takes it away. Values nobody knows are among
    them.
    """
    rows = []
    if wanted.q:
        rows.append({"label": f"“{_short(wanted.q)}”", "url": address(request, without="q")})
    for kind, values in wanted.chosen.items():
        for value in values:
            url = address(request, without=kind, value=value)
            rows.append({"label": value_label(kind, value, kinds=kinds), "url": url})
    for kind, value in wanted.unknown:
        rows.append({"label": f"{value} (?)", "url": address(request, without=kind, value=value)})
    return rows


def unknown_values(
    request: HttpRequest, wanted: CardFilter, labels: Mapping[str, str | Promise] = LABELS
) -> list[dict[str, str]]:
    """The values of the address that mean nothing here, each with the address without it."""
    return [
        {"kind": str(labels[kind]), "value": value, "url": address(request, without=kind, value=value)}
        for kind, value in wanted.unknown
    ]


def give_up(
    request: HttpRequest, without: Mapping[str, int], labels: Mapping[str, str | Promise] = LABELS
) -> list[GiveUp]:
    """When nothing is left: which filter to drop, the one that leaves most first."""
    rows = [
        GiveUp(str(labels[kind]), number, address(request, without=kind))
        for kind, number in without.items()
        if number
    ]
    return sorted(rows, key=lambda row: -row.count)


def address(request: HttpRequest, *, without: str = "", value: str = "", **more: str) -> str:
    """The address of the list with something taken away or added; the page number falls away."""
    query: QueryDict = request.GET.copy()
    query.pop("page", None)
    if without and value:
        kept = [one for one in query.getlist(without) if one.strip().casefold() != value.casefold()]
        query.setlist(without, kept)
    elif without:
        query.pop(without, None)
    for name, one in more.items():
        query[name] = one
    return f"?{query.urlencode()}" if query else "?"


def body(
    request: HttpRequest,
    model: type[Model],
    wanted: CardFilter,
    template: str,
    context: Callable[[int], dict[str, Any]],
) -> SafeString:
    """The filters and what they leave, as markup. The plain pages that most people see are kept, packed,
    under the
    version of the data; a question in words or with many filters is made anew, since such questions are
    countless.
    """
    version = data_version(model)
    names = set(request.GET)
    plain = not wanted.q and not wanted.unknown and wanted.active <= 1 and page_number(request) <= KEPT_PAGES
    if not plain or names - {*wanted.chosen, "sort", "page"}:
        return render_to_string(template, context(version), request)
    key = key_of(model, version, "body", request.GET.urlencode(), get_language() or "")
    packed = recall(key)
    if packed is None:
        packed = zlib.compress(render_to_string(template, context(version), request).encode())
        keep(key, packed)
    return mark_safe(zlib.decompress(packed).decode())  # noqa: S308 - what the template engine made


def sort_links(request: HttpRequest, sorts: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """The orders a list may have, each with its address."""
    return [{"value": value, "label": label, "url": address(request, sort=value)} for value, label in sorts]


def page_of(total: int, number: int, size: int = PAGE_SIZE) -> Page[Any]:
    """A page for the pager: it needs the numbers only."""
    return Paginator(range(total), size).page(number)


def page_number(request: HttpRequest) -> int:
    """The page asked for; 1 for anything that is no number."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def sector_names(sectors: Sequence[str]) -> str:
    """Sectors in one line."""
    return ", ".join(value_label("sector", sector) for sector in sectors)


def reasons(why: Sequence[Why]) -> list[str]:
    """Why a card was found, as clauses in the reader's language."""
    return [say_why(one) for one in why]


def corrections(query: Query) -> list[dict[str, str]]:
    """Words read as mistypings: what was typed and what was looked for."""
    return [{"typed": unit.shown, "read": unit.close} for unit in query.units if unit.close]


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
