"""The map's projection: latitude and longitude to the coordinates of `static/img/europe.svg`.

Albers' equal-area conic on a sphere, standard parallels 43° and 62° N, central meridian 10° E: equal areas,
so that dense and sparse regions compare fairly. `static/src/make_map.py` draws the map with this very
function.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, dist, hypot, radians, sin, sqrt
from typing import NamedTuple

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


# Pixels that a map of places is drawn wide.
WIDTH = 300
# Pixels between discs.
GAP = 1.0


def radius(count: int, top: int) -> float:
    """The radius, in pixels, of the disc for a number of places, when the largest disc stands for ``top``: its area
    is the number, but a finger must hit it.
    """
    return max(5.0, 17.0 * (count / top) ** 0.5) if top > 0 else 5.0


@dataclass(frozen=True)
class Group:
    """Places drawn as one disc: their middle in degrees, how many, and which of the places given."""

    latitude: float
    longitude: float
    count: int
    members: tuple[int, ...]


@dataclass(frozen=True)
class Gathered:
    """Discs that do not lie over each other, the largest first; places outside the map; the window that shows them."""

    groups: list[Group]
    outside: list[int]
    view: Box


def gather(places: Sequence[tuple[float, float, int]]) -> Gathered:
    """Places as (latitude, longitude, count) put together into discs: those that would touch become one at their
    common middle, until none do. The counts sum up.
    """
    points = [project(latitude, longitude) for latitude, longitude, _count in places]
    whole = BOXES["results"]
    inside = [at for at, point in enumerate(points) if whole.holds(*point)]
    view = around([points[at] for at in inside]) if len(inside) > 1 else whole
    pixel = view.width / WIDTH
    discs = [_Disc(*points[at], places[at][2], (at,)) for at in inside]
    while True:
        discs.sort(key=lambda disc: (-disc.number, disc.members))
        top = max((disc.number for disc in discs), default=0)
        kept: list[_Disc] = []
        for disc in discs:
            touched = [at for at, other in enumerate(kept) if disc.touches(other, top, pixel)]
            if touched:
                nearest = min(touched, key=lambda at: dist(kept[at][:2], disc[:2]))
                kept[nearest] = kept[nearest].with_(disc)
            else:
                kept.append(disc)
        if len(kept) == len(discs):
            break
        discs = kept
    groups = [
        Group(
            *unproject(disc.x, disc.y),
            disc.number,
            tuple(sorted(disc.members, key=lambda at: -places[at][2])),
        )
        for disc in discs
    ]
    return Gathered(groups, [at for at in range(len(places)) if at not in set(inside)], view)


class _Disc(NamedTuple):
    """A disc on the map, in its units, and the places it stands for."""

    x: float
    y: float
    number: int
    members: tuple[int, ...]

    def touches(self, other: _Disc, top: int, pixel: float) -> bool:
        """Whether they would lie on each other."""
        return dist(self[:2], other[:2]) < pixel * (
            radius(self.number, top) + radius(other.number, top) + GAP
        )

    def with_(self, other: _Disc) -> _Disc:
        """Both as one, at their common middle."""
        both = self.number + other.number
        share = other.number / both if both else 0.5
        x, y = self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share
        return _Disc(x, y, both, self.members + other.members)


def unproject(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude of a place on the map: what `project` turns round."""
    dx, dy = (x - _X_0) / _SCALE, _RHO_0 - (_Y_0 - y) / _SCALE
    rho = hypot(dx, dy)
    lat = asin(max(-1.0, min(1.0, (_C - (rho * _N) ** 2) / (2 * _N))))
    return degrees(lat), degrees(_LON_0 + atan2(dx, dy) / _N)
