"""Draws static/img/europe.svg: land and borders as two shapes that pages point to with <use>.

Run once, when the look of the map should change (the result is committed):

    npm pack world-atlas@2 && tar xzf world-atlas-*.tgz
    python static/src/make_map.py package/countries-50m.json

The source is Natural Earth 1:50m (public domain) as TopoJSON. Projection and window: ecett/core/mapproj.py.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from ecett.core.mapproj import BOXES, project  # noqa: E402

Point = tuple[float, float]
BOX = BOXES["sprite"]
TOLERANCE = 1.1  # map units a simplified line may lie off
SMALLEST = 9.0  # islands under this many square units are left out
# Countries between which no border is drawn would be a political statement; all borders of the source are
# drawn.


def decode(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs as longitude and latitude."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def near_europe(points: list[Point]) -> bool:
    """Far places would fold over in a conic projection: leave them out before it."""
    return any(-35 < lon < 75 and 22 < lat < 80 for lon, lat in points)


def simplify(points: list[Point], tolerance: float) -> list[Point]:
    """Douglas-Peucker; the ends stay, so that lines that met still meet."""
    if len(points) < 3:
        return points
    keep = {0, len(points) - 1}
    todo = [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        worst, where = 0.0, -1
        for place in range(first + 1, last):
            px, py = points[place]
            off = (
                abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length
                if length
                else ((px - ax) ** 2 + (py - ay) ** 2) ** 0.5
            )
            if off > worst:
                worst, where = off, place
        if worst > tolerance:
            keep.add(where)
            todo += [(first, where), (where, last)]
    return [points[place] for place in sorted(keep)]


def ring(indexes: list[int], arcs: list[list[Point]]) -> list[Point]:
    """A closed outline from its arcs; a negative index means the arc backwards."""
    points: list[Point] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def clip(points: list[Point]) -> list[Point]:
    """The part of a polygon inside the window (Sutherland-Hodgman)."""
    left, top, right, bottom = BOX.x, BOX.y, BOX.x + BOX.width, BOX.y + BOX.height
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        out: list[Point] = []
        for place, here in enumerate(points):
            before = points[place - 1]
            inside, was_inside = sign * (here[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
            if inside != was_inside:
                share = (limit - before[axis]) / (here[axis] - before[axis])
                out.append(
                    (before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1]))
                )
            if inside:
                out.append(here)
        points = out
        if not points:
            return []
    return points


def area(points: list[Point]) -> float:
    """The area of a polygon, in square units."""
    return (
        abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True))) / 2
    )


def path(points: list[Point], closed: bool) -> str:
    """SVG path data in whole units, relative steps: the shortest."""
    rounded = [(round(x), round(y)) for x, y in points]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(rounded)]
    body = "".join(f"{dx}{'' if dy < 0 else ' '}{dy}{'|'}" for dx, dy in steps if dx or dy)
    body = body.rstrip("|").replace("|-", "-").replace("|", " ")
    if not body:
        return ""
    return f"M{rounded[0][0]} {rounded[0][1]}l{body}{'z' if closed else ''}"


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else []


def main(source: str) -> None:
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    raw = decode(topology)
    kept = [near_europe(arc) for arc in raw]
    arcs = [
        simplify([project(lat, lon) for lon, lat in arc], TOLERANCE) if ok else []
        for arc, ok in zip(raw, kept, strict=True)
    ]

    land = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in polygons(geometry):
            for indexes in polygon:
                if not any(kept[index if index >= 0 else ~index] for index in indexes):
                    continue
                outline = clip(ring(indexes, arcs))
                if outline and area(outline) >= SMALLEST:
                    land.append(path(outline, closed=True))

    owners: dict[int, set[int]] = {}
    for number, geometry in enumerate(topology["objects"]["countries"]["geometries"]):
        for polygon in polygons(geometry):
            for indexes in polygon:
                for index in indexes:
                    owners.setdefault(index if index >= 0 else ~index, set()).add(number)
    borders = []
    for index, countries in sorted(owners.items()):
        line = arcs[index]
        if len(countries) > 1 and any(BOX.holds(*point) for point in line):
            borders.append(path(line, closed=False))

    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{BOX.viewbox}">'
        f'<path id="land" d="{"".join(land)}"/><path id="borders" d="{"".join(borders)}"/></svg>\n'
    )
    target = ROOT / "static" / "img" / "europe.svg"
    target.write_text(svg, encoding="utf-8")
    print(f"{target.relative_to(ROOT)}: {len(svg) / 1024:.1f} kB")


if __name__ == "__main__":
    main(sys.argv[1])
