"""The map's projection: latitude and longitude to the coordinates of `static/img/europe.svg`.

Albers' equal-area conic on a sphere, standard parallels 43° and 62° N, central meridian 10° E: equal areas,
so that dense and sparse regions compare fairly. `static/src/make_map.py` draws the map with this very
function.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians, sin, sqrt

_LAT_1, _LAT_2, _LAT_0, _LON_0 = (radians(value) for value in (43.0, 62.0, 52.0, 10.0))
_N = (sin(_LAT_1) + sin(_LAT_2)) / 2
_C = cos(_LAT_1) ** 2 + 2 * _N * sin(_LAT_1)
_RHO_0 = sqrt(_C - 2 * _N * sin(_LAT_0)) / _N
# Units per Earth radius, and where 52° N 10° E lies in the picture.
_SCALE, _X_0, _Y_0 = 880.0, 290.0, 330.0


@dataclass(frozen=True)
class Box:
    """A window on the map, in its units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def viewbox(self) -> str:
        """As SVG wants it."""
        return f"{self.x:g} {self.y:g} {self.width:g} {self.height:g}"

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the window."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


# What the sprite covers, what a list of results shows, and what the public home shows.
BOXES = {
    "sprite": Box(0, 0, 680, 640),
    "results": Box(20, 70, 620, 545),
    "hero": Box(10, 130, 570, 460),
}


def around(points: Iterable[tuple[float, float]], *, least: float = 150.0) -> Box:
    """A window round some points (map units), in the shape of "results" and inside the sprite.

    `least`: its smallest width, so that one place is still shown with its surroundings. Without a point on
    the map the whole of "results".
    """
    sprite, whole = BOXES["sprite"], BOXES["results"]
    seen = [point for point in points if whole.holds(*point)]
    if not seen:
        return whole
    left, right = min(x for x, _y in seen), max(x for x, _y in seen)
    top, bottom = min(y for _x, y in seen), max(y for _x, y in seen)
    shape = whole.height / whole.width
    width = min(whole.width, max(least, (right - left) * 1.3, (bottom - top) * 1.3 / shape))
    height = width * shape
    x = min(max((left + right - width) / 2, sprite.x), sprite.x + sprite.width - width)
    y = min(max((top + bottom - height) / 2, sprite.y), sprite.y + sprite.height - height)
    return Box(round(x, 1), round(y, 1), round(width, 1), round(height, 1))


def project(lat: float, lon: float) -> tuple[float, float]:
    """Where a place lies on the map (x to the right, y down). Degrees in, picture units out."""
    rho = sqrt(max(0.0, _C - 2 * _N * sin(radians(lat)))) / _N
    theta = _N * (radians(lon) - _LON_0)
    return _X_0 + _SCALE * rho * sin(theta), _Y_0 - _SCALE * (_RHO_0 - rho * cos(theta))


@dataclass(frozen=True)
class Cluster:
    """Places that lie close to each other: their middle, how many, and what to call them."""

    lat: float
    lon: float
    label: str
    count: int
    url: str = ""


def cluster(points: Iterable[tuple[float, float, str]], cell: float = 60.0) -> list[Cluster]:
    """Group (lat, lon, label) by squares of `cell` map units; the most frequent label names the group.

    Deterministic, largest first. The counts sum to the number of points.
    """
    squares: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
    for lat, lon, label in points:
        x, y = project(lat, lon)
        squares.setdefault((int(x // cell), int(y // cell)), []).append((lat, lon, label))
    found = []
    for members in squares.values():
        labels = sorted({label for _lat, _lon, label in members})
        label = max(labels, key=lambda name: sum(1 for member in members if member[2] == name))
        count = len(members)
        lat = sum(member[0] for member in members) / count
        lon = sum(member[1] for member in members) / count
        found.append(Cluster(round(lat, 4), round(lon, 4), label, count))
    return sorted(found, key=lambda item: (-item.count, item.label, item.lat))
