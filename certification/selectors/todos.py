"""What certification adds to "what needs me now"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.enums import DossierState
from certification.models import Dossier
from certification.selectors.jury import count_seats, seats_of, to_judge, waiting_dossiers, work_of
from ecett.accounts.enums import Role
from ecett.core.components.formats import day
from ecett.core.todo import Todo


def certification_todos(user: Any) -> Iterator[Todo]:
    """Dossiers to finish, to judge, to decide, to put before a session."""
    if user.role in (Role.JUROR, Role.CHAIR):
        yield from _jury(user)
    elif user.role in (Role.SECRETARY, Role.ADMIN):
        yield from _secretary()
    else:
        yield from _candidate(user)


def _page(dossier: Dossier) -> str:
    return reverse("certification:dossier_detail", args=[dossier.public_id])


def _candidate(user: Any) -> Iterator[Todo]:
    living = (DossierState.DRAFT, DossierState.SUBMITTED, DossierState.JURY)
    for dossier in Dossier.objects.filter(candidate=user, state__in=living).select_related("session"):
        title = _("Dossier %(number)s for level %(level)s") % {
            "number": dossier.number,
            "level": dossier.level,
        }
        mine = dossier.state == DossierState.DRAFT
        if mine:
            text = _("Complete it and send it to the jury.")
        elif dossier.session is None:
            text = _("The jury secretary puts it before a session.")
        else:
            text = _("The jury meets on %(day)s.") % {"day": day(dossier.session.day)}
        yield Todo(title=title, text=text, url=_page(dossier), since=dossier.changed_at, mine=mine)


def _jury(user: Any) -> Iterator[Todo]:
    dossiers = list(to_judge(user).filter(state=DossierState.JURY))
    seats = seats_of(dossiers)
    for dossier in dossiers:
        session = dossier.session
        if session is None:
            continue
        own = next((seat for seat in seats[dossier.pk] if seat.user.pk == user.pk), None)
        if own is None:
            continue
        number = _("Dossier %(number)s") % {"number": dossier.number}
        work = work_of(dossier)
        title = work or number
        where = f"{number}, {session.title}" if work else session.title
        if not own.has_voted:
            text = _("Give your vote: %(session)s") % {"session": where}
        elif own.is_chair and count_seats(seats[dossier.pk], session.quorum).outcome:
            text = _("The votes are there: record the decision. %(session)s") % {"session": where}
        else:
            continue
        yield Todo(
            title=title,
            text=text,
            url=_page(dossier),
            since=dossier.changed_at,
            mine=True,
            deadline=session.day,
        )


def _secretary() -> Iterator[Todo]:
    waiting = list(waiting_dossiers().values_list("changed_at", flat=True))
    if waiting:
        n = len(waiting)
        yield Todo(
            title=_("Dossiers without a session"),
            text=ngettext("%(n)s dossier waits for a session.", "%(n)s dossiers wait for a session.", n)
            % {"n": n},
            url=reverse("certification:queue"),
            since=min(waiting),
        )
