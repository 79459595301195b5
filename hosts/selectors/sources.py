"""Host cards as the index of facets reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ecett.core import clock
from hosts.enums import HostStatus, Moderation, Offer
from hosts.selectors.cardindex import Source
from hosts.selectors.filtering import AGES, EXPERTISE, NEVER, OFFERS, STEP_FREE, WORKING, implied

_OFFERED = f"IN ('{Offer.FREE}', '{Offer.PRICE}')"
# Partners first, then those who may become some (with a sector of ours before those without), then those who take
# nobody now.
STANDING = (
    f"CASE WHEN status = '{HostStatus.PARTNER}' THEN 0 WHEN status <> '{HostStatus.POTENTIAL}' THEN 3 "
    "WHEN cardinality(sectors) > 0 THEN 1 ELSE 2 END"
)
# More about hosts that only higher floors know: queries of (kind, value, id) of hosts among the ids of ``h``.
_more: dict[str, str] = {}


def register_rows(kind: str, query: str) -> None:
    """Let a higher floor say what hosts carry of a kind: a query of (kind, value, id) that joins ``h``."""
    _more[kind] = query
    _sources.clear()


def host_source() -> Source:
    """The published host cards."""
    if not _sources:
        _sources.append(_source())
    return _sources[0]


_sources: list[Source] = []


def _source() -> Source:
    ages = " ".join(
        f"UNION ALL SELECT 'fresh', '{name}', id FROM h WHERE last_confirmed_on <= %(today)s - {since}"
        + (f" AND last_confirmed_on >= %(today)s - {until}" if until is not None else "")
        for name, (since, until) in AGES.items()
        if since
    ) + " ".join(
        # A day in the future is a slip of the pen, and fresh.
        f" UNION ALL SELECT 'fresh', '{name}', id FROM h WHERE last_confirmed_on >= %(today)s - {until}"
        for name, (since, until) in AGES.items()
        if not since
    )
    offers = " ".join(
        f"UNION ALL SELECT 'offer', '{name}', id FROM h WHERE {name} {_OFFERED}" for name in OFFERS
    )
    more = " ".join(f"UNION ALL {query}" for query in _more.values())
    groups = ", ".join(f"'{group}'" for group in EXPERTISE)
    return Source(
        label="hosts.host",
        table="hosts_host",
        listed=f"moderation = '{Moderation.PUBLISHED}'",
        rows=f"""
            WITH h AS MATERIALIZED (
                SELECT id, country, status, sectors, target_groups, last_confirmed_on, step_free, meals,
                       transport, accommodation, capacity, latitude, longitude
                FROM hosts_host WHERE moderation = '{Moderation.PUBLISHED}' {{scope}})
            SELECT '' AS kind, '' AS value, id FROM h
            UNION ALL SELECT 'country', country, id FROM h
            UNION ALL SELECT 'status', status, id FROM h
            UNION ALL SELECT 'sector', unnest(sectors), id FROM h
            UNION ALL SELECT 'target', unnest(target_groups), id FROM h
            UNION ALL SELECT 'expertise', c.code, h.id FROM h JOIN hosts_host_concepts l ON l.host_id = h.id
                JOIN hosts_concept c ON c.id = l.concept_id WHERE c.scheme = 'ecett' AND c."group" IN ({groups})
            UNION ALL SELECT 'language', l.language, h.id FROM h JOIN hosts_hostlanguage l ON l.host_id = h.id
            UNION ALL SELECT 'language', l.language || '-{WORKING}', h.id
                FROM h JOIN hosts_hostlanguage l ON l.host_id = h.id WHERE l.level >= '{WORKING}'
            UNION ALL SELECT 'fresh', '{NEVER}', id FROM h WHERE last_confirmed_on IS NULL
            {ages} {offers}
            UNION ALL SELECT 'offer', '{STEP_FREE}', id FROM h WHERE step_free
            UNION ALL SELECT 'room', COALESCE(capacity::text, ''), id FROM h
            UNION ALL SELECT 'area', {AREA}, id FROM h WHERE latitude < 90 AND longitude < 180
            {more}
            """,
        orders={
            "liked": f"{STANDING}, last_confirmed_on DESC NULLS LAST, sort_name, id",
            "name": "sort_name, id",
            "fresh": "last_confirmed_on DESC NULLS LAST, sort_name, id",
        },
        parameters=_parameters,
        above=implied,
    )


# The square of one degree in which a card lies, and its country, as ``filtering.corner`` reads it.
AREA = (
    "country || '-' || "
    "CASE WHEN latitude >= 0 THEN 'N' ELSE 'S' END || lpad(abs(floor(latitude))::int::text, 2, '0') || "
    "CASE WHEN longitude >= 0 THEN 'E' ELSE 'W' END || lpad(abs(floor(longitude))::int::text, 3, '0')"
)


def _parameters() -> Mapping[str, Any]:
    return {"today": clock.today()}
