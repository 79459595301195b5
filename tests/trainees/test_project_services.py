"""Profile, project, goals and the plan of a stay: what is written, what is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from ecett.accounts.enums import Role
from ecett.core.clock import today
from ecett.core.workflow import Blocked
from tests.factories import (
    HostFactory,
    InternshipFactory,
    OrganisationFactory,
    ProfileFactory,
    ProjectFactory,
    UserFactory,
    person,
)
from tests.trainees.conftest import planned_stay, signing
from trainees import services, signals
from trainees.models import Goal, Internship, Project

pytestmark = pytest.mark.django_db


# ── Profile and project ─────────────────────────────────────────────────────────────────────────────────────
def test_profile_replaces_rows_and_fills_open_projects() -> None:
    trainee = person(Role.TRAINEE)
    project = services.start_project(trainee=trainee, title="Aftercare", language="nl")
    employer = OrganisationFactory(name="De Oever vzw")
    services.save_profile(user=trainee, languages=[("en", "B1"), ("nl", "C2")])
    profile = services.save_profile(
        user=trainee,
        languages=[("en", "B2")],
        resume=[{"kind": "work", "title": "Educator", "start_year": 2019}],
        employer=employer,
        employer_contact="An De Wilde",
        employer_email="an@oever.example",
        employer_language="nl",
    )
    assert list(profile.languages.values_list("language", "level")) == [("en", "B2")]
    assert list(profile.resume.values_list("title", "start_year")) == [("Educator", 2019)]
    project.refresh_from_db()
    assert (project.employer, project.employer_contact) == (employer, "An De Wilde")


def test_profile_leaves_a_project_with_another_employer_alone() -> None:
    profile = ProfileFactory()
    project = services.start_project(trainee=profile.user, title="Aftercare", language="en")
    services.save_profile(user=profile.user, employer=OrganisationFactory(), employer_contact="New Boss")
    project.refresh_from_db()
    assert project.employer == profile.employer
    assert project.employer_contact == "Ann Boss"


def test_start_project_twice_begins_one() -> None:
    trainee = person(Role.TRAINEE)
    first = services.start_project(trainee=trainee, title="Aftercare", language="en")
    second = services.start_project(trainee=trainee, title="Aftercare", language="en")
    assert first.pk == second.pk
    assert first.number.startswith(f"{today().year}-")


def test_employer_is_found_by_name_and_town_or_added_with_coordinates() -> None:
    known = OrganisationFactory(name="De Oever", country="BE", city="Gent")
    assert services.find_or_add_employer(name="de oever", country="BE", city="gent") == known
    new = services.find_or_add_employer(name="De Oever", country="BE", city="Antwerpen")
    assert new != known
    assert (round(new.latitude or 0, 1), round(new.longitude or 0, 1)) == (51.2, 4.4)


def texts(project: Project) -> list[str]:
    return [goal.text for goal in Goal.objects.filter(project=project)]


def test_goals_are_put_in_another_order() -> None:
    project = ProjectFactory()
    one, two, three = (services.add_goal(project=project, text=text) for text in ("one", "two", "three"))
    for goal, place, order in (
        (three, 0, ["three", "one", "two"]),
        (three, 0, ["three", "one", "two"]),
        (one, 2, ["three", "two", "one"]),
        (two, 99, ["three", "one", "two"]),
        (two, 1, ["three", "two", "one"]),
    ):
        services.place_goal(goal=goal, place=place)
        assert texts(project) == order, (goal.text, place)
    services.delete_goal(goal=two)
    services.place_goal(goal=one, place=0)
    assert texts(project) == ["one", "three"]
    assert services.add_goal(project=project, text="four").position > three.position
    stay = planned_stay()
    goal = services.add_goal(project=stay.project, text="Another")
    services.make_agreement(internship=stay, actor=stay.project.trainee)
    with pytest.raises(Blocked, match="already says this"):
        services.place_goal(goal=goal, place=0)


def test_goals_are_refused_once_the_agreement_is_written() -> None:
    stay = planned_stay()
    goal = services.add_goal(project=stay.project, text="One more goal", deadline=today())
    assert services.add_goal(project=stay.project, text="One more goal", deadline=today()) == goal
    signing(stay)
    with pytest.raises(Blocked, match="Change the plan"):
        services.add_goal(project=stay.project, text="Too late")
    with pytest.raises(Blocked, match="Change the plan"):
        services.delete_goal(goal=goal)


# ── The stay ────────────────────────────────────────────────────────────────────────────────────────────────
def test_create_internship_knows_companions_and_says_so(project: Project) -> None:
    heard: list[Internship] = []

    def listen(sender: object, internship: Internship, **kwargs: object) -> None:
        heard.append(internship)

    signals.internship_created.connect(listen)
    try:
        jonas = UserFactory(email="jonas@example.org")
        stay = services.create_internship(
            project=project,
            host=HostFactory(meals="free", accommodation="no"),
            start=today(),
            end=today() + dt.timedelta(days=4),
            host_contact="Maja Lind",
            host_email="maja@example.org",
            host_language="sv",
            companions=[("Jonas Peeters", "Jonas@example.org"), ("Eva", "")],
        )
    finally:
        signals.internship_created.disconnect(listen)
    assert heard == [stay]
    assert [(row.name, row.user) for row in stay.companions.all()] == [
        ("Jonas Peeters", jonas),
        ("Eva", None),
    ]
    assert stay.logistics == "Meals: free, offered by the host\nNights: not offered by the host"
    with pytest.raises(Blocked, match="already has a host"):
        services.create_internship(
            project=project, host=HostFactory(), start=today(), end=today(), host_contact="B",
            host_email="b@example.org", host_language="en",
        )  # fmt: skip


def test_usual_programme_leaves_weekends_out() -> None:
    from trainees.services.internships import usual_programme

    friday = dt.date(2027, 2, 12)
    stay = InternshipFactory(start=friday, end=friday + dt.timedelta(days=3))
    assert [row["day"] for row in usual_programme(stay)] == [
        friday,
        dt.date(2027, 2, 15),
        dt.date(2027, 2, 15),
    ]
    stay.start = stay.end = dt.date(2027, 2, 13)
    assert {row["day"] for row in usual_programme(stay)} == {dt.date(2027, 2, 13)}


def test_programme_outside_the_stay_is_refused_and_nothing_lost() -> None:
    stay = planned_stay()
    before = list(stay.programme.values_list("day", "activity"))
    with pytest.raises(Blocked, match="outside the stay"):
        services.save_programme(
            internship=stay,
            items=[{"day": stay.end + dt.timedelta(days=1), "time": dt.time(9), "activity": "Late"}],
        )
    assert list(stay.programme.values_list("day", "activity")) == before
