"""Attendance, looks back and what is made of a stay at home, page by page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.core.clock import today
from ecett.core.models import Notification
from tests.factories import person
from tests.trainees.conftest import (
    SCRIPT,
    agreed_stay,
    confirmed_stay,
    path_of,
    signed_in,
)
from trainees import links, services
from trainees.models import Project

pytestmark = pytest.mark.django_db


def test_attendance_by_link() -> None:
    stay = agreed_stay()
    url = path_of(links.attendance_url(stay))
    visitor = Client()
    assert visitor.get(url).status_code == 200
    days = [stay.start + dt.timedelta(days=number) for number in range(5)]
    data = {f"day-{day.isoformat()}": "1" for day in days} | {f"day-{days[4].isoformat()}": "0.5"}
    assert visitor.post(url, {**data, f"day-{days[0].isoformat()}": "7"}).status_code == 422
    assert visitor.post(url, data).status_code == 302
    assert visitor.post(url, data).status_code == 409
    stay.refresh_from_db()
    assert str(stay.confirmed_days) == "4.5"
    assert "The days are confirmed" in visitor.get(url).text


def test_attendance_by_link_no_show() -> None:
    stay = agreed_stay()
    url = path_of(links.attendance_url(stay))
    assert Client().post(url, {"absent": "1", "comment": ""}).status_code == 422
    assert Client().post(url, {"absent": "1", "comment": "She was ill."}).status_code == 302
    stay.refresh_from_db()
    assert stay.state == "cancelled"
    assert stay.log.get(step="cancel").actor_name == "Maja Lind"


def test_attendance_before_the_end_waits() -> None:
    stay = agreed_stay(start=today() + dt.timedelta(days=3))
    page = Client().get(path_of(links.attendance_url(stay)))
    assert page.status_code == 200
    assert "You confirm the days from" in page.text
    trainee = signed_in(stay.project.trainee)
    ask = reverse("trainees:attendance_ask", args=[stay.public_id])
    assert "not over yet" in trainee.post(ask, follow=True).text


def test_trainee_asks_the_host_now() -> None:
    stay = agreed_stay()
    client = signed_in(stay.project.trainee)
    ask = reverse("trainees:attendance_ask", args=[stay.public_id])
    assert "We have written to" in client.post(ask, follow=True).text
    assert "Please wait a little" in client.post(ask, follow=True).text
    letter = Notification.objects.get(kind="trainees.attendance_request")
    assert "/trainee/attendance/" in letter.text


def test_look_back_of_all_three() -> None:
    stay = confirmed_stay()
    goal = stay.project.goals.get()
    marks = {"usefulness": "5", "preparation": "4", "again": "yes", "comment": f"Good {SCRIPT}"}
    client = signed_in(stay.project.trainee)
    url = reverse("trainees:look_back", args=[stay.public_id])
    assert client.get(url).status_code == 200
    assert client.post(url, marks).status_code == 422
    result = {f"goal-{goal.public_id}-result": "met", f"goal-{goal.public_id}-result_comment": "9 of 10"}
    assert client.post(url, {**marks, **result}).status_code == 302
    goal.refresh_from_db()
    assert (goal.result, goal.result_comment) == ("met", "9 of 10")
    for party in ("host", "employer"):
        link = path_of(links.evaluation_url(stay, party))
        assert Client().get(link).status_code == 200
        assert Client().post(link, {**marks, "usefulness": "6"}).status_code == 422
        assert Client().post(link, marks).status_code == 302
        assert Client().post(link, marks).status_code == 302
    page = client.get(reverse("trainees:project_detail", args=[stay.project.public_id]))
    assert SCRIPT not in page.text
    assert Project.objects.get(pk=stay.project_id).state == "act"
    assert stay.evaluations.count() == 3


def test_act_to_the_end() -> None:
    stay = confirmed_stay()
    trainee = stay.project.trainee
    client = signed_in(trainee)
    practice = reverse("trainees:practice_report", args=[stay.public_id])
    assert client.get(practice).status_code == 200
    done = client.post(
        practice, {"title": "One phone number", "description": "Open", "anonymity_declared": "on"}
    )
    assert done.status_code == 302
    host = reverse("trainees:host_report", args=[stay.public_id])
    assert client.post(host, {"name": "Kotisatama", "country": "", "city": ""}).status_code == 422
    assert client.post(host, {"name": "Kotisatama", "country": "FI", "city": "Helsinki"}).status_code == 302
    assert round(stay.reported_hosts.get().host.latitude, 1) == 60.2
    plan = reverse("trainees:action_plan", args=[stay.project.public_id])
    assert client.post(plan, {"action_plan": "From May on one phone stays open."}).status_code == 302
    for party, actor in (
        ("trainee", trainee),
        ("host", person(Role.HOST, organisation=stay.host.organisation)),
        ("employer", person(Role.EMPLOYER, organisation=stay.project.employer)),
    ):
        services.evaluate(internship=stay, party=party, usefulness=4, preparation=4, again=True, actor=actor)
    finish = reverse("trainees:project_step", args=[stay.project.public_id, "finish"])
    page = client.post(finish, follow=True)
    assert "This project is finished" in page.text
    assert Project.objects.get(pk=stay.project_id).state == "done"
