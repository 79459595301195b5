"""Which words and concepts find a practice. The index itself: `hosts.services.indexing`."""

from __future__ import annotations

from collections.abc import Collection

from goodpractices.models import GoodPractice
from hosts.services.indexing import BATCH, Entry, index_entries


def index_practices(ids: Collection[int] | None = None) -> int:
    """Make these practices (None: all) found by what they say now. Returns how many."""
    practices = (
        GoodPractice.objects.order_by("pk")
        .prefetch_related("concepts", "competences")
        .defer("search", "marks")
    )
    if ids is not None:
        practices = practices.filter(pk__in=ids)
    return index_entries(
        GoodPractice, (_entry(practice) for practice in practices.iterator(chunk_size=BATCH))
    )


def practice_text(practice: GoodPractice) -> str:
    """The running text of a practice."""
    parts = (
        practice.description,
        practice.objectives,
        practice.steps,
        practice.results,
        practice.resources,
        practice.transfer,
        practice.competences_text,
        practice.host_name,
        " ".join(practice.keywords),
    )
    return "\n".join(filter(None, parts))


def _entry(practice: GoodPractice) -> Entry:
    chosen = [concept.code for concept in (*practice.concepts.all(), *practice.competences.all())]
    return Entry(
        pk=practice.pk,
        title=practice.title,
        text=practice_text(practice),
        city=practice.city,
        country=str(practice.country),
        language=practice.language,
        concepts=(*practice.sectors, *practice.target_groups, *chosen),
    )
