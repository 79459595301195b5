"""What is read about workshops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecett.core.clock import today
from ecett.core.components.formats import day
from ecett.core.slots import NextStep
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


def workshop_next(
    workshop: Workshop, presentations: Iterable[Presentation], user: Any, *, keeps: bool, may_present: bool
) -> NextStep:
    """What happens next at a workshop, and who is waited for."""
    if workshop.day > today():
        note = _("Will you present a practice? Name it below.") if may_present else ""
        return NextStep(_("the workshop takes place on %(day)s.") % {"day": day(workshop.day)}, note=note)
    waiting = [one for one in presentations if one.confirmed_at is None]
    others = sum(one.presenter_id != user.pk for one in waiting)
    if keeps and others:
        text = ngettext(
            "say whether this presentation took place.",
            "say which of the %(n)s presentations took place.",
            others,
        )
        return NextStep(text % {"n": others}, mine=True)
    if waiting:
        note = _("Then it counts for level B. You need not do anything.")
        return NextStep(_("the secretary or the desk confirms what you presented."), note=note)
    note = _("Did you present a practice here? Say so below.") if may_present else ""
    return NextStep(_("nothing: the workshop is over."), note=note)


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
