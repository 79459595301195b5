"""What became of a practice elsewhere."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from goodpractices.models import Adoption, GoodPractice, Innovation


def adoptions_of(practice: GoodPractice) -> list[Adoption]:
    """Every report on a practice, hidden ones too (pages show their trace), the newest first."""
    return list(
        practice.adoptions.select_related("innovation", "reported_by").prefetch_related(
            "innovation__pictures"
        )
    )


def innovations_of(user: Any) -> QuerySet[Innovation]:
    """What somebody has made lasting at home: certification may offer it as a masterpiece."""
    return Innovation.objects.filter(adoption__reported_by=user, adoption__hidden_at=None).select_related(
        "adoption__practice"
    )


def adoption_of(user: Any, public_id: str) -> Adoption | None:
    """A report that this person may see."""
    reports = Adoption.objects.visible_to(user).select_related("practice", "innovation")
    return reports.filter(public_id=public_id).first()
