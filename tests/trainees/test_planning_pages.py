"""The pages of a project, its goals and its plan: what they show, refuse, and keep."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from ecett.accounts.enums import Role
from tests.factories import ProjectFactory, person
from tests.trainees.conftest import (
    SCRIPT,
    planned_stay,
    rows,
    signed_in,
)
from trainees import services
from trainees.models import Goal, Internship, Project

pytestmark = pytest.mark.django_db


# ── Project and goals ───────────────────────────────────────────────────────────────────────────────────────
def test_goals_are_moved_by_buttons_and_a_second_click_moves_no_further() -> None:
    project = ProjectFactory()
    goals = [services.add_goal(project=project, text=text) for text in ("Alpha", "Beta", "Gamma")]
    client = signed_in(project.trainee)
    page = client.get(reverse("trainees:project_detail", args=[project.public_id])).text
    assert (page.count("Move up"), page.count("Move down")) == (2, 2)
    move = reverse("trainees:goal_move", args=[project.public_id, goals[2].public_id])
    assert f'action="{move}"' in page
    for _click in range(2):
        assert client.post(move, {"place": "1"}).status_code == 302
        assert [goal.text for goal in project.goals.all()] == ["Alpha", "Gamma", "Beta"]
    for nonsense in ("", "abc", "-1", "9" * 40, "²"):
        assert client.post(move, {"place": nonsense}).status_code == 302
        assert [goal.text for goal in project.goals.all()] == ["Alpha", "Gamma", "Beta"]


def test_start_edit_and_goals() -> None:
    trainee = person(Role.TRAINEE)
    client = signed_in(trainee)
    assert client.get("/trainee/start/").status_code == 200
    assert client.post("/trainee/start/", {"title": " "}).status_code == 422
    done = client.post("/trainee/start/", {"title": f"Aftercare {SCRIPT}", "problem": "They leave.\x01"})
    project = Project.objects.get(trainee=trainee)
    assert project.problem == "They leave."
    page = client.get(done.url)
    assert SCRIPT not in page.text
    assert "Set your first goal" in page.text
    url = reverse("trainees:goal_add", args=[project.public_id])
    assert client.get(url).status_code == 200
    assert client.post(url, {"text": "Learn more", "deadline": "2020-01-01"}).status_code == 302
    goal = Goal.objects.get(project=project)
    page = client.get(done.url)
    assert "Learn more" in page.text
    assert "questions" in page.text
    edit = reverse("trainees:goal_edit", args=[project.public_id, goal.public_id])
    assert "2020-01-01" in client.get(edit).text
    assert client.post(edit, {"text": "Learn less", "deadline": ""}).status_code == 302
    delete = reverse("trainees:goal_delete", args=[project.public_id, goal.public_id])
    assert client.post(delete).status_code == 302
    assert client.post(delete).status_code == 302
    assert not project.goals.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [("x" * 1_000_000, "at most 2000 characters"), ("A goal\x00", "Null characters"), ("", "required")],
)
def test_goal_refuses_with_words(project: Project, text: str, said: str) -> None:
    url = reverse("trainees:goal_add", args=[project.public_id])
    page = signed_in(project.trainee).post(url, {"text": text, "deadline": ""})
    assert page.status_code == 422
    assert said in page.text
    assert project.goals.count() == 1


def test_goal_date_that_is_none_is_refused(project: Project) -> None:
    url = reverse("trainees:goal_add", args=[project.public_id])
    page = signed_in(project.trainee).post(url, {"text": "By then we know more", "deadline": "2027-02-30"})
    assert page.status_code == 422
    assert "Enter a valid date" in page.text
    assert "By then we know more" in page.text


def test_goal_check_answers_while_typing(project: Project) -> None:
    url = reverse("trainees:goal_check", args=[project.public_id])
    page = signed_in(project.trainee).post(url, {"text": "learn more", "deadline": ""})
    assert page.status_code == 200
    assert 'class="advice"' in page.text


def test_goal_is_checked_without_a_script_and_not_saved(project: Project) -> None:
    url = reverse("trainees:goal_add", args=[project.public_id])
    before = project.goals.count()
    page = signed_in(project.trainee).post(url, {"text": "learn more", "deadline": "", "check": "1"})
    assert 'class="advice"' in page.text
    assert "learn more</textarea>" in page.text
    assert project.goals.count() == before


def test_project_edit_keeps_problem_and_approver(project: Project) -> None:
    url = reverse("trainees:project_edit", args=[project.public_id])
    client = signed_in(project.trainee)
    assert client.get(url).status_code == 200
    data = {"title": "New title", "problem": "P", "context": "", "language": "fr", "employer_contact": "Bo",
            "employer_email": "bo@example.org", "employer_language": "fr"}  # fmt: skip
    assert client.post(url, data).status_code == 302
    project.refresh_from_db()
    assert (project.title, project.language, project.employer_email) == ("New title", "fr", "bo@example.org")
    assert client.post(url, {**data, "employer_email": "nobody"}).status_code == 422


# ── The plan ────────────────────────────────────────────────────────────────────────────────────────────────
def test_programme_is_suggested_kept_and_checked() -> None:
    stay = planned_stay()
    stay.programme.all().delete()
    client = signed_in(stay.project.trainee)
    url = reverse("trainees:programme_edit", args=[stay.public_id])
    page = client.get(url)
    assert "Welcome, house rules and safety" in page.text
    assert not stay.programme.exists()
    line = {
        "day": stay.start.isoformat(),
        "time": "09:30",
        "activity": "Welcome",
        "place": "",
        "guide": "Maja",
    }
    outside = {**line, "day": (stay.end + dt.timedelta(days=1)).isoformat(), "activity": "Too late"}
    refused = client.post(url, rows("days", [line, outside]))
    assert refused.status_code == 422
    assert "This day lies outside the stay." in refused.text
    assert 'value="Too late"' in refused.text
    assert not stay.programme.exists()
    more = client.post(url, {"add": "days", **rows("days", [line])})
    assert more.status_code == 200
    assert 'name="days-3-activity"' in more.text
    assert client.post(url, rows("days", [line, {"day": "", "time": "", "activity": ""}])).status_code == 302
    assert [(item.time, item.activity) for item in stay.programme.all()] == [(dt.time(9, 30), "Welcome")]
    gone = {**line, "DELETE": "on"}
    assert client.post(url, rows("days", [gone])).status_code == 302
    assert not stay.programme.exists()


def test_budget_sums_by_head_and_payer() -> None:
    stay = planned_stay()
    client = signed_in(stay.project.trainee)
    url = reverse("trainees:budget_edit", args=[stay.public_id])
    assert client.get(url).status_code == 200
    lines = [
        {"head": "travel", "amount": "312.00", "funded_by": "grant", "note": "train"},
        {"head": "stay", "amount": "546.50", "funded_by": "employer", "note": ""},
        {"head": "meals", "amount": "", "funded_by": "grant", "note": ""},
    ]
    assert client.post(url, rows("budget", lines)).status_code == 302
    page = client.get(reverse("trainees:project_detail", args=[stay.project.public_id]))
    assert "€858.50" in page.text
    assert "546.50" in page.text
    refused = client.post(url, rows("budget", [{**lines[0], "amount": "-3"}]))
    assert refused.status_code == 422
    assert stay.budget.count() == 2


def test_stay_details_are_kept_and_limited() -> None:
    stay = planned_stay()
    client = signed_in(stay.project.trainee)
    url = reverse("trainees:stay_edit", args=[stay.public_id])
    assert client.get(url).status_code == 200
    data = {"logistics": "With friends", "insurance": "Employer", "travel_days": "2", "green_travel": "on"}
    assert client.post(url, data).status_code == 302
    stay.refresh_from_db()
    assert (stay.logistics, stay.travel_days, stay.green_travel) == ("With friends", 2, True)
    assert client.post(url, {**data, "travel_days": "9"}).status_code == 422


def test_agreement_page_lists_gaps_then_makes_it_once() -> None:
    stay = planned_stay()
    stay.insurance = ""
    stay.save()
    client = signed_in(stay.project.trainee)
    url = reverse("trainees:agreement_make", args=[stay.public_id])
    assert "Say how you are insured" in client.get(url).text
    client.post(url, {"language": "en"})
    assert not stay.agreements.exists()
    Internship.objects.filter(pk=stay.pk).update(insurance="Employer")
    assert client.get(url).status_code == 200
    assert client.post(url, {"language": "fr"}).status_code == 302
    assert client.post(url, {"language": "fr"}).status_code == 302
    assert stay.agreements.get().language == "fr"
    page = client.get(reverse("trainees:project_detail", args=[stay.project.public_id]))
    assert "Your document is being made" in page.text
    assert "Read the agreement and sign it" in page.text
