"""The list of good practices in pages that begin after a card; as `hosts.selectors.paging`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from ecett.core.keyset import Key, page_after
from goodpractices.models import GoodPractice
from goodpractices.selectors.listing import Listing, filtered_practices
from hosts.search import Query
from hosts.selectors.filtering import CardFilter
from hosts.selectors.paging import Sequel
from hosts.selectors.ranking import ranked
from hosts.selectors.searching import by_index

_TITLE = (Key("sort_title"), Key("public_id"))
NEWEST = (Key("published_at", "moment", down=True, empty=True), *_TITLE)


def practice_keys(wanted: CardFilter, query: Query) -> tuple[Key, ...]:
    """By what the list is ordered."""
    if wanted.sort == "title":
        return _TITLE
    return (Key("rank", down=True), *NEWEST) if wanted.sort == "relevance" and query.condition else NEWEST


def practices_after(
    wanted: CardFilter,
    listing: Listing,
    keys: Sequence[Key],
    values: Sequence[Any] | None,
    *,
    size: int,
    rows: QuerySet[GoodPractice],
) -> Sequel:
    """The next practices of a list, each with ``rank`` where words were. ``rows``: the cards as they are to be read."""
    found = rows.filter(pk__in=filtered_practices(wanted, listing).order_by().values("pk"))
    if not listing.query.condition:
        return Sequel(*page_after(found, keys, values, size=size))
    with by_index():
        return Sequel(*page_after(ranked(found, listing.query), keys, values, size=size))
