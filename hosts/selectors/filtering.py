"""The filters of the lists, as they stand in the address."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlencode

from django_countries import countries

from ecett.core.languages import CODES as LANGUAGES
from ecett.core.towns import Town, towns_named
from hosts.enums import Cefr, HostStatus, Sector
from hosts.thesaurus import default

# When a card was last confirmed: within one or two years, before that, never. {value: (from, until)} in days ago.
AGES: Mapping[str, tuple[int, int | None]] = {"year": (0, 365), "2years": (0, 730), "older": (731, None)}
NEVER = "never"
FRESH_YEAR = "year"
# What a team settles for its visitors, free or at a price, and whether one gets in without steps.
OFFERS = ("accommodation", "meals", "transport")
STEP_FREE = "step-free"
# The level from which one can work in a language, and how a value asks for it: "en-B2".
WORKING = Cefr.B2
# Groups of concepts that say what a team knows.
EXPERTISE = ("methods", "problems", "professions")
SORTS = ("relevance", "name", "fresh", "distance")
# Names in the address, in the order of the page.
KINDS = (
    "sector",
    "country",
    "target",
    "expertise",
    "language",
    "offer",
    "status",
    "fresh",
    "practices",
    "area",
)
# Filters that are not one of several values.
PLACE = ("near", "km")
TIME = ("from", "to", "people")
# What is alike inside these kinds must all be there: meals *and* a bed.
ALL_OF = ("offer",)
MAX_QUERY = 600
# Nobody chooses so many of one kind; an address with more is a mistake or an attack.
MOST_VALUES = 60
NEAR_KM, MOST_KM = 100, 5000
MOST_PEOPLE = 50
# How far ahead or back a stay is looked for.
MOST_YEARS = 10
_AREA = re.compile(r"([A-Z]{2})-([NS])([0-8]\d)([EW])(0\d\d|1[0-7]\d|180)")


@dataclass(frozen=True)
class Near:
    """Not farther than ``km`` from a place."""

    town: Town
    km: int


@dataclass(frozen=True)
class Free:
    """Taking ``people`` visitors on every day from ``start`` to ``end``."""

    start: dt.date
    end: dt.date
    people: int = 1


@dataclass(frozen=True)
class CardFilter:
    """What a list is narrowed to. ``chosen``: {kind: values}, all of them known; ``unknown``: (kind, value)
    pairs; ``towns``: the places that a name may mean, when it does not say which.

    A value nobody knows leaves no card: showing everything instead would mislead.
    """

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[tuple[str, str], ...] = ()
    sort: str = "relevance"
    near: Near | None = None
    free: Free | None = None
    towns: tuple[Town, ...] = ()

    @property
    def active(self) -> int:
        """How many values are chosen."""
        chosen = sum(len(values) for values in self.chosen.values())
        return chosen + len(self.unknown) + bool(self.near) + bool(self.free)

    @property
    def nothing(self) -> bool:
        """Whether no card can be shown before something is mended or chosen."""
        return bool(self.unknown or self.towns)

    def pairs(self) -> list[tuple[str, str]]:
        """The question as pairs of an address, in one order, however it was typed."""
        pairs = [("q", " ".join(self.q.split()))] if self.q else []
        pairs += [(kind, value) for kind in sorted(self.chosen) for value in sorted(self.chosen[kind])]
        if self.near:
            pairs += [("near", self.near.town.label), ("km", str(self.near.km))]
        if self.free:
            pairs += [
                ("from", f"{self.free.start}"),
                ("to", f"{self.free.end}"),
                ("people", str(self.free.people)),
            ]
        return pairs

    def address(self) -> str:
        """The question as an address, without its order."""
        return urlencode(self.pairs())

    def canonical(self) -> str:
        """The same text for the same question, however it was typed."""
        return urlencode([*self.pairs(), ("sort", self.sort)])


@cache
def known_values(kind: str) -> frozenset[str]:
    """The values a kind of filter may have; areas are any that ``corner`` reads."""
    thesaurus = default()
    table: dict[str, frozenset[str]] = {
        "sector": frozenset(Sector.values),
        "country": frozenset(code for code, _name in countries),
        "target": frozenset(concept.code for concept in thesaurus.scheme("target_groups")),
        "expertise": frozenset(concept.code for group in EXPERTISE for concept in thesaurus.scheme(group)),
        "language": frozenset((*LANGUAGES, *(f"{code}-{WORKING}" for code in LANGUAGES))),
        "offer": frozenset((*OFFERS, STEP_FREE)),
        "status": frozenset(HostStatus.values),
        "fresh": frozenset((*AGES, NEVER)),
        "practices": frozenset({"yes"}),
    }
    return table[kind]


def country_of(area: str) -> str:
    """The country of an area: ``"BE-N50E004"`` → ``"BE"``."""
    return area[:2]


def corner(area: str) -> tuple[int, int]:
    """The south-western corner of an area, a square of one degree in a country: ``"BE-N50E004"`` → (50, 4)."""
    found = _AREA.fullmatch(area)
    assert found is not None, area
    _country, north, lat, east, lon = found.groups()
    return int(lat) * (1 if north == "N" else -1), int(lon) * (1 if east == "E" else -1)


def implied(kind: str, value: str) -> Sequence[str]:
    """What a value of a kind implies: who does opioid substitution does treatment."""
    if kind != "expertise" or value not in default():
        return ()
    return sorted(default().ancestors(value) & known_values(kind))


def narrower(kind: str, values: Sequence[str]) -> list[str]:
    """Values and those that imply one of them."""
    if kind != "expertise":
        return list(values)
    return sorted({one for value in values for one in (value, *default().descendants(value))})


def read_filter(
    values: Mapping[str, Sequence[str]],
    *,
    kinds: Sequence[str] = KINDS,
    sorts: Sequence[str] = SORTS,
    known: Mapping[str, frozenset[str]] | None = None,
    placed: bool = True,
) -> CardFilter:
    """The filter of an address: {name: values}. Other names are left alone (pages, formats); empty values say
    nothing. ``placed``: whether a distance and a time may be asked for.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    unknown: list[tuple[str, str]] = []
    for kind in kinds:
        allowed = (known or {}).get(kind) or (() if kind == "area" else known_values(kind))
        given = dict.fromkeys(
            _spelling(kind, _clean(value)) for value in values.get(kind, ()) if _clean(value)
        )
        right = [value for value in given if value in allowed or (kind == "area" and _AREA.fullmatch(value))]
        chosen[kind] = tuple(right[:MOST_VALUES])
        unknown += [(kind, value[:60]) for value in given if value not in right][:MOST_VALUES]
        if len(right) > MOST_VALUES:
            unknown.append((kind, right[MOST_VALUES]))
    near, free = None, None
    towns: tuple[Town, ...] = ()
    if placed:
        near, towns, wrong = _near(values)
        unknown += wrong
        free, wrong = _free(values)
        unknown += wrong
    q = _clean(next(iter(values.get("q", ())), "")[:MAX_QUERY])
    sort = next(iter(values.get("sort", ())), "")
    if sort not in sorts or (sort == "distance" and near is None):
        sort = sorts[0]
    return CardFilter(q, chosen, tuple(unknown), sort, near, free, towns)


