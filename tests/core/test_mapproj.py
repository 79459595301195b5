"""The map and the projection that places dots on it."""

import re
from itertools import combinations
from math import dist
from pathlib import Path

import pytest
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


@given(st.floats(30, 72), st.floats(-20, 45))
def test_place_on_the_map_is_found_again(lat: float, lon: float) -> None:
    assert mapproj.unproject(*mapproj.project(lat, lon)) == pytest.approx((lat, lon), abs=1e-6)


places = st.lists(st.tuples(st.floats(-60, 80), st.floats(-179, 179), st.integers(1, 5000)), max_size=40)


@given(places | st.lists(st.tuples(st.floats(48, 52), st.floats(2, 7), st.integers(1, 50)), max_size=60))
def test_discs_lose_no_place_and_do_not_lie_over_each_other(
    given_places: list[tuple[float, float, int]],
) -> None:
    found = mapproj.gather(given_places)
    members = [at for group in found.groups for at in group.members]
    assert sorted([*members, *found.outside]) == list(range(len(given_places)))
    for group in found.groups:
        assert group.count == sum(given_places[at][2] for at in group.members)
    top = max((group.count for group in found.groups), default=0)
    pixel = found.view.width / mapproj.WIDTH
    for one, other in combinations(found.groups, 2):
        apart = dist(
            mapproj.project(one.latitude, one.longitude), mapproj.project(other.latitude, other.longitude)
        )
        assert apart > pixel * (mapproj.radius(one.count, top) + mapproj.radius(other.count, top))


def test_places_beyond_europe_are_outside_the_map() -> None:
    found = mapproj.gather([(50.8, 4.4, 3), (-20.2, 57.5, 2)])
    assert ([group.members for group in found.groups], found.outside) == ([(0,)], [1])
