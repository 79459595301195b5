"""The pages of the journey as each role meets them: what they show, refuse, and keep."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.core.clock import now, today
from ecett.core.models import Notification
from tests.factories import GoalFactory, InternshipFactory, OrganisationFactory, ProjectFactory, person
from tests.trainees.conftest import agreed_stay, confirmed_stay, planned_stay, signing
from trainees import links, services
from trainees.models import Companion, Goal, Internship, Project, Signature, TraineeProfile

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def path_of(url: str) -> str:
    """The path of a whole address of a letter."""
    return url.partition("://")[2].partition("/")[2].join(["/", ""])


def rows(prefix: str, lines: list[dict[str, str]]) -> dict[str, str]:
    """What a browser sends for a table of lines."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(lines)), f"{prefix}-INITIAL_FORMS": "0"}
    for number, line in enumerate(lines):
        data |= {f"{prefix}-{number}-{name}": value for name, value in line.items()}
    return data


# ── Home and profile ──────────────────────────────────────────────────────────────────────────────────
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


# ── Project and goals ─────────────────────────────────────────────────────────────────────────────────
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


# ── The plan ──────────────────────────────────────────────────────────────────────────────────────────
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


# ── Signing ───────────────────────────────────────────────────────────────────────────────────────────
def test_sign_by_link_without_an_account() -> None:
    agreement = signing()
    host = agreement.signatures.get(party="host")
    url = path_of(links.sign_url(host))
    visitor = Client()
    page = visitor.get(url)
    assert page.status_code == 200
    assert agreement.internship.project.goals.get().text in page.text
    assert "You sign as" in page.text
    assert visitor.post(url, {"typed_name": "Maja Lind"}).status_code == 422
    assert visitor.post(url, {"typed_name": "", "agree": "on"}).status_code == 422
    host.refresh_from_db()
    assert host.signed_at is None
    assert visitor.post(url, {"typed_name": "Maja Lind", "agree": "on"}).status_code == 302
    again = visitor.post(url, {"typed_name": "Other", "agree": "on"}, follow=True)
    assert "your signature is saved" in again.text
    host.refresh_from_db()
    assert host.signed_name == "Maja Lind"


def test_sign_speaks_the_language_of_the_letter() -> None:
    agreement = signing()
    Signature.objects.filter(agreement=agreement, party="host").update(language="nl")
    page = Client().get(path_of(links.sign_url(agreement.signatures.get(party="host"))))
    assert '<html lang="nl"' in page.text


def test_agreement_is_marked_as_being_in_its_own_language() -> None:
    """Made in French, read by a Dutch host: the page is hers, the agreement's words are said as French."""
    stay = planned_stay()
    agreement = services.make_agreement(internship=stay, actor=stay.project.trainee, language="fr")
    Signature.objects.filter(agreement=agreement, party="host").update(language="nl")
    page = Client().get(path_of(links.sign_url(agreement.signatures.get(party="host")))).text
    assert agreement.document is not None
    said = agreement.document.context
    assert '<html lang="nl"' in page
    assert f'<p class="lead"><span lang="fr">{said["lead"]}</span></p>' in page
    assert said["parties"][1]["label"] in page.split('<div lang="fr">')[1]


def test_sign_while_the_document_is_made_keeps_the_name() -> None:
    stay = planned_stay()
    agreement = services.make_agreement(internship=stay, actor=stay.project.trainee)
    url = path_of(links.sign_url(agreement.signatures.get(party="host")))
    page = Client().post(url, {"typed_name": "Maja Lind", "agree": "on"})
    assert page.status_code == 422
    assert "still being made" in page.text
    assert 'value="Maja Lind"' in page.text


def test_sign_a_void_version_is_told_clearly() -> None:
    agreement = signing()
    url = path_of(links.sign_url(agreement.signatures.get(party="host")))
    stay = Internship.objects.get(pk=agreement.internship_id)
    services.replan(internship=stay, actor=stay.project.trainee)
    page = Client().get(url)
    assert page.status_code == 200
    assert "can no longer be signed" in page.text
    assert Client().post(url, {"typed_name": "Maja", "agree": "on"}).status_code == 409


def test_altered_and_expired_links(monkeypatch: pytest.MonkeyPatch) -> None:
    agreement = signing()
    host = agreement.signatures.get(party="host")
    url = path_of(links.sign_url(host))
    assert Client().get(url[:-6] + "xxxxx/").status_code == 404
    with monkeypatch.context() as patched:
        patched.setattr(links, "ACT_DAYS", -1)
        old = path_of(links.sign_url(host))
    page = Client().get(old)
    assert page.status_code == 410
    token = old.removeprefix("/trainee/sign/").rstrip("/")
    renew = reverse("trainees:link_renew", args=["sign_agreement", token])
    assert renew in page.text
    before = Notification.objects.filter(kind="trainees.sign_reminder").count()
    assert "on its way" in Client().post(renew).text
    assert "on its way" in Client().post(renew).text
    sent = Notification.objects.filter(kind="trainees.sign_reminder")
    assert sent.count() == before + 1
    assert sent.get().email == host.email


def test_a_link_opens_nothing_else() -> None:
    agreement = signing()
    host = agreement.signatures.get(party="host")
    token = path_of(links.sign_url(host)).removeprefix("/trainee/sign/").rstrip("/")
    assert Client().get(reverse("trainees:attendance", args=[token])).status_code == 404
    assert Client().get(reverse("trainees:look_back_by_link", args=["host", token])).status_code == 404