def _clean(value: str) -> str:
    return value.replace("\x00", "").strip()


def _spelling(kind: str, value: str) -> str:
    if kind == "country":
        return {"EL": "GR", "UK": "GB"}.get(value.upper(), value.upper())
    return value


def _first(values: Mapping[str, Sequence[str]], name: str) -> str:
    return next((value for one in values.get(name, ()) if (value := _clean(one))), "")


def _whole(text: str, least: int, most: int) -> int | None:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return round(number) if math.isfinite(number) and least <= number <= most else None


def _near(
    values: Mapping[str, Sequence[str]],
) -> tuple[Near | None, tuple[Town, ...], list[tuple[str, str]]]:
    """(place and radius, the places the name may mean, what was wrong)"""
    name, text = _first(values, "near"), _first(values, "km")
    km = _whole(text, 1, MOST_KM) if text else NEAR_KM
    if not name:
        return None, (), []
    wrong = [] if km else [("km", text[:60])]
    meant = towns_named(name)
    if not meant:
        return None, (), [*wrong, ("near", name[:60])]
    if len(meant) > 1:
        return None, tuple(meant), wrong
    return (Near(meant[0], km) if km else None), (), wrong


def _free(values: Mapping[str, Sequence[str]]) -> tuple[Free | None, list[tuple[str, str]]]:
    start, end, people = (_first(values, name) for name in TIME)
    number = _whole(people, 1, MOST_PEOPLE) if people else 1
    wrong = [] if number else [("people", people[:60])]
    if not start and not end:
        return None, wrong
    # One day alone is a visit of a day.
    first, last = _day(start or end), _day(end or start)
    wrong += [
        (name, text[:60])
        for name, text, day in (("from", start, first), ("to", end, last))
        if text and not day
    ]
    if first and last and last < first:
        wrong.append(("to", end[:60]))
    if wrong or not (first and last and number):
        return None, wrong
    return Free(first, last, number), []


def _day(text: str) -> dt.date | None:
    from ecett.core import clock

    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if abs((day - clock.today()).days) <= MOST_YEARS * 366 else None
