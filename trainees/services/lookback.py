"""Check: the host confirms the days, then trainee, host and employer look back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ecett.core import clock
from ecett.core.actors import LINK, Actor
from ecett.core.components.formats import day
from ecett.core.models import Notification
from ecett.core.notifications.selectors import letters_about
from ecett.core.workflow import Blocked, Denied, StaleTransition, perform
from trainees import links
from trainees.enums import InternshipState, Party, ProjectState
from trainees.models import AttendanceDay, Evaluation, Goal, Internship, Project
from trainees.models.internship import stay_is_over
from trainees.services import letters
from trainees.services.projects import judge_goal
from trainees.signals import attendance_confirmed, evaluations_complete

AMOUNTS = (Decimal("0"), Decimal("0.5"), Decimal("1"))
#: Between two letters about the same thing to the same person.
PAUSE = dt.timedelta(days=3)
#: The portal itself asks a silent host again after a week, three letters in all.
WEEK = dt.timedelta(days=7)
MOST_ASKED = 3


def _locked(internship: Internship) -> Internship:
    related = ("project", "project__trainee", "project__employer", "host")
    return Internship.objects.select_for_update(of=("self",)).select_related(*related).get(pk=internship.pk)


def last_letter(internship: Internship, kind: str, email: str) -> Notification | None:
    """The last letter of a kind about a stay to an address: the outbox knows who was asked when."""
    return letters_about("trainees.internship", internship.pk).filter(kind=kind, email=email).first()


@transaction.atomic
def ask_attendance(*, internship: Internship, actor: Any = None) -> bool:
    """Send the host the link to confirm the days; False when she was asked within the last three days.

    ``actor`` None is the portal itself. `Blocked` before the last day or when there is nothing to confirm.
    """
    fresh = _locked(internship)
    if actor is not None and not Actor.of(actor).user.has_perm("trainees.edit_internship", fresh):  # type: ignore[union-attr]
        raise Denied(_("Only the trainee asks her host."))
    if fresh.state != InternshipState.AGREED:
        raise StaleTransition(
            _("There is nothing to confirm: this stay is “%s”.") % fresh.get_state_display()
        )
    reason = stay_is_over(fresh)
    if reason:
        raise Blocked(reason)
    asked = last_letter(fresh, letters.ATTENDANCE_REQUEST, fresh.host_email)
    if asked is not None and clock.now() - asked.created_at < PAUSE:
        return False
    letters.attendance_request(fresh)
    return True


def ask_due_attendance() -> int:
    """Ask the hosts of all stays whose last day has come, and silent ones again after a week; how many."""
    due = Internship.objects.filter(state=InternshipState.AGREED, end__lte=clock.today())
    count = 0
    for internship in due.order_by("end"):
        sent = letters_about("trainees.internship", internship.pk).filter(kind=letters.ATTENDANCE_REQUEST)
        moments = list(sent.values_list("created_at", flat=True))
        if len(moments) >= MOST_ASKED or (moments and clock.now() - max(moments) < WEEK):
            continue
        try:
            count += ask_attendance(internship=internship)
        except (StaleTransition, Blocked):
            continue  # confirmed or cancelled meanwhile
    return count


@transaction.atomic
def confirm_attendance(*, internship: Internship, days: Mapping[dt.date, Decimal], actor: Any) -> Internship:
    """The host says on which days the trainee was there: 1, 0.5 or 0 for days of the stay.

    `Blocked` before the last day, for a day outside the stay, another amount, or no day at all;
    `StaleTransition` when it has already been confirmed. Then all three are asked to look back.
    """
    fresh = _locked(internship)
    if any(not fresh.start <= date <= fresh.end for date in days):
        raise Blocked(_("A day lies outside the stay."))
    if any(Decimal(amount) not in AMOUNTS for amount in days.values()):
        raise Blocked(_("A day counts whole, half or not at all."))
    total = sum((Decimal(amount) for amount in days.values()), Decimal(0))
    if total <= 0:
        raise Blocked(_("Confirm at least half a day, or say that the trainee did not come."))
    confirmed = perform(fresh, "confirm", actor=actor, days=total, at=clock.now())
    confirmed.attendance.all().delete()
    AttendanceDay.objects.bulk_create(
        AttendanceDay(internship=confirmed, day=date, amount=amount)
        for date, amount in sorted(days.items())
        if Decimal(amount) > 0
    )
    perform(Project.objects.get(pk=confirmed.project_id), "end_stay", actor=Actor.system())
    attendance_confirmed.send(sender=Internship, internship=confirmed)
    ask_evaluations(internship=confirmed)
    return confirmed


def ask_evaluations(*, internship: Internship) -> None:
    """Ask all three to look back, each in her language."""
    letters.attendance_confirmed(internship)
    for party in (Party.HOST, Party.EMPLOYER):
        letters.evaluation_request(internship, party)


@transaction.atomic
def remind_evaluation(*, internship: Internship, party: str, actor: Any) -> None:
    """Ask host or employer again to look back, at most once in three days (`Blocked` says from when on)."""
    fresh = _locked(internship)
    who = Actor.of(actor)
    if who.user is None or not who.user.has_perm("trainees.edit_internship", fresh):
        raise Denied(_("Only the trainee reminds them."))
    if fresh.evaluations.filter(party=party).exists():
        raise Blocked(_("This side has already looked back."))
    email = fresh.host_email if party == Party.HOST else fresh.project.employer_email
    asked = last_letter(fresh, letters.EVALUATION_REQUEST, email)
    if asked is not None and clock.now() - asked.created_at < PAUSE:
        again = {"day": day(asked.created_at), "again": day(asked.created_at + PAUSE)}
        raise Blocked(_("The last e-mail left on %(day)s. You can remind again from %(again)s.") % again)
    letters.evaluation_request(fresh, party)


def may_evaluate(internship: Internship, party: str, actor: Actor) -> bool:
    """The trainee for herself; host and employer by their link or with an account that speaks for them."""
    if actor.via == LINK:
        return actor.purpose == links.EVALUATE.get(Party(party)) and actor.subject == internship.pk
    right = {
        Party.TRAINEE: "trainees.look_back_as_trainee",
        Party.HOST: "trainees.look_back_as_host",
        Party.EMPLOYER: "trainees.look_back_as_employer",
    }[Party(party)]
    return actor.user is not None and actor.user.has_perm(right, internship)


@transaction.atomic
def evaluate(
    *,
    internship: Internship,
    party: str,
    usefulness: int,
    preparation: int,
    again: bool,
    comment: str = "",
    actor: Any,
) -> Evaluation:
    """One side looks back: marks 1 to 5. The third one moves the project on to Act.

    A second evaluation of the same side changes nothing: the first one is the answer. `Blocked` before the
    host has confirmed the days, `Denied` for anybody else.
    """
    fresh = _locked(internship)
    who = Actor.of(actor)
    if not may_evaluate(fresh, party, who):
        raise Denied(_("You were not asked to look back at this stay."))
    if fresh.state != InternshipState.CONFIRMED:
        raise Blocked(_("One looks back once the host has confirmed the days."))
    given = fresh.evaluations.filter(party=party).first()
    if given is not None:
        return given
    given = Evaluation.objects.create(
        internship=fresh,
        party=party,
        author_name=who.name[:200],
        author_email=who.email,
        usefulness=usefulness,
        preparation=preparation,
        again=again,
        comment=comment,
    )
    if fresh.evaluations.count() == len(Party):
        project = Project.objects.get(pk=fresh.project_id)
        if project.state == ProjectState.CHECK:
            perform(project, "look_ahead", actor=Actor.system())
        evaluations_complete.send(sender=Internship, internship=fresh)
        letters.all_looked_back(fresh)
    return given


@transaction.atomic
def look_back(
    *,
    internship: Internship,
    party: str,
    results: Iterable[tuple[Goal, str, str]] = (),
    actor: Any,
    **marks: Any,
) -> Evaluation:
    """An evaluation and what became of the goals, (goal, result, comment) each: all of it or nothing."""
    for goal, result, comment in results:
        judge_goal(goal=goal, result=result, comment=comment)
    return evaluate(internship=internship, party=party, actor=actor, **marks)
