"""The filters of the list of hosts, as they stand in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from django_countries import countries

from ecett.core.languages import CODES as LANGUAGES
from hosts.enums import HostStatus, Sector
from hosts.thesaurus import default

FRESH_YEAR = "year"
SORTS = ("relevance", "name", "fresh")
# Names in the address, in the order of the page.
KINDS = ("sector", "country", "target", "language", "status", "fresh")
MAX_QUERY = 600


@dataclass(frozen=True)
class CardFilter:
    """What a list is narrowed to. ``chosen``: {kind: values}, all of them known; ``unknown``: (kind, value)
    pairs.

    A value nobody knows leaves no card: showing everything instead would mislead.
    """

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[tuple[str, str], ...] = ()
    sort: str = "relevance"

    @property
    def active(self) -> int:
        """How many values are chosen."""
        return sum(len(values) for values in self.chosen.values()) + len(self.unknown)

    def canonical(self) -> str:
        """The same text for the same question, however it was typed."""
        parts = [
            f"{kind}={','.join(sorted(values))}" for kind, values in sorted(self.chosen.items()) if values
        ]
        return "&".join((f"q={' '.join(self.q.split())}", *parts, f"sort={self.sort}"))


@cache
def known_values(kind: str) -> frozenset[str]:
    """The values a kind of filter may have."""
    groups = (concept.code for concept in default().scheme("target_groups"))
    table: dict[str, frozenset[str]] = {
        "sector": frozenset(Sector.values),
        "country": frozenset(code for code, _name in countries),
        "target": frozenset(groups),
        "language": frozenset(LANGUAGES),
        "status": frozenset(HostStatus.values),
        "fresh": frozenset({FRESH_YEAR}),
    }
    return table[kind]


def read_filter(
    values: Mapping[str, Sequence[str]],
    *,
    kinds: Sequence[str] = KINDS,
    sorts: Sequence[str] = SORTS,
    known: Mapping[str, frozenset[str]] | None = None,
) -> CardFilter:
    """The filter of an address: {name: values}. Other names are left alone (pages, formats); empty values say
    nothing.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    unknown = []
    for kind in kinds:
        allowed = known[kind] if known and kind in known else known_values(kind)
        given = [_spelling(kind, value.strip()) for value in values.get(kind, ()) if value.strip()]
        chosen[kind] = tuple(dict.fromkeys(value for value in given if value in allowed))
        unknown += [(kind, value[:60]) for value in dict.fromkeys(given) if value not in allowed]
    q = next(iter(values.get("q", ())), "")[:MAX_QUERY].replace("\x00", "").strip()
    sort = next(iter(values.get("sort", ())), "")
    return CardFilter(q, chosen, tuple(unknown), sort if sort in sorts else sorts[0])


def _spelling(kind: str, value: str) -> str:
    if kind == "country":
        return {"EL": "GR", "UK": "GB"}.get(value.upper(), value.upper())
    return value
