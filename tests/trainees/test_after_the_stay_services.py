"""Attendance, looks back and what comes of a stay: what is written, what is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from ecett.accounts.enums import Role
from ecett.core.actors import Actor
from ecett.core.clock import now, today
from ecett.core.models import Notification
from ecett.core.workflow import Blocked, Denied, StaleTransition
from tests.factories import (
    person,
)
from tests.trainees.conftest import agreed_stay, confirmed_stay, letters, planned_stay
from trainees import services, signals
from trainees.models import Internship, Project

pytestmark = pytest.mark.django_db


# ── Check ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_attendance_counts_halves_and_moves_to_check() -> None:
    stay = agreed_stay()
    host = person(Role.HOST, organisation=stay.host.organisation)
    days = {stay.start: Decimal(1), stay.start + dt.timedelta(days=1): Decimal("0.5"), stay.end: Decimal(0)}
    services.confirm_attendance(internship=stay, days=days, actor=host)
    stay = Internship.objects.get(pk=stay.pk)
    assert stay.confirmed_days == Decimal("1.5")
    assert list(stay.attendance.values_list("amount", flat=True)) == [Decimal("1.0"), Decimal("0.5")]
    assert stay.project.state == "check"
    assert len(letters("evaluation_request")) == 2
    assert len(letters("attendance_confirmed")) == 1
    with pytest.raises(StaleTransition):
        services.confirm_attendance(internship=stay, days=days, actor=host)


@pytest.mark.parametrize(
    ("offset", "amount", "text"),
    [(9, "1", "outside"), (0, "0.25", "whole, half"), (0, "0", "at least half"), (-1, "1", "outside")],
)
def test_attendance_refuses_what_cannot_be(offset: int, amount: str, text: str) -> None:
    stay = agreed_stay()
    host = person(Role.HOST, organisation=stay.host.organisation)
    with pytest.raises(Blocked, match=text):
        services.confirm_attendance(
            internship=stay, days={stay.start + dt.timedelta(days=offset): Decimal(amount)}, actor=host
        )


def test_attendance_waits_for_the_last_day() -> None:
    stay = agreed_stay(start=today() - dt.timedelta(days=1))
    host = person(Role.HOST, organisation=stay.host.organisation)
    with pytest.raises(Blocked, match="not over yet"):
        services.confirm_attendance(internship=stay, days={stay.start: Decimal(1)}, actor=host)
    with pytest.raises(Blocked, match="not over yet"):
        services.ask_attendance(internship=stay, actor=stay.project.trainee)


def test_due_hosts_are_asked_once_and_again_after_a_week() -> None:
    agreed_stay()
    agreed_stay(start=today())
    assert services.ask_due_attendance() == 1
    assert services.ask_due_attendance() == 0
    Notification.objects.update(created_at=now() - dt.timedelta(days=8))
    assert services.ask_due_attendance() == 1


def test_three_looks_back_move_to_act() -> None:
    stay = confirmed_stay()
    complete: list[Internship] = []

    def listen(sender: object, internship: Internship, **kwargs: object) -> None:
        complete.append(internship)

    signals.evaluations_complete.connect(listen)
    try:
        host = Actor.link(
            purpose="evaluate_host", subject=stay.pk, name="Maja Lind", role="host", email="maja@example.org"
        )
        employer = person(Role.EMPLOYER, organisation=stay.project.employer)
        marks = {"usefulness": 5, "preparation": 4, "again": True}
        first = services.evaluate(internship=stay, party="host", actor=host, comment="Fine", **marks)
        again = services.evaluate(internship=stay, party="host", actor=host, comment="Other", **marks)
        assert (again.pk, again.comment) == (first.pk, "Fine")
        with pytest.raises(Denied):
            services.evaluate(internship=stay, party="employer", actor=host, **marks)
        services.evaluate(internship=stay, party="employer", actor=employer, **marks)
        services.evaluate(internship=stay, party="trainee", actor=stay.project.trainee, **marks)
    finally:
        signals.evaluations_complete.disconnect(listen)
    assert complete == [stay]
    assert Project.objects.get(pk=stay.project_id).state == "act"
    assert len(letters("all_looked_back")) == 1


def test_goals_are_judged_after_the_stay_only() -> None:
    early = planned_stay().project.goals.get()
    with pytest.raises(Blocked, match="once the host"):
        services.judge_goal(goal=early, result="met")
    goal = confirmed_stay().project.goals.get()
    assert services.judge_goal(goal=goal, result="partly", comment="7 of 10").result == "partly"


# ── Act ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_new_host_is_a_draft_of_the_trainee() -> None:
    stay = confirmed_stay()
    host = services.report_host(
        internship=stay, author=stay.project.trainee, name="Kotisatama", country="FI", city="Helsinki"
    )
    assert (host.moderation, host.created_by) == ("draft", stay.project.trainee)
    assert [report.host for report in stay.reported_hosts.all()] == [host]


def test_practice_knows_the_host() -> None:
    stay = confirmed_stay()
    practice = services.report_practice(
        internship=stay,
        author=stay.project.trainee,
        title="One phone number",
        description="It stays open.",
        anonymity_declared=True,
    )
    assert (practice.kind, practice.host, practice.country.code) == ("trainee", stay.host, "SE")
    assert practice.authors.get().user == stay.project.trainee
    same = services.report_practice(internship=stay, author=stay.project.trainee, title="One phone number")
    assert same == practice


def test_finish_only_from_act() -> None:
    stay = confirmed_stay()
    with pytest.raises(StaleTransition):
        services.finish_project(project=Project.objects.get(pk=stay.project_id), actor=stay.project.trainee)
