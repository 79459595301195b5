"""What happens next, said for each moment of the journey, and what it adds to the lists of things to do."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from ecett.accounts.enums import Role
from ecett.core import slots
from ecett.core.clock import today
from ecett.core.slots import NextStep
from tests.factories import OrganisationFactory, ProjectFactory, person
from tests.trainees.conftest import agreed_stay, confirmed_stay, planned_stay, sign_all, signing
from trainees import services
from trainees.models import Project
from trainees.selectors.journey import projects_of, with_journey
from trainees.selectors.steps import Step, next_step, plan_items, spine
from trainees.selectors.timeline import timeline
from trainees.selectors.todos import trainee_todos, waiting_for_party

pytestmark = pytest.mark.django_db


def read(project: Project) -> Project:
    return with_journey(Project.objects.filter(pk=project.pk)).get()


def step_of(project: Project) -> Step:
    return next_step(read(project), project.trainee)


def test_before_a_host_the_trainee_is_led() -> None:
    project = ProjectFactory(problem="")
    assert (str(step_of(project).text), step_of(project).mine) == (
        "describe the problem at your workplace.",
        True,
    )
    services.edit_project(project=project, problem="They leave.")
    assert str(step_of(project).text) == "set your first goal."


def test_a_higher_app_speaks_while_a_host_is_looked_for(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        slots, "first", lambda name, subject, user: NextStep("the helpdesk looks.", note=name)
    )
    assert (str(step_of(project).text), step_of(project).note) == ("the helpdesk looks.", "project_next")


def test_planning_names_the_first_gap_then_the_agreement() -> None:
    stay = planned_stay()
    services.save_programme(internship=stay, items=[])
    stay.insurance = ""
    stay.save()
    step = step_of(stay.project)
    assert (str(step.text), step.note) == ("Write the programme of the days.", "Then one more thing.")
    assert [item.done for item in plan_items(read(stay.project))] == [
        True,
        True,
        True,
        False,
        False,
        False,
        False,
    ]
    ready = planned_stay()
    assert step_of(ready.project).label == "Make the agreement"


def test_signing_waits_for_the_trainee_first_then_for_the_others() -> None:
    agreement = signing()
    project = agreement.internship.project
    assert (step_of(project).label, step_of(project).mine) == ("Read and sign", True)
    trainee = agreement.signatures.get(party="trainee")
    services.sign(signature=trainee, typed_name="Ada", actor=project.trainee)
    step = step_of(project)
    assert "Ann Boss" in str(step.text)
    assert (step.mine, step.post, step.label) == (False, True, "Remind now")
    desk = person(Role.HELPDESK)
    assert next_step(read(project), desk).url == ""


def test_stay_before_during_and_after() -> None:
    later = agreed_stay(start=today() + dt.timedelta(days=3))
    assert "your stay at" in str(step_of(later.project).text)
    during = agreed_stay(start=today() - dt.timedelta(days=1))
    assert "until" in str(step_of(during.project).text)
    over = agreed_stay()
    assert (step_of(over.project).label, step_of(over.project).post) == ("Ask the host now", True)
    assert [row["state"] for row in spine(read(over.project))] == ["done", "now", "", ""]
    assert spine(read(over.project))[1]["at"] == 100


def test_afterwards_look_back_practice_plan() -> None:
    stay = confirmed_stay()
    trainee = stay.project.trainee
    assert step_of(stay.project).label == "Look back"
    marks = {"usefulness": 5, "preparation": 5, "again": True}
    services.evaluate(internship=stay, party="trainee", actor=trainee, **marks)
    assert step_of(stay.project).label == "Write the practice"
    services.report_practice(internship=stay, author=trainee, title="One phone")
    assert "their look-back is still to come" in str(step_of(stay.project).text)
    assert "Maja Lind · Ann Boss" in str(step_of(stay.project).text)


def test_timeline_tells_the_last_events_first() -> None:
    agreement = signing()
    sign_all(agreement)
    project = read(agreement.internship.project)
    said = [event.text for event in timeline(project, project.trainee)]
    assert said[0] == "Agreement sealed"
    assert said[-1] == "Project begun" or "said yes" in said[-1]
    assert "Maja Lind signed version 1" in said
    assert not any("asked to sign" in text for text in said)


def test_todos_of_trainee_host_and_employer() -> None:
    agreement = signing()
    stay = agreement.internship
    mine = list(trainee_todos(stay.project.trainee))
    assert [(item.title, item.mine) for item in mine] == [(stay.project.title, True)]
    assert f"/trainee/signatures/{agreement.signatures.get(party='trainee').public_id}/" == mine[0].url
    host = person(Role.HOST, organisation=stay.host.organisation)
    employer = person(Role.EMPLOYER, organisation=stay.project.employer)
    for user in (host, employer):
        assert [item.title for item in waiting_for_party(user)] == [
            "Sign the agreement of " + str(stay.project.trainee)
        ]
    assert list(waiting_for_party(person(Role.HOST, organisation=OrganisationFactory()))) == []
    done = confirmed_stay()
    host = person(Role.HOST, organisation=done.host.organisation)
    assert [item.url for item in waiting_for_party(host)] == [
        f"/trainee/stays/{done.public_id}/look-back/host/"
    ]


def test_days_to_confirm_wait_since_the_stay_ended_whatever_was_changed_since() -> None:
    end = today() - dt.timedelta(days=9)
    stay = agreed_stay(start=end - dt.timedelta(days=4))
    stay.save()
    host = person(Role.HOST, organisation=stay.host.organisation)
    item = next(waiting_for_party(host))
    assert item.title == f"Confirm the days of {stay.project.trainee}"
    assert timezone.localtime(item.since) == dt.datetime.combine(
        end, dt.time(), timezone.get_current_timezone()
    )


def test_projects_are_read_with_constant_queries(django_assert_num_queries: object) -> None:
    stay = planned_stay()
    found = list(projects_of(stay.project.trainee))
    assert [project.pk for project in found] == [stay.project_id]
    with django_assert_num_queries(0):  # type: ignore[operator]
        next_step(found[0], stay.project.trainee)
        spine(found[0])
