"""The front page: for visitors what ECETT is, for everybody else what needs them now."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ecett.accounts.models import User
from ecett.core import todo
from ecett.core.permissions import public_view
from ecett.portal.quick import quick_links
from ecett.portal.seeding.accounts import ACCOUNTS, PASSWORD, account_of
from ecett.portal.selectors.desks import desks
from ecett.portal.selectors.figures import figures
from ecett.portal.selectors.story import story

# More than a person reads at once; the lists of her room have them all.
SHOWN = 50
# Pairs that meet at a host, for the map: (latitude, longitude, name, where the name stands).
PAIRS = (
    ((57.71, 11.97, "Göteborg"), (51.05, 3.72, "Gent", "before"), (50.47, 4.87, "Namur", "below")),
    ((38.72, -9.14, "Lisboa", "below"), (53.35, -6.26, "Dublin", "before"), (40.42, -3.70, "Madrid")),
    ((44.49, 11.34, "Bologna", "below"), (54.35, 18.65, "Gdańsk"), (45.81, 15.98, "Zagreb")),
)


@public_view
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Public home or the person's own."""
    return own_home(request) if request.user.is_authenticated else welcome(request)


def welcome(request: HttpRequest) -> HttpResponse:
    """What ECETT is, in live figures, with the demo accounts where there are any."""
    context = {
        "figures": figures(),
        "story": story(get_language() or settings.LANGUAGE_CODE),
        "desks": desks(),
        "pairs": PAIRS,
        "accounts": ACCOUNTS if settings.DEMO_MODE else (),
        "password": PASSWORD,
    }
    return render(request, "portal/welcome.html", context)


def own_home(request: HttpRequest) -> HttpResponse:
    """What waits for this person in the role she has on, oldest first; then what she waits for."""
    user = cast(User, request.user)
    items = todo.todos(user)
    mine = [item for item in items if item.mine]
    others = [item for item in items if not item.mine]
    context = {
        "mine": mine[:SHOWN],
        "others": others[:SHOWN],
        "more": max(0, len(mine) - SHOWN),
        "links": quick_links(user.role),
        "account": account_of(user) if settings.DEMO_MODE else None,
    }
    return render(request, "portal/home.html", context)
