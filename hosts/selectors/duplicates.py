"""Which cards may speak of one team: facts of all cards, those like a new one, and the desk's list of pairs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Count, Q, QuerySet

from ecett.core.search import sort_key
from hosts.duplicates import Facts, Likeness, compare, prepare, town_of
from hosts.models import DuplicatePair, DuplicateSearch, Host, HostMerge
from hosts.models.duplicate import PairState
from hosts.models.host import STANDING
from hosts.models.relations import relations

FIELDS = (
    "pk", "name", "city", "country", "address", "postcode", "latitude", "longitude", "website",
    "spokesperson_email",
)  # fmt: skip
# From here on an author is asked whether her new card is this one; she knows, so the line is lower than the desk's.
ASK = 0.6
MOST_ASKED = 3
# About two kilometres, in degrees of latitude.
BESIDE = 0.02
SIMILAR = 0.5
MOST_COMPARED = 500


@dataclass(frozen=True)
class Alike:
    """A card that may be the same as the one at hand."""

    host: Host
    likeness: Likeness


def all_facts() -> list[Facts]:
    """What is known of every card that stands for itself and has a name. One query; keys are the cards' numbers."""
    rows = Host.objects.filter(moderation__in=STANDING).exclude(name="").order_by("pk").values_list(*FIELDS)
    return [_facts(row) for row in rows.iterator(chunk_size=5_000)]


def facts_of(host: Host) -> Facts:
    """What is known of one card, saved or not."""
    return _facts(tuple(getattr(host, name) for name in FIELDS))


def alike(
    facts: Facts,
    *,
    among: QuerySet[Host] | None = None,
    but: Iterable[int] = (),
    least: float = ASK,
    most: int = MOST_ASKED,
) -> list[Alike]:
    """The cards most like this one, the likeliest first. Four queries, whatever the number of cards.

    Looked at: cards of the country in the same town (by any of its names), beside it on the map, with the same website
    or e-mail, or with a similar name. ``among``: those that the asker may see.
    """
    ours = prepare(facts)
    if not facts.country or not ours.words:
        return []
    cards = Host.objects.all() if among is None else among
    standing = cards.filter(moderation__in=STANDING, country=facts.country).exclude(pk__in=list(but))
    towns = standing.order_by().values_list("city", flat=True).distinct()
    wanted = Q(city__in=[city for city in towns if ours.town & town_of(city)])
    if facts.latitude is not None and facts.longitude is not None:
        wanted |= Q(
            latitude__range=(facts.latitude - BESIDE, facts.latitude + BESIDE),
            longitude__range=(facts.longitude - 2 * BESIDE, facts.longitude + 2 * BESIDE),
        )
    if ours.website:
        wanted |= Q(website__icontains=ours.website)
    if ours.email:
        wanted |= Q(spokesperson_email__iexact=ours.email)
    close = standing.annotate(close=TrigramSimilarity("sort_name", sort_key(facts.name)))
    rows = {
        row[0]: row
        for query in (close.filter(wanted), close.filter(close__gte=SIMILAR))
        for row in query.order_by("-close", "pk").values_list(*FIELDS)[:MOST_COMPARED]
    }
    found = [(compare(ours, prepare(_facts(row))), pk) for pk, row in rows.items()]
    best = sorted(
        (pair for pair in found if pair[0].score >= least), key=lambda pair: (-pair[0].score, pair[1])
    )[:most]
    hosts = Host.objects.defer("search", "marks").in_bulk([pk for _likeness, pk in best])
    return [Alike(hosts[pk], likeness) for likeness, pk in best if pk in hosts]


def pairs_visible_to(user: Any) -> QuerySet[DuplicatePair]:
    """The pairs of cards that still stand both for themselves, with the two cards."""
    return (
        DuplicatePair.objects.visible_to(user)
        .filter(first__moderation__in=STANDING, second__moderation__in=STANDING)
        .select_related("first", "second")
        .defer("first__search", "first__marks", "second__search", "second__marks")
    )


def open_pairs(user: Any) -> QuerySet[DuplicatePair]:
    """What the desk has not settled yet, the likeliest first."""
    return pairs_visible_to(user).filter(state=PairState.OPEN)


def pair_of(one: Host, other: Host) -> DuplicatePair | None:
    """The row of two cards, in whichever order."""
    first, second = sorted((one.pk, other.pk))
    return DuplicatePair.objects.filter(first=first, second=second).first()


def pairs_of_card(user: Any, host: Host) -> list[DuplicatePair]:
    """What the desk has not settled of one card."""
    return list(open_pairs(user).filter(Q(first=host) | Q(second=host))[:MOST_COMPARED])


def told_apart_from(host: Host) -> set[int]:
    """The numbers of the cards of which somebody said that they are other teams than this one."""
    said = DuplicatePair.objects.filter(Q(first=host) | Q(second=host), state=PairState.DIFFERENT)
    return {pk for pair in said.values_list("first", "second") for pk in pair} - {host.pk}


def countries_of(pairs: QuerySet[DuplicatePair]) -> list[tuple[str, int]]:
    """(country, pairs) of a list, for its filter. One query."""
    rows = pairs.order_by().values_list("first__country").annotate(n=Count("pk"))
    return sorted((str(country), number) for country, number in rows)


def last_search() -> DuplicateSearch | None:
    """The run of the finder that was asked for last."""
    return DuplicateSearch.objects.first()


def standing_merges(survivor: Host) -> list[HostMerge]:
    """The merges into this card that may be undone, the last first."""
    return list(
        HostMerge.objects.filter(survivor=survivor, undone_at__isnull=True)
        .select_related("loser", "merged_by")
        .defer("loser__search", "loser__marks")
    )


def moving_with(hosts: Iterable[Host]) -> dict[int, dict[type[models.Model], int]]:
    """{host: {model: how many rows}} of all that would move with a merge. One query a relation, whatever the cards."""
    ids = [host.pk for host in hosts]
    found: dict[int, dict[type[models.Model], int]] = {pk: {} for pk in ids}
    for _name, key in relations():
        rows = key.model._base_manager.filter(**{f"{key.name}__in": ids}).order_by()
        for pk, many in rows.values_list(key.attname).annotate(n=Count("pk")):
            found[pk][_kind(key)] = found[pk].get(_kind(key), 0) + many
    return found


def _kind(key: models.ForeignKey[Any, Any]) -> type[models.Model]:
    """What the rows of a relation are; of a list field (many to many) the things in the list."""
    if not key.model._meta.auto_created:
        return key.model
    return next(
        field.related_model
        for field in key.model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.name != key.name
    )


def _facts(row: tuple[Any, ...]) -> Facts:
    pk, name, city, country, *rest = row
    address, postcode, latitude, longitude, website, email = rest
    return Facts(
        key=f"{pk or 0:012}",
        name=name,
        city=city,
        country=str(country),
        address=address,
        postcode=postcode,
        latitude=latitude,
        longitude=longitude,
        website=website,
        email=email,
    )
