"""The stay: made when a host accepts, planned and budgeted by the trainee, cancelled when it must be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecett.accounts.models import User
from ecett.core.actors import Actor
from ecett.core.notifications.letters import known_language
from ecett.core.workflow import Blocked, perform
from hosts.enums import Offer
from hosts.models import Host
from hosts.models.logistics import terms_of
from hosts.wording import say_price
from trainees.enums import InternshipState, ProjectState
from trainees.models import BudgetLine, Companion, Internship, ProgrammeItem, Project
from trainees.services import letters
from trainees.services.agreements import void_agreement
from trainees.signals import internship_cancelled, internship_created

#: More lines than a stay of sixty days needs.
MOST_LINES = 200
STAY_CANCELLED = gettext_lazy("The stay was cancelled.")
LIVING = (InternshipState.PLANNED, InternshipState.SIGNING, InternshipState.AGREED, InternshipState.CONFIRMED)


@transaction.atomic
def create_internship(
    *,
    project: Project,
    host: Host,
    start: dt.date,
    end: dt.date,
    host_contact: str,
    host_email: str,
    host_language: str,
    companions: Iterable[tuple[str, str]] = (),
    actor: Any = None,
    is_demo: bool = False,
) -> Internship:
    """The stay a host has accepted, activity days ``start`` to ``end``. ``companions``: (name, e-mail) pairs.

    `Blocked` when the project is past planning or already has a stay; when two hosts accept at once the
    second gets this answer.
    """
    locked = Project.objects.select_for_update().get(pk=project.pk)
    if end < start:
        raise Blocked(_("The last day is before the first day."))
    if locked.state != ProjectState.PLAN or locked.internships.filter(state__in=LIVING).exists():
        raise Blocked(_("This project already has a host."))
    with translation.override(known_language(locked.language)):
        logistics = _offers(host)
    internship = Internship.objects.create(
        project=locked,
        host=host,
        start=start,
        end=end,
        host_contact=host_contact,
        host_email=host_email,
        host_language=host_language,
        logistics=logistics,
        is_demo=is_demo or locked.is_demo,
    )
    for name, email in companions:
        user = User.objects.filter(email=email.strip().lower()).first() if email.strip() else None
        Companion.objects.create(internship=internship, name=name, email=email.strip(), user=user)
    internship_created.send(sender=Internship, internship=internship, actor=actor)
    return internship


def _offers(host: Host) -> str:
    """What the host's card says of meals, nights and transport, one line each."""
    said = {
        Offer.FREE: _("%(what)s: free, offered by the host"),
        Offer.PRICE: _("%(what)s: at the host, at a price"),
        Offer.NO: _("%(what)s: not offered by the host"),
    }
    items = ((_("Meals"), "meals"), (_("Nights"), "accommodation"), (_("Transport"), "transport"))
    lines = []
    for what, item in items:
        offer, price, unit, note = (getattr(host, name) for name in terms_of(item))
        line = said[Offer(offer)] % {"what": what} if offer else what
        details = ", ".join(filter(None, (say_price(price, unit), note)))
        if offer or details:
            lines.append(f"{line} ({details})" if details else line)
    return "\n".join(lines)


def usual_programme(internship: Internship) -> list[dict[str, Any]]:
    """A programme to begin with, in the project's language: welcome, days beside the team, a look back.

    Saturdays and Sundays are left out unless the stay has no other days. Nothing is stored.
    """
    length = (internship.end - internship.start).days + 1
    days = [internship.start + dt.timedelta(days=number) for number in range(length)]
    days = [day for day in days if day.weekday() < 5] or days
    contact = internship.host_contact
    with translation.override(known_language(internship.project.language)):
        rows = [(days[0], dt.time(9), _("Welcome, house rules and safety"), contact)]
        rows += [(day, dt.time(9), _("A day beside the team"), "") for day in days[1:-1]]
        if len(days) > 1:
            rows.append((days[-1], dt.time(9), _("A morning beside the team"), ""))
        rows.append((days[-1], dt.time(14), _("Looking back at the goals, goodbye"), contact))
    return [
        {"day": day, "time": time, "place": "", "activity": activity, "guide": guide}
        for day, time, activity, guide in rows
    ]


def _in_planning(internship: Internship) -> Internship:
    """The row, locked; `Blocked` when its agreement is already written."""
    fresh = Internship.objects.select_for_update(of=("self",)).select_related("project").get(pk=internship.pk)
    if fresh.state == InternshipState.CANCELLED:
        raise Blocked(_("This stay was cancelled."))
    if fresh.state != InternshipState.PLANNED:
        raise Blocked(_("The agreement already says this. Choose “Change the plan” first."))
    return fresh


@transaction.atomic
def save_stay(
    *, internship: Internship, logistics: str, insurance: str, green_travel: bool, travel_days: int
) -> Internship:
    """How she lives, travels and is insured during the stay. `Blocked` once the agreement is written."""
    fresh = _in_planning(internship)
    fresh.logistics, fresh.insurance = logistics, insurance
    fresh.green_travel, fresh.travel_days = green_travel, travel_days
    fresh.save()
    return fresh


@transaction.atomic
def save_programme(*, internship: Internship, items: Iterable[Mapping[str, Any]]) -> list[ProgrammeItem]:
    """Replace the programme by these lines (day, time, place, activity, guide).

    `Blocked` for a day outside the stay, and once the agreement is written.
    """
    fresh = _in_planning(internship)
    rows = [ProgrammeItem(internship=fresh, **item) for item in items]
    if len(rows) > MOST_LINES:
        raise Blocked(_("%(n)s lines are enough for a programme.") % {"n": MOST_LINES})
    if any(not fresh.start <= row.day <= fresh.end for row in rows):
        raise Blocked(_("A day of the programme lies outside the stay."))
    fresh.programme.all().delete()
    return ProgrammeItem.objects.bulk_create(rows)


@transaction.atomic
def save_budget(*, internship: Internship, lines: Iterable[Mapping[str, Any]]) -> list[BudgetLine]:
    """Replace the budget by these lines (head, amount in euros, funded_by, note)."""
    fresh = Internship.objects.select_for_update(of=("self",)).get(pk=internship.pk)
    if fresh.state == InternshipState.CANCELLED:
        raise Blocked(_("This stay was cancelled."))
    rows = [BudgetLine(internship=fresh, **line) for line in lines]
    if len(rows) > MOST_LINES:
        raise Blocked(_("%(n)s lines are enough for a budget.") % {"n": MOST_LINES})
    if any(row.amount < Decimal(0) for row in rows):
        raise Blocked(_("An amount cannot be less than zero."))
    fresh.budget.all().delete()
    return BudgetLine.objects.bulk_create(rows)


@transaction.atomic
def cancel_internship(
    *, internship: Internship, actor: Any, comment: str, tell_trainee: bool = True
) -> Internship:
    """The stay will not happen: the agreement becomes void, everybody concerned reads who says so and why."""
    who = Actor.of(actor)
    cancelled = perform(internship, "cancel", actor=who, comment=comment)
    void_agreement(cancelled, reason=STAY_CANCELLED)
    project = Project.objects.get(pk=cancelled.project_id)
    if project.state == ProjectState.DO:
        perform(project, "plan_again", actor=Actor.system(), comment=comment)
    letters.stay_cancelled(cancelled, who, comment, tell_trainee=tell_trainee)
    internship_cancelled.send(sender=Internship, internship=cancelled, actor=who)
    return cancelled