def test_sign_with_an_account() -> None:
    agreement = signing()
    stay = agreement.internship
    host = agreement.signatures.get(party="host")
    url = reverse("trainees:signature", args=[host.public_id])
    assert signed_in(person(Role.HOST, organisation=OrganisationFactory())).get(url).status_code == 404
    assert signed_in(stay.project.trainee).get(url).status_code == 403
    client = signed_in(person(Role.HOST, organisation=stay.host.organisation))
    assert client.get(url).status_code == 200
    assert client.post(url, {"typed_name": "Maja", "agree": "on"}).status_code == 302
    host.refresh_from_db()
    assert host.signed_at is not None


def test_remind_button_says_when_it_may_be_used_again() -> None:
    agreement = signing()
    stay = agreement.internship
    trainee = agreement.signatures.get(party="trainee")
    services.sign(signature=trainee, typed_name="Ada", actor=stay.project.trainee)
    client = signed_in(stay.project.trainee)
    page = client.get(reverse("trainees:project_detail", args=[stay.project.public_id]))
    assert "Ann Boss" in page.text
    assert "Remind now" in page.text
    employer = agreement.signatures.get(party="employer")
    url = reverse("trainees:signature_remind", args=[employer.public_id])
    assert "You can remind again from" in client.post(url, follow=True).text
    Signature.objects.filter(pk=employer.pk).update(asked_at=now() - dt.timedelta(days=4))
    assert "has been sent to" in client.post(url, follow=True).text


# ── Check and Act ─────────────────────────────────────────────────────────────────────────────────────
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


# ── Who sees what ─────────────────────────────────────────────────────────────────────────────────────
def test_companion_reads_and_cannot_write() -> None:
    stay = planned_stay()
    jonas = person(Role.TRAINEE)
    Companion.objects.create(internship=stay, name="Jonas", email=jonas.email, user=jonas)
    client = signed_in(jonas)
    page = client.get(reverse("trainees:project_detail", args=[stay.project.public_id]))
    assert page.status_code == 200
    assert ">Make the agreement<" not in page.text
    assert stay.project.title in client.get("/trainee/").text
    for name, public_id in (
        ("project_edit", stay.project.public_id),
        ("goal_add", stay.project.public_id),
        ("stay_edit", stay.public_id),
        ("programme_edit", stay.public_id),
        ("budget_edit", stay.public_id),
        ("agreement_make", stay.public_id),
    ):
        assert client.get(reverse(f"trainees:{name}", args=[public_id])).status_code == 403


@pytest.mark.parametrize(
    ("role", "own", "status"),
    [
        (Role.TRAINEE, False, 404),
        (Role.EMPLOYER, True, 200),
        (Role.EMPLOYER, False, 404),
        (Role.HOST, True, 404),
        (Role.HELPDESK, False, 200),
        (Role.COORDINATOR, True, 200),
        (Role.COORDINATOR, False, 404),
        (Role.JUROR, False, 404),
    ],
)
def test_project_page_by_role(role: str, own: bool, status: int) -> None:
    stay = planned_stay()
    employer = stay.project.employer
    organisations = {Role.EMPLOYER: employer, Role.COORDINATOR: employer, Role.HOST: stay.host.organisation}
    organisation = organisations.get(Role(role)) if own else OrganisationFactory()
    page = signed_in(person(role, organisation=organisation)).get(
        reverse("trainees:project_detail", args=[stay.project.public_id])
    )
    assert page.status_code == status


def test_host_and_employer_find_what_waits() -> None:
    agreement = signing()
    stay = agreement.internship
    host = signed_in(person(Role.HOST, organisation=stay.host.organisation))
    employer = signed_in(person(Role.EMPLOYER, organisation=stay.project.employer))
    for client in (host, employer):
        page = client.get("/trainee/waiting/")
        assert page.status_code == 200
        assert "Sign the agreement of" in page.text
        assert client.get(reverse("trainees:stay_detail", args=[stay.public_id])).status_code == 200
    assert signed_in(person(Role.TRAINEE)).get("/trainee/waiting/").status_code == 403


def test_party_home_has_constant_queries() -> None:
    stay = planned_stay()
    client = signed_in(person(Role.HOST, organisation=stay.host.organisation))
    client.get("/trainee/waiting/")
    with CaptureQueriesContext(connection) as few:
        client.get("/trainee/waiting/")
    for _number in range(10):
        InternshipFactory(host=stay.host)
    with CaptureQueriesContext(connection) as many:
        assert client.get("/trainee/waiting/").status_code == 200
    assert len(many) == len(few)


def test_host_with_account_cancels_with_reason() -> None:
    stay = planned_stay()
    client = signed_in(person(Role.HOST, organisation=stay.host.organisation))
    url = reverse("trainees:stay_step", args=[stay.public_id, "cancel"])
    assert "Please say why." in client.post(url, {"comment": " "}, follow=True).text
    assert client.post(url, {"comment": "Two colleagues left."}, follow=True).status_code == 200
    stay.refresh_from_db()
    assert stay.state == "cancelled"


def test_the_sealed_agreement_opens_from_the_letter_without_an_account() -> None:
    stay = agreed_stay()
    agreement = stay.agreements.get()
    letter = Notification.objects.get(kind="trainees.agreement_sealed", email=stay.host_email)
    url = next(word for word in letter.text.split() if "/documents/" in word)
    page = Client().get(path_of(url))
    assert page.status_code == 200
    assert agreement.sealed_document.code in page.text
    assert Client().get(path_of(url).partition("?")[0]).status_code == 302
    other = agreed_stay().agreements.get().sealed_document
    foreign = reverse("core:document_page", args=[other.public_id])
    assert Client().get(f"{foreign}?{path_of(url).partition('?')[2]}").status_code == 404
