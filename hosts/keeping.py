"""Searches of hosts that people keep."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import parse_qs

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecett.accounts.searches import FoundCard, SearchKind, Values
from hosts.selectors.filtering import read_filter
from hosts.selectors.listing import first_of, found_ids
from hosts.wording import place_of, say_why


def _read(values: Values) -> str | None:
    wanted = read_filter(values)
    return None if wanted.nothing else wanted.address()


def _find(address: str, language: str) -> Collection[int]:
    return found_ids(read_filter(parse_qs(address)), language=language)


def _cards(ids: Collection[int], address: str, language: str, limit: int) -> list[FoundCard]:
    wanted = read_filter(parse_qs(address))
    return [
        FoundCard(
            card.name,
            place_of(card.city, card.country),
            " · ".join(map(say_why, why)),
            reverse("hosts:host_detail", args=[card.public_id]),
        )
        for card, why in first_of(ids, wanted, language=language, limit=limit)
    ]


HOST_SEARCH = SearchKind("host", _("Hosts"), "hosts:host_list", _read, _find, _cards)
