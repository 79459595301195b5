"""Where the two ends of a mobility lie: for the pages and for ``price_mobilities`` alike."""

from ecett.core.towns import find_town
from grants.pricing import Place


def placed(country: str, town: str, lat: float | None, lon: float | None) -> Place:
    """The place by its own coordinates; without any by those of the town, when its name is beyond doubt."""
    if lat is None and lon is None and town and (known := find_town(town, country)):
        lat, lon = known.latitude, known.longitude
    return Place(country=country, town=town, lat=lat, lon=lon)
