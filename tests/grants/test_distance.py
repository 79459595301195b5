import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.distance import EARTH_RADIUS_KM, floor_km, haversine_km

lats = st.floats(-90, 90)
lons = st.floats(-180, 180)


def test_haversine_known_trips():
    # Gent - Göteborg, Brussels - Paris, Lisbon - Saint-Denis de La Réunion
    assert haversine_km(51.05, 3.7167, 57.7072, 11.9668) == pytest.approx(911.6, abs=1)
    assert haversine_km(50.8503, 4.3517, 48.8566, 2.3522) == pytest.approx(264, abs=1)
    assert haversine_km(38.72, -9.14, -20.88, 55.45) > 8000


def test_floor_is_taken_before_the_band():
    assert floor_km(99.6) == 99
    assert floor_km(100.0) == 100


@pytest.mark.parametrize("place", [(91, 0), (-91, 0), (0, 181), (math.nan, 0)])
def test_haversine_refuses_places_outside_the_globe(place):
    with pytest.raises(ValueError, match="no such place"):
        haversine_km(*place, 0, 0)


@given(lats, lons, lats, lons)
def test_haversine_is_a_distance(lat_1, lon_1, lat_2, lon_2):
    there = haversine_km(lat_1, lon_1, lat_2, lon_2)
    assert there == pytest.approx(haversine_km(lat_2, lon_2, lat_1, lon_1), abs=1e-6)
    assert 0 <= there <= math.pi * EARTH_RADIUS_KM + 1e-6
    assert haversine_km(lat_1, lon_1, lat_1, lon_1) == 0
