"""Which hosts lie near a place, and which take visitors at a time."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Q
from django.db.models.expressions import RawSQL

from hosts.enums import PeriodKind
from hosts.selectors.cardindex import unpacked
from hosts.selectors.filtering import Free, Near

# km, the mean radius of the Earth (domain.md §5).
EARTH = 6371.0088
_KM_A_DEGREE = EARTH * radians(1)
_DISTANCE = (
    f"2 * {EARTH} * asin(least(1, sqrt(power(sin(radians(latitude - %(lat)s) / 2), 2) + cos(radians(%(lat)s)) * "
    "cos(radians(latitude)) * power(sin(radians(longitude - %(lon)s) / 2), 2))))"
)
_METRES = f"round(1000 * {_DISTANCE})::bigint"
# The box is looked up in the index; the distance itself is asked of what lies in it.
_NEAR = (
    "latitude BETWEEN %(lat)s - %(up)s AND %(lat)s + %(up)s AND (%(aside)s >= 180 OR "
    "longitude BETWEEN %(lon)s - %(aside)s AND %(lon)s + %(aside)s OR "
    "longitude - 360 BETWEEN %(lon)s - %(aside)s AND %(lon)s + %(aside)s OR "
    "longitude + 360 BETWEEN %(lon)s - %(aside)s AND %(lon)s + %(aside)s) "
    f"AND {_DISTANCE} <= %(km)s"
)
# Closed on one of the days, or open at stated times that do not cover all of them. Periods that touch are one.
_TAKEN = f"""
    SELECT host_id FROM hosts_hostperiod GROUP BY host_id
    HAVING bool_or(kind = '{PeriodKind.CLOSED}' AND start <= %(last)s AND "end" >= %(first)s)
        OR (bool_or(kind = '{PeriodKind.OPEN}') AND NOT
            range_agg(daterange(start, "end", '[]')) FILTER (WHERE kind = '{PeriodKind.OPEN}')
            @> daterange(%(first)s, %(last)s, '[]'))
"""


def hosts_near(near: Near, *, listed: str) -> tuple[Sequence[int], Sequence[int]]:
    """(ids, metres) of the hosts within the radius, the nearest first. ``listed``: which hosts, in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(int8send(id), ''::bytea ORDER BY metres, id), "
            "string_agg(int8send(metres), ''::bytea ORDER BY metres, id) "
            f"FROM (SELECT id, {_METRES} AS metres "
            f"FROM hosts_host WHERE {listed} AND {_NEAR}) AS near",
            _numbers(near),
        )
        ids, metres = cursor.fetchone()
    return unpacked(ids), unpacked(metres)


def hosts_taken(free: Free) -> Sequence[int]:
    """Ids of the hosts that say they take nobody on one of the days."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT string_agg(int8send(host_id), ''::bytea) FROM ({_TAKEN}) AS taken",
            {"first": free.start, "last": free.end},
        )
        return unpacked(cursor.fetchone()[0])


def near_condition(near: Near) -> Q:
    """Hosts within the radius."""
    return Q(pk__in=_raw(f"SELECT id FROM hosts_host WHERE {_NEAR}", _numbers(near)))


def metres_from(near: Near) -> RawSQL:
    """How far a host lies from the place, in whole metres."""
    distance = _raw(_METRES, _numbers(near))
    distance.output_field = BigIntegerField()
    return distance


def room_condition(free: Free) -> Q:
    """Hosts that take so many on all the days, as far as they say."""
    small = Q(capacity__isnull=False, capacity__lt=free.people)
    return ~small & ~Q(pk__in=_raw(_TAKEN, {"first": free.start, "last": free.end}))


def _numbers(near: Near) -> dict[str, float]:
    up = near.km / _KM_A_DEGREE
    lat = near.town.latitude
    # Towards the poles a degree of longitude is short; a circle round a pole has all of them.
    narrowest = min(90.0, abs(lat) + up)
    aside = 180.0 if narrowest >= 89.9 else up / cos(radians(narrowest))
    return {"lat": lat, "lon": near.town.longitude, "km": float(near.km), "up": up, "aside": aside}


def _raw(query: str, values: dict[str, Any]) -> RawSQL:
    """A query with named parameters as one with places, as the ORM puts it into its own."""
    order: list[Any] = []

    class _Place(dict[str, Any]):
        def __missing__(self, name: str) -> str:
            order.append(values[name])
            return "%s"

    return RawSQL(query % _Place(), order)  # noqa: S611 - text of ours
