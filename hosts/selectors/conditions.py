"""The filters of hosts as the database reads them; `sources` says the same of each card for the counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from ecett.core import clock
from hosts.enums import Offer
from hosts.models import Host, HostLanguage
from hosts.selectors.filtering import AGES, ALL_OF, NEVER, STEP_FREE, CardFilter, corner, country_of, narrower


def chosen_condition(wanted: CardFilter) -> Q:
    """What the chosen values leave, as `sources` counts them."""
    condition = Q()
    for kind, values in wanted.chosen.items():
        if values:
            condition &= _kind_condition(kind, values)
    return condition


def _kind_condition(kind: str, values: Sequence[str]) -> Q:
    if kind in _ANY_OF:
        return _any(_ANY_OF[kind](value) for value in values)
    if kind in ALL_OF:
        condition = Q()
        for value in values:
            condition &= _offered(value)
        return condition
    if kind == "expertise":
        about = Host.concepts.through.objects.filter(concept__code__in=narrower(kind, values))
        return Q(pk__in=about.values("host"))
    if kind in _EXTRA:
        return _EXTRA[kind]()
    conditions: dict[str, dict[str, Any]] = {
        "sector": {"sectors__overlap": list(values)},
        "target": {"target_groups__overlap": list(values)},
        "country": {"country__in": list(values)},
        "status": {"status__in": list(values)},
    }
    return Q(**conditions[kind])


def _any(conditions: Any) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


def _confirmed(value: str) -> Q:
    if value == NEVER:
        return Q(last_confirmed_on__isnull=True)
    since, until = AGES[value]
    today = clock.today()
    condition = Q(last_confirmed_on__lte=today - dt.timedelta(days=since)) if since else Q()
    if until is not None:
        condition &= Q(last_confirmed_on__gte=today - dt.timedelta(days=until))
    return condition


def _spoken(value: str) -> Q:
    code, _dash, level = value.partition("-")
    rows = HostLanguage.objects.filter(language=code)
    # A host that speaks two of them is one host.
    return Q(pk__in=(rows.filter(level__gte=level) if level else rows).values("host"))


def _offered(value: str) -> Q:
    return Q(step_free=True) if value == STEP_FREE else Q(**{f"{value}__in": [Offer.FREE, Offer.PRICE]})


def _in_area(value: str) -> Q:
    south, west = corner(value)
    return Q(
        country=country_of(value),
        latitude__gte=south,
        latitude__lt=south + 1,
        longitude__gte=west,
        longitude__lt=west + 1,
    )


_ANY_OF = {"fresh": _confirmed, "language": _spoken, "area": _in_area}
# Kinds that higher floors know of: {kind: condition}.
_EXTRA: dict[str, Any] = {}


def register_condition(kind: str, condition: Any) -> None:
    """Let a higher floor say which hosts carry a kind of its own; see `sources.register_rows`."""
    _EXTRA[kind] = condition
