"""One good practice and what stands around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from goodpractices.enums import PracticeState
from goodpractices.models import GoodPractice, GoodPracticeLog, PracticeAuthor
from goodpractices.services.indexing import published_translations
from hosts.models import Host

CHAPTERS = (
    ("objectives", gettext_lazy("Objectives")),
    ("steps", gettext_lazy("Steps")),
    ("resources", gettext_lazy("Resources needed")),
    ("results", gettext_lazy("Results and evidence")),
    ("transfer", gettext_lazy("To make it work elsewhere")),
)
RELATED = 4
# Among so many that share most concepts the best ones are chosen.
LOOKED_AT = 60
OF_HOST = 20


def practice_for_page(user: Any, public_id: str) -> GoodPractice | None:
    """The card with what its page shows, if this person may read it."""
    authors = PracticeAuthor.objects.select_related("user").order_by("role", "pk")
    return (
        GoodPractice.objects.visible_to(user)
        .filter(public_id=public_id)
        .select_related("host")
        .prefetch_related("concepts", "competences", Prefetch("authors", authors), published_translations())
        .defer("search", "marks")
        .first()
    )


def practice_in_print(pk: int) -> GoodPractice:
    """The card with what its paper says."""
    authors = PracticeAuthor.objects.select_related("user").order_by("role", "pk")
    return (
        GoodPractice.objects.select_related("host")
        .prefetch_related("concepts", "competences", Prefetch("authors", authors), published_translations())
        .defer("search", "marks")
        .get(pk=pk)
    )


def withdrawal_of(public_id: str) -> GoodPracticeLog | None:
    """When and why a card was withdrawn, for its address; None for cards that were not."""
    rows = GoodPracticeLog.objects.filter(
        subject__public_id=public_id, subject__state=PracticeState.WITHDRAWN, step="withdraw"
    )
    return rows.select_related("subject").order_by("-pk").first()


def taken_back(public_id: str) -> GoodPracticeLog | None:
    """When the helpdesk took a card back that everybody could read; None for cards that are shown or never were."""
    rows = GoodPracticeLog.objects.filter(
        subject__public_id=public_id,
        step="reopen",
        from_state__in=(PracticeState.PUBLISHED, PracticeState.WITHDRAWN),
    ).exclude(subject__state__in=(PracticeState.PUBLISHED, PracticeState.WITHDRAWN))
    return rows.select_related("subject").order_by("-pk").first()


def chapters_of(texts: Mapping[str, str]) -> list[tuple[Promise, str]]:
    """What stands below the description: (label, text) of each chapter that is written."""
    return [(label, texts[name]) for name, label in CHAPTERS if texts.get(name)]


def authors_of(practice: GoodPractice) -> str:
    """Who wrote it, as printed."""
    return practice.author_name or ", ".join(row.user.get_full_name() for row in practice.authors.all())


@dataclass(frozen=True)
class Similar:
    """Another practice and what both are about: codes of concepts and target groups, at least one."""

    practice: GoodPractice
    shared: tuple[str, ...]


def similar_practices(practice: GoodPractice) -> list[Similar]:
    """A few published practices about the same, those that share most first; two questions however many there are.

    ``practice`` comes from `practice_for_page`: its concepts are read already.
    """
    codes = {concept.pk: concept.code for concept in practice.concepts.all()}
    fields = (
        "public_id", "title", "city", "country", "host_name", "language", "sort_title", "sectors", "target_groups",
    )  # fmt: skip
    cards = list(
        GoodPractice.objects.published()
        .filter(concepts__in=codes)
        .exclude(pk=practice.pk)
        .annotate(number=Count("pk"))
        .order_by("-number", "-pk")
        .only(*fields)[:LOOKED_AT]
    )
    shared: dict[int, list[str]] = {card.pk: [] for card in cards}
    link = GoodPractice.concepts.through
    pairs = link.objects.filter(goodpractice__in=list(shared), concept__in=codes).order_by("concept")
    for pk, concept in pairs.values_list("goodpractice", "concept"):
        shared[pk].append(codes[concept])
    found = []
    for card in cards:
        groups = [code for code in practice.target_groups if code in card.target_groups]
        same_sector = bool(set(card.sectors) & set(practice.sectors))
        found.append(
            (len(shared[card.pk]) * 2 + len(groups) + same_sector, card, (*shared[card.pk], *groups))
        )
    found.sort(key=lambda row: (-row[0], row[1].language != practice.language, row[1].sort_title, row[1].pk))
    return [Similar(card, tuple(dict.fromkeys(both))) for _score, card, both in found[:RELATED]]


def practices_of_host(host: Host) -> list[GoodPractice]:
    """The published practices seen at a host, newest first."""
    rows = GoodPractice.objects.published().filter(host=host)
    return list(
        rows.only("public_id", "title", "kind", "published_at", "language").order_by("-published_at")[
            :OF_HOST
        ]
    )


def own_practices(user: Any) -> QuerySet[GoodPractice]:
    """The cards she wrote, latest first."""
    return GoodPractice.objects.filter(authors__user=user).order_by("-changed_at").defer("search", "marks")
