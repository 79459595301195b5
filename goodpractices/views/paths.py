"""The way to a card, for the pages behind it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from goodpractices.models import GoodPractice


def visible_practice(request: HttpRequest, public_id: str) -> GoodPractice:
    """The card, when this person may read it; else 404."""
    practices: Any = GoodPractice.objects.visible_to(request.user)
    return get_object_or_404(practices.defer("search", "marks"), public_id=public_id)


def crumbs_to(practice: GoodPractice) -> list[tuple[str, str]]:
    """All cards, this card."""
    return [
        (_("Good practices"), reverse("goodpractices:practice_list")),
        (practice.title, reverse("goodpractices:practice_detail", args=[practice.public_id])),
    ]
