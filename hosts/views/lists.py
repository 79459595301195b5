"""What the two public lists share: filters with their counts, chips, what to give up when nothing is left."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from ecett.accounts.models.search import NAME_LENGTH, Alert
from ecett.core import languages
from ecett.core.components.formats import day
from ecett.core.towns import Town, largest_town
from hosts.enums import HostStatus, Sector
from hosts.explaining import Why
from hosts.forms import reader
from hosts.questions import whole_address
from hosts.search import Query
from hosts.selectors.filtering import PLACE, TIME, CardFilter, Free, corner, country_of
from hosts.selectors.listing import PAGE_SIZE
from hosts.selectors.versions import data_version, keep, key_of, recall
from hosts.terms import terms
from hosts.wording import country_name, place_of, say_why

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
    "fresh": gettext_lazy("Last confirmed"),
    "expertise": gettext_lazy("Methods and problems"),
    "offer": gettext_lazy("On offer"),
    "practices": gettext_lazy("Good practices"),
    "area": gettext_lazy("Part of the map"),
    "kind": gettext_lazy("How it reached us"),
    "near": gettext_lazy("Distance"),
    "km": gettext_lazy("Distance"),
    "free": gettext_lazy("Dates"),
    "from": gettext_lazy("From"),
    "to": gettext_lazy("Until"),
    "people": gettext_lazy("Visitors"),
}
OFFERS: Mapping[str, str | Promise] = {
    "accommodation": gettext_lazy("a bed"),
    "meals": gettext_lazy("meals"),
    "transport": gettext_lazy("local transport"),
    "step-free": gettext_lazy("entrance without steps"),
}
AGES: Mapping[str, str | Promise] = {
    "year": gettext_lazy("within a year"),
    "2years": gettext_lazy("within two years"),
    "older": gettext_lazy("longer ago"),
    "never": gettext_lazy("never"),
}
# Which names of the address a filter has that is not one of several values.
NAMES: Mapping[str, tuple[str, ...]] = {"near": PLACE, "free": TIME}
# Of a long list of values those that most cards have are shown; words find the others.
MOST_OPTIONS = 60


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


def value_label(kind: str, value: str, *, kinds: Mapping[str, str] | None = None) -> str:
    """What a filter's value is called."""
    if kind == "sector":
        return str(Sector(value).label)
    if kind == "country":
        return country_name(value)
    if kind in ("target", "expertise"):
        return terms().label(value, reader())
    if kind == "language":
        code, _dash, level = value.partition("-")
        return (
            _("%(language)s, %(level)s or better") % {"language": languages.name(code), "level": level}
            if level
            else languages.name(code)
        )
    if kind == "status":
        return str(HostStatus(value).public_label)  # type: ignore[call-arg]
    if kind == "fresh":
        return str(AGES[value])
    if kind == "offer":
        return str(OFFERS[value])
    if kind == "practices":
        return _("with good practices to read")
    if kind == "area":
        return area_name(value)
    return str((kinds or {}).get(value, value))


@lru_cache(maxsize=1024)
def area_name(area: str) -> str:
    """An area of the map by the largest town in it."""
    south, west = corner(area)
    town = largest_town(country_of(area), south, west)
    return town.name if town else f"{south}°, {west}°"


def facets(
    wanted: CardFilter,
    counts: Mapping[str, Mapping[str, int]],
    order: Sequence[str],
    *,
    labels: Mapping[str, str | Promise] = LABELS,
    kinds: Mapping[str, str] | None = None,
    rising: Mapping[str, Sequence[str]] | None = None,
) -> list[Facet]:
    """The filters beside a list: the values that would leave something, and those chosen.

    ``rising``: {kind: values} of kinds whose values have an order of their own; the others' is what most cards have.
    """
    found = []
    levels = any("-" in value for value in counts.get("language", ()))
    for kind in order:
        chosen = wanted.chosen.get(kind, ())
        places = {value: place for place, value in enumerate((rising or {}).get(kind, ()))}
        counted = dict.fromkeys(chosen, 0) | dict(counts.get(kind, {}))
        options = [
            Option(value, value_label(kind, value, kinds=kinds), number, value in chosen)
            for value, number in counted.items()
        ]
        # Able to work in a language says more than speaking some of it.
        options.sort(
            key=lambda option: (
                places.get(option.value, not option.checked),
                kind == "language" and "-" not in option.value and levels,
                -option.count,
                option.label,
            )
        )
        options = options[:MOST_OPTIONS]
        shown = max(SHOWN, len(chosen))
        if options and (kind != "area" or chosen):
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
        label = _("“%(words)s”") % {"words": _short(wanted.q)}
        rows.append({"label": label, "url": address(request, without="q")})
    for kind, values in wanted.chosen.items():
        for value in values:
            url = address(request, without=kind, value=value)
            rows.append({"label": value_label(kind, value, kinds=kinds), "url": url})
    if wanted.near:
        label = _("up to %(km)s km from %(town)s") % {
            "km": wanted.near.km,
            "town": town_label(wanted.near.town),
        }
        rows.append({"label": label, "url": address(request, without="near")})
    if wanted.free:
        rows.append({"label": free_label(wanted.free), "url": address(request, without="free")})
    for kind, value in wanted.unknown:
        rows.append({"label": f"{value} (?)", "url": address(request, without=kind, value=value)})
    return rows


