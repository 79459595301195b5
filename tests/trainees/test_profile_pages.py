"""A trainee's home and her profile: what they show, refuse, and keep."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ecett.accounts.enums import Role
from tests.factories import GoalFactory, InternshipFactory, OrganisationFactory, ProjectFactory, person
from tests.trainees.conftest import (
    SCRIPT,
    planned_stay,
    rows,
    signed_in,
)
from trainees.models import TraineeProfile

pytestmark = pytest.mark.django_db


def test_home_begins_empty_and_says_what_to_do() -> None:
    page = signed_in(person(Role.TRAINEE)).get("/trainee/")
    assert page.status_code == 200
    assert "Start a project" in page.text
    assert "Still missing: profession, employer, languages" in page.text


def test_home_has_constant_queries() -> None:
    trainee = person(Role.TRAINEE)
    GoalFactory(project=ProjectFactory(trainee=trainee))
    stay = planned_stay(trainee=trainee)
    client = signed_in(trainee)
    client.get("/trainee/")
    with CaptureQueriesContext(connection) as few:
        client.get("/trainee/")
    for _number in range(5):
        another = InternshipFactory(project__trainee=trainee, host=stay.host, state="planned")
        GoalFactory(project=another.project)
    with CaptureQueriesContext(connection) as many:
        assert client.get("/trainee/").status_code == 200
    assert len(many) == len(few)


def test_profile_is_kept_with_languages_and_resume() -> None:
    trainee = person(Role.TRAINEE)
    client = signed_in(trainee)
    assert client.get("/trainee/profile/").status_code == 200
    data = {
        "profession": "Educator",
        "sector": "youth",
        "qualification": "6",
        "employer_name": "De Oever vzw",
        "employer_country": "BE",
        "employer_city": "Gent",
        "employer_contact": "An De Wilde",
        "employer_email": "an@oever.example",
        "employer_language": "nl",
        **rows("languages", [{"language": "en", "level": "B2"}, {"language": "", "level": ""}]),
        **rows("resume", [{"kind": "work", "title": "Educator", "start_year": "2019"}, {"kind": "work"}]),
    }
    assert client.post("/trainee/profile/", data).status_code == 302
    profile = TraineeProfile.objects.get(user=trainee)
    assert profile.employer.name == "De Oever vzw"
    assert profile.employer.latitude == pytest.approx(51.05, abs=0.01)
    assert [str(row) for row in profile.languages.all()] == ["en B2"]
    assert [row.title for row in profile.resume.all()] == ["Educator"]
    page = client.get("/trainee/profile/")
    assert 'value="De Oever vzw"' in page.text


def test_profile_loses_nothing_when_something_is_wrong() -> None:
    client = signed_in(person(Role.TRAINEE))
    data = {
        "profession": "Educator",
        "employer_name": "Unknown House",
        "about": "x" * 1_000_000,
        **rows("languages", [{"language": "en", "level": ""}]),
        **rows("resume", [{"kind": "work", "title": SCRIPT, "start_year": "2020", "end_year": "2010"}]),
    }
    page = client.post("/trainee/profile/", data)
    assert page.status_code == 422
    assert "Say in which country your employer is." in page.text
    assert "at most 10000 characters (it has 1000000)" in page.text
    assert "This is before the first year." in page.text
    assert 'value="Educator"' in page.text
    assert SCRIPT not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    assert not TraineeProfile.objects.exists()


def test_profile_gives_more_lines_without_judging() -> None:
    client = signed_in(person(Role.TRAINEE))
    data = {
        "add": "languages",
        "profession": "Nurse",
        **rows("languages", [{"language": "fi", "level": ""}]),
        **rows("resume", []),
    }
    page = client.post("/trainee/profile/", data)
    assert page.status_code == 200
    assert 'value="Nurse"' in page.text
    assert 'name="languages-3-language"' in page.text
    assert '<option value="fi" selected>Finnish</option>' in page.text
    assert "This field is required" not in page.text


def test_organisations_are_offered_while_typing() -> None:
    OrganisationFactory(name="De Oever vzw", city="Gent")
    client = signed_in(person(Role.TRAINEE))
    assert "De Oever vzw" in client.get("/trainee/organisations/?employer_name=de+o").text
    assert "De Oever vzw" not in client.get("/trainee/organisations/?employer_name=d").text
