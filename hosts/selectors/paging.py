"""The list of hosts in pages that begin after a card: for programmes, which read lists to their end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ecett.core.keyset import Key, page_after
from hosts.models import Host
from hosts.search import Query
from hosts.selectors.filtering import CardFilter
from hosts.selectors.listing import STANDING, Listing, filtered_hosts
from hosts.selectors.nearby import metres_from
from hosts.selectors.ranking import ranked
from hosts.selectors.searching import by_index

# The public id parts cards of one name: nothing else of a card's place is told to the outside.
_NAME = (Key("sort_name"), Key("public_id"))
_CONFIRMED = Key("last_confirmed_on", "day", down=True, empty=True)
LIKED = (Key("standing"), _CONFIRMED, *_NAME)


@dataclass(frozen=True)
class Sequel:
    """Cards in a row, and what the next ones begin after; None after the last."""

    rows: Sequence[Any]
    after: Sequence[Any] | None


def host_keys(wanted: CardFilter, query: Query) -> tuple[Key, ...]:
    """By what the list is ordered."""
    if wanted.sort == "name":
        return _NAME
    if wanted.sort == "fresh":
        return (_CONFIRMED, *_NAME)
    if wanted.sort == "distance":
        return (Key("metres"), *_NAME)
    return (Key("rank", down=True), *LIKED) if query.condition else LIKED


def hosts_after(
    wanted: CardFilter,
    listing: Listing,
    keys: Sequence[Key],
    values: Sequence[Any] | None,
    *,
    size: int,
    rows: QuerySet[Host],
) -> Sequel:
    """The next hosts of a list, each with ``metres`` where a place was named and ``rank`` where words were.
    ``rows``: the cards as they are to be read.
    """
    found = rows.filter(pk__in=filtered_hosts(wanted, listing).order_by().values("pk"))
    names = {key.name for key in keys}
    if "standing" in names:
        found = found.annotate(standing=STANDING)
    if wanted.near:
        found = found.annotate(metres=metres_from(wanted.near))
    if not listing.query.condition:
        return Sequel(*page_after(found, keys, values, size=size))
    with by_index():
        return Sequel(*page_after(ranked(found, listing.query), keys, values, size=size))
