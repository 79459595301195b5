"""Distance between two towns in a straight line over the globe.

Source: Erasmus+ distance bands; the radius is a decided reading.
"""

import math

#: Mean radius of the earth, km (decided reading; IUGG mean radius).
EARTH_RADIUS_KM = 6371.0088


def haversine_km(lat_1: float, lon_1: float, lat_2: float, lon_2: float) -> float:
    """Great-circle distance in km between two points in decimal degrees. ValueError outside the globe."""
    for lat, lon in ((lat_1, lon_1), (lat_2, lon_2)):
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValueError(f"no such place on the globe: {lat}, {lon}")
    phi_1, phi_2 = math.radians(lat_1), math.radians(lat_2)
    half_phi = (phi_2 - phi_1) / 2
    half_lambda = math.radians(lon_2 - lon_1) / 2
    chord = math.sin(half_phi) ** 2 + math.cos(phi_1) * math.cos(phi_2) * math.sin(half_lambda) ** 2
    # Rounding can carry opposite points a hair above 1.
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def floor_km(km: float) -> int:
    """Whole km for the choice of a band: bands are printed in whole km, so 99.6 km lies in 10-99."""
    return math.floor(km)
