"""One good practice and what stands around it."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Prefetch, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from goodpractices.enums import PracticeState
from goodpractices.models import GoodPractice, GoodPracticeLog, PracticeAuthor
from hosts.models import Host

CHAPTERS = (
    ("objectives", gettext_lazy("Objectives")),
    ("steps", gettext_lazy("Steps")),
    ("resources", gettext_lazy("Resources needed")),
    ("results", gettext_lazy("Results and evidence")),
    ("transfer", gettext_lazy("To make it work elsewhere")),
)
RELATED = 4
OF_HOST = 20


def practice_for_page(user: Any, public_id: str) -> GoodPractice | None:
    """The card with what its page shows, if this person may read it."""
    authors = PracticeAuthor.objects.select_related("user").order_by("role", "pk")
    return (
        GoodPractice.objects.visible_to(user)
        .filter(public_id=public_id)
        .select_related("host")
        .prefetch_related("concepts", "competences", Prefetch("authors", authors))
        .defer("search", "marks")
        .first()
    )


def withdrawal_of(public_id: str) -> GoodPracticeLog | None:
    """When and why a card was withdrawn, for its address; None for cards that were not."""
    rows = GoodPracticeLog.objects.filter(
        subject__public_id=public_id, subject__state=PracticeState.WITHDRAWN, step="withdraw"
    )
    return rows.select_related("subject").order_by("-pk").first()


def chapters_of(practice: GoodPractice) -> list[tuple[Promise, str]]:
    """What stands below the description: (label, text) of each chapter that is written."""
    return [(label, getattr(practice, name)) for name, label in CHAPTERS if getattr(practice, name)]


def related_practices(practice: GoodPractice) -> list[GoodPractice]:
    """A few other published practices of the same sectors: those for the same people first."""
    if not practice.sectors:
        return []
    alike = (
        GoodPractice.objects.published()
        .filter(sectors__overlap=list(practice.sectors))
        .exclude(pk=practice.pk)
    )
    same = (
        [When(target_groups__overlap=list(practice.target_groups), then=Value(0))]
        if practice.target_groups
        else []
    )
    here = Case(
        *same, When(language=practice.language, then=Value(1)), default=Value(2), output_field=IntegerField()
    )
    fields = ("public_id", "title", "city", "country", "host_name")
    return list(alike.only(*fields).order_by(here, "sort_title")[:RELATED])


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
