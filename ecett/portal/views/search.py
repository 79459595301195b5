"""One search for both databases: the best hosts and good practices side by side, each leading to its own list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ecett.core.permissions import public_view
from goodpractices.selectors import practice_page, read_practice_filter
from goodpractices.selectors.translations import titles_for
from goodpractices.wording import LEVELS
from hosts.forms import reader
from hosts.search import Query
from hosts.selectors import host_page, read_filter
from hosts.views import lists
from hosts.wording import sector_names

# Of each kind the first are shown; its own list has the rest.
FIRST = 6
# What a list is narrowed by most often, and so many values of it.
NARROW = ("sector", "country")
VALUES = 4


@public_view
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Words in any language; without words only the field."""
    asked = {"q": request.GET.getlist("q")[:1]}
    wanted, told = read_filter(asked), read_practice_filter(asked)
    context: dict[str, Any] = {"q": wanted.q}
    if wanted.q:
        hosts = host_page(wanted, language=reader(), size=FIRST)
        practices = practice_page(told, language=reader(), size=FIRST)
        wordings = titles_for(practices.practices, reader())
        context |= {
            "hosts": hosts,
            "host_rows": [
                {
                    "card": host,
                    "place": lists.place_of(host.city, host.country),
                    "sectors": sector_names(host.sectors),
                    "why": lists.reasons(hosts.why.get(host.pk, ())),
                }
                for host in hosts.hosts
            ],
            "host_links": _narrower("hosts:host_list", wanted.q, hosts.listing.counts)
            if hosts.total > FIRST
            else [],
            "practices": practices,
            "practice_rows": [
                {
                    "card": card,
                    "place": lists.place_of(card.host_name, card.city, card.country),
                    "sectors": sector_names(card.sectors),
                    "why": lists.reasons(practices.why.get(card.pk, ())),
                    "wording": wordings[card.pk],
                    "level": LEVELS[card.evidence_level],
                }
                for card in practices.practices
            ],
            "practice_links": _narrower("goodpractices:practice_list", wanted.q, practices.listing.counts)
            if practices.total > FIRST
            else [],
            "corrections": _both(hosts.listing.query, practices.listing.query),
        }
    return render(request, "portal/search.html", context)


def _both(one: Query, other: Query) -> list[dict[str, str]]:
    """Words read as mistypings in both databases: one that only one of them lacks was typed well."""
    strange = {row["typed"] for row in lists.corrections(other)}
    return [row for row in lists.corrections(one) if row["typed"] in strange]


def _narrower(url_name: str, q: str, counts: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    """Links into the list of one kind, narrowed to what most of the cards found have."""
    url = reverse(url_name)
    return [
        {
            "label": lists.value_label(kind, value),
            "count": number,
            "url": f"{url}?{urlencode({'q': q, kind: value})}",
        }
        for kind in NARROW
        for value, number in sorted(counts.get(kind, {}).items(), key=lambda item: (-item[1], item[0]))[
            :VALUES
        ]
    ]