def town_label(town: Town) -> str:
    """A town and its country, in the reader's language."""
    return place_of(town.name, town.country)


def free_label(free: Free) -> str:
    """When somebody wants to come, and how many."""
    people = ngettext("%(n)s visitor", "%(n)s visitors", free.people) % {"n": free.people}
    if free.start == free.end:
        return _("free on %(day)s, %(people)s") % {"day": day(free.start), "people": people}
    return _("free from %(start)s to %(end)s, %(people)s") % {
        "start": day(free.start),
        "end": day(free.end),
        "people": people,
    }


def towns_meant(request: HttpRequest, wanted: CardFilter) -> list[dict[str, str]]:
    """The towns that a name may mean, each with the address that says so."""
    return [{"label": town.label, "url": address(request, near=town.label)} for town in wanted.towns]


def typed(request: HttpRequest) -> dict[str, str]:
    """What was typed about place and time, right or wrong: nothing typed is lost."""
    return {name: request.GET.get(name, "") for name in (*PLACE, *TIME)}


def unknown_values(
    request: HttpRequest, wanted: CardFilter, labels: Mapping[str, str | Promise] = LABELS
) -> list[dict[str, str]]:
    """The values of the address that mean nothing here, each with the address without it."""
    return [
        {"kind": str(labels[kind]), "value": value, "url": address(request, without=kind, value=value)}
        for kind, value in wanted.unknown
    ]


def give_up(
    request: HttpRequest,
    listing: Any,
    labels: Mapping[str, str | Promise] = LABELS,
    kinds: Mapping[str, str] | None = None,
) -> list[GiveUp]:
    """When nothing is left: what to ask less or differently, what leaves most first."""
    rows = [
        GiveUp(_without(labels[kind]), number, address(request, without=kind))
        for kind, number in listing.without.items()
        if number
    ]
    for way in listing.wider:
        if way.kind == "value":
            label = _without(value_label(way.name, way.value, kinds=kinds))
        elif way.kind == "word":
            label = _("Without “%(word)s”") % {"word": way.value}
        elif way.kind == "km" and way.wanted.near:
            label = _("Up to %(km)s km away") % {"km": way.wanted.near.km}
        elif way.kind == "alone":
            what = ", ".join(chip["label"] for chip in chips(request, way.wanted, kinds=kinds))
            label = _("Only %(what)s") % {"what": what}
        else:
            label = _("From %(start)s to %(end)s") % {
                "start": day(way.wanted.free.start),
                "end": day(way.wanted.free.end),
            }
        rows.append(GiveUp(label, way.count, f"?{way.wanted.address()}"))
    return sorted(rows, key=lambda row: -row.count)


def _without(label: Any) -> str:
    return _("Without %(label)s") % {"label": str(label)[:1].lower() + str(label)[1:]}


def address(request: HttpRequest, *, without: str = "", value: str = "", **more: str) -> str:
    """The address of the list with something taken away or added; the page number falls away."""
    query: QueryDict = request.GET.copy()
    query.pop("page", None)
    if without and value:
        kept = [one for one in query.getlist(without) if one.strip().casefold() != value.casefold()]
        query.setlist(without, kept)
    else:
        for name in NAMES.get(without, (without,)):
            query.pop(name, None)
    for name, one in more.items():
        query[name] = one
    return f"?{query.urlencode()}" if query else "?"


def whole_url(name: str, wanted: CardFilter) -> str:
    """The address of a public export of exactly what the list shows; "" for a question not understood."""
    if wanted.nothing:
        return ""
    query = whole_address(wanted, reader())
    return f"{reverse(name)}?{query}" if query else reverse(name)


def to_save(
    request: HttpRequest, wanted: CardFilter, kind: str, *, kinds: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What the box for saving a search needs; a question that shows nothing, or asks for nothing, has no address."""
    address = "" if wanted.nothing else wanted.address()
    name = ", ".join(chip["label"] for chip in chips(request, wanted, kinds=kinds))
    return {"kind": kind, "address": address, "name": name[:NAME_LENGTH], "alerts": Alert.choices}


def address_of(request: HttpRequest, kind: str, values: Sequence[str]) -> str:
    """The address of the list with these values of a kind instead of those chosen."""
    query = request.GET.copy()
    query.pop("page", None)
    query.setlist(kind, list(values))
    return f"?{query.urlencode()}"


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
    (packed,) = recall(key)
    if packed is None:
        packed = zlib.compress(render_to_string(template, context(version), request).encode())
        keep({key: packed})
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
    # Beyond the last page lies the last page.
    return int(text[:9]) if text.isascii() and text.isdigit() else 1


_SHORT_BEFORE_HYPHEN = re.compile(r"(?<=\b\w)-(?=\w)|(?<=\b\w\w)-(?=\w)")


def reasons(why: Sequence[Why]) -> list[str]:
    """Why a card was found, as clauses in the reader's language."""
    return [_unbroken(say_why(one)) for one in why]


def _unbroken(text: str) -> str:
    """No line ends after the hyphen of “e-mail”: one or two letters alone at its end are not read as a word."""
    return _SHORT_BEFORE_HYPHEN.sub("-\u2060", text)


def corrections(query: Query) -> list[dict[str, str]]:
    """Words read as mistypings: what was typed and what was looked for."""
    return [{"typed": unit.shown, "read": unit.close} for unit in query.units if unit.close]


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
