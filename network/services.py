"""What is written about workshops. Each function is atomic and needs no request."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ecett.accounts.models import User
from ecett.core import clock
from ecett.core.actors import Actor
from ecett.core.workflow import Blocked, Denied
from goodpractices.models import GoodPractice
from network.models import Presentation, Workshop


def _keeper(actor: Any) -> User | None:
    """The acting person when she keeps workshops."""
    user = Actor.of(actor).user
    return user if user is not None and user.has_perm("network.keep_workshops") else None


@transaction.atomic
def save_workshop(
    *,
    actor: Any,
    title: str,
    day: dt.date,
    city: str,
    country: str = "",
    language: str = "en",
    workshop: Workshop | None = None,
    is_demo: bool = False,
) -> Workshop:
    """Announce a workshop or correct it; the same announced twice is one. `Denied` to all but desk and secretary."""
    keeper = _keeper(actor)
    if keeper is None:
        raise Denied(_("Workshops are kept by the desk and the secretary."))
    if workshop is None:
        # A double click waits here for the first one.
        User.objects.select_for_update().get(pk=keeper.pk)
        workshop = Workshop.objects.filter(title=title, day=day, city=city, country=country).first()
    row = workshop or Workshop(is_demo=is_demo)
    row.title, row.day, row.city, row.country, row.language = title, day, city, country, language
    row.save()
    return row


@transaction.atomic
def present_practice(
    *, workshop: Workshop, practice: GoodPractice, presenter: User, actor: Any
) -> Presentation:
    """Say that somebody presents a practice at a workshop; twice is once. Counts once it is confirmed.

    `Denied` for another person's presentation unless one keeps workshops; `Blocked` for a practice the
    presenter did not write.
    """
    user = Actor.of(actor).user
    if user is None or (user.pk != presenter.pk and _keeper(actor) is None):
        raise Denied(_("Say only what you present yourself."))
    if not practice.authors.filter(user=presenter).exists():
        raise Blocked(_("Choose a practice that you wrote."))
    row, _made = Presentation.objects.get_or_create(workshop=workshop, practice=practice, presenter=presenter)
    return row


@transaction.atomic
def confirm_presentation(*, presentation: Presentation, actor: Any) -> Presentation:
    """It took place. `Blocked` before the day of the workshop; confirming twice is once."""
    user = _keeper(actor)
    if user is None:
        raise Denied(_("Presentations are confirmed by the desk and the secretary."))
    row = (
        Presentation.objects.select_for_update(of=("self",))
        .select_related("workshop")
        .get(pk=presentation.pk)
    )
    if row.confirmed_at is not None:
        return row
    if user.pk == row.presenter_id:
        raise Blocked(_("Somebody else confirms your own presentation."))
    if row.workshop.day > clock.today():
        raise Blocked(_("The workshop has not taken place yet."))
    row.confirmed_by, row.confirmed_at = user, clock.now()
    row.save()
    return row


@transaction.atomic
def withdraw_presentation(*, presentation: Presentation, actor: Any) -> None:
    """Take an unconfirmed entry away: its presenter or who keeps workshops. Nothing happens if it is gone."""
    row = Presentation.objects.select_for_update().filter(pk=presentation.pk).first()
    if row is None:
        return
    user = Actor.of(actor).user
    if user is None or (user.pk != row.presenter_id and _keeper(actor) is None):
        raise Denied(_("This is somebody else's presentation."))
    if row.confirmed_at is not None:
        raise Blocked(_("A confirmed presentation stays."))
    row.delete()
