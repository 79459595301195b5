"""Searches of good practices that people keep."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import parse_qs

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecett.accounts.searches import FoundCard, SearchKind, Values
from goodpractices.selectors.listing import first_of, found_ids, read_practice_filter
from hosts.wording import place_of, say_why


def _read(values: Values) -> str | None:
    wanted = read_practice_filter(values)
    return None if wanted.nothing else wanted.address()


def _find(address: str, language: str) -> Collection[int]:
    return found_ids(read_practice_filter(parse_qs(address)), language=language)


def _cards(ids: Collection[int], address: str, language: str, limit: int) -> list[FoundCard]:
    wanted = read_practice_filter(parse_qs(address))
    return [
        FoundCard(
            card.title,
            place_of(card.host_name, card.city, card.country),
            " · ".join(map(say_why, why)),
            reverse("goodpractices:practice_detail", args=[card.public_id]),
        )
        for card, why in first_of(ids, wanted, language=language, limit=limit)
    ]


PRACTICE_SEARCH = SearchKind(
    "practice", _("Good practices"), "goodpractices:practice_list", _read, _find, _cards
)
