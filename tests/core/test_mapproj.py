"""The map and the projection that places dots on it."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ecett.core import mapproj

ROOT = Path(__file__).resolve().parents[2]


def _outlines() -> list[list[tuple[float, float]]]:
    """The land of the sprite as polygons."""
    svg = (ROOT / "static/img/europe.svg").read_text()
    land = re.search(r'id="land" d="([^"]+)"', svg)
    assert land is not None
    outlines = []
    for part in land[1].split("M")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        x, y = numbers[0], numbers[1]
        outline = [(float(x), float(y))]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            outline.append((float(x), float(y)))
        outlines.append(outline)
    return outlines


def _on_land(lat: float, lon: float, outlines: list[list[tuple[float, float]]]) -> bool:
    px, py = mapproj.project(lat, lon)
    crossings = 0
    for outline in outlines:
        for (ax, ay), (bx, by) in zip(outline, outline[1:] + outline[:1], strict=True):
            if (ay > py) != (by > py) and px < ax + (py - ay) * (bx - ax) / (by - ay):
                crossings += 1
    return crossings % 2 == 1


def test_map_and_projection_are_in_step() -> None:
    outlines = _outlines()
    inland = {"Madrid": (40.4, -3.7), "Berlin": (52.5, 13.4), "Sofia": (42.7, 23.3), "Kiruna": (67.9, 20.2)}
    sea = {"North Sea": (56, 3), "Biscay": (45.5, -5), "Adriatic": (42.8, 15.5), "Baltic": (56.5, 18)}
    assert [name for name, place in inland.items() if not _on_land(*place, outlines)] == []
    assert [name for name, place in sea.items() if _on_land(*place, outlines)] == []


@given(st.floats(34, 71), st.floats(-10, 32))
def test_projection_goes_right_to_the_east_and_up_to_the_north(lat: float, lon: float) -> None:
    x, y = mapproj.project(lat, lon)
    assert mapproj.project(lat, lon + 0.5)[0] > x
    assert mapproj.project(lat + 0.5, lon)[1] < y


def test_clusters_lose_no_place() -> None:
    points = [(40 + n % 20, n % 25, "ABC"[n % 3]) for n in range(200)]
    groups = mapproj.cluster(points)
    assert sum(group.count for group in groups) == 200
    assert groups == mapproj.cluster(points)
    assert 1 < len(groups) < 200
