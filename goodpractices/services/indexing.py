"""Which words and concepts find a practice. The index itself: `hosts.services.indexing`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Prefetch

from goodpractices.models import GoodPractice, PracticeTranslation
from hosts.services.indexing import BATCH, Entry, index_entries


def index_practices(ids: Collection[int] | None = None) -> int:
    """Make these practices (None: all) found by what they say now. Returns how many."""
    practices = (
        GoodPractice.objects.order_by("pk")
        .prefetch_related("concepts", "competences", published_translations())
        .defer("search", "marks")
    )
    if ids is not None:
        practices = practices.filter(pk__in=ids)
    return index_entries(
        GoodPractice, (_entry(practice) for practice in practices.iterator(chunk_size=BATCH))
    )


def practice_text(practice: GoodPractice) -> str:
    """The running text of a practice."""
    return "\n".join(filter(None, (_told(practice.texts()), practice.host_name, " ".join(practice.keywords))))


def published_translations() -> Prefetch:
    """For cards: the translations that anybody may read, in one question (``in_print``)."""
    return Prefetch("translations", queryset=PracticeTranslation.objects.published(), to_attr="in_print")


def translated_texts(practice: GoodPractice) -> tuple[tuple[str, str, str], ...]:
    """(language, title, running text) of each; the card comes with `published_translations`."""
    return tuple((one.language, one.title, _told(one.texts)) for one in practice.in_print)  # type: ignore[attr-defined]


def _told(texts: Mapping[str, str]) -> str:
    order = (
        "description", "objectives", "steps", "results", "resources", "transfer", "competences_text",
    )  # fmt: skip
    return "\n".join(text for name in order if (text := texts.get(name)))


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
        also=translated_texts(practice),
    )
