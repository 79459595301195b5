"""What is read about workshops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecett.core.clock import today
from ecett.core.todo import Todo
from goodpractices.enums import PracticeState
from goodpractices.models import GoodPractice
from network.models import Presentation, Workshop


def workshops_for(user: Any) -> QuerySet[Workshop]:
    """Workshops with ``said`` presentations and how many wait ``open``, latest first."""
    return (
        Workshop.objects.visible_to(user)
        .annotate(
            said=Count("presentations"),
            open=Count("presentations", filter=Q(presentations__confirmed_at=None)),
        )
        .order_by("-day", "pk")
    )


def presentations_of(workshop: Workshop, user: Any, *, all_of_them: bool) -> QuerySet[Presentation]:
    """Confirmed ones, and the reader's own; all for those who confirm."""
    rows = workshop.presentations.select_related("practice", "presenter").order_by(
        "practice__sort_title", "pk"
    )
    return rows if all_of_them else rows.filter(Q(confirmed_at__isnull=False) | Q(presenter=user))


def presentable(user: Any, workshop: Workshop) -> QuerySet[GoodPractice]:
    """Her practices that she has not named at this workshop."""
    taken = workshop.presentations.filter(presenter=user).values("practice")
    mine = GoodPractice.objects.filter(authors__user=user).exclude(state=PracticeState.REJECTED)
    return mine.exclude(pk__in=taken)


def unconfirmed(user: Any) -> QuerySet[Presentation]:
    """Presentations at workshops that have taken place, not by the reader, oldest first."""
    rows = Presentation.objects.filter(confirmed_at=None, workshop__day__lte=today()).exclude(presenter=user)
    return rows.order_by("created_at", "pk")


def network_todos(user: Any) -> Iterator[Todo]:
    """One item for those who confirm presentations."""
    if not user.has_perm("network.keep_workshops"):
        return
    waiting = list(unconfirmed(user).values_list("created_at", "workshop__public_id"))
    if not waiting:
        return
    n = len(waiting)
    places = {public_id for _at, public_id in waiting}
    one = (
        reverse("network:workshop_detail", args=[places.pop()])
        if len(places) == 1
        else reverse("network:home")
    )
    yield Todo(
        title=_("Presentations to confirm"),
        text=ngettext("%(n)s presentation at a workshop.", "%(n)s presentations at workshops.", n) % {"n": n},
        url=one,
        since=waiting[0][0],
    )
