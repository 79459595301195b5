"""Words that arrive after the session has ended, or from a page that had been open too long, come back."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.core import clock, savedforms
from helpdesk.links import answer_url
from tests.bad_input.crawl import forms_of
from tests.factories import ProposalFactory, person
from trainees.models import Project

WORDS = "People who leave our house lose contact with us.\nWe want to know <why>."
HERE = {"Origin": "http://testserver"}


def start(client: Client, **changes: Any) -> Any:
    """Send the form of a new project."""
    data = {"title": "Aftercare that stays reachable", "problem": WORDS, "language": "en", **changes}
    return client.post(reverse("trainees:project_start"), data)


def sign_in(client: Client, user: Any, path: str) -> Any:
    """The sign-in page, then where it leads."""
    return client.post(path, {"login": user.email, "password": "a long password"}, follow=True)


@pytest.fixture
def trainee(db: None) -> Any:
    from allauth.account.models import EmailAddress

    user = person(Role.TRAINEE)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_form_sent_after_the_session_ended_is_offered_after_signing_in(client: Client, trainee: Any) -> None:
    client.force_login(trainee, backend="django.contrib.auth.backends.ModelBackend")
    Session.objects.all().delete()
    answer = start(client)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/accounts/login/?next=/trainee/start/"
    page = sign_in(client, trainee, answer.headers["Location"])
    text = page.content.decode()
    assert "What you typed is still here" in text
    assert "lose contact with us.<br>We want to know &lt;why&gt;." in text
    assert page.headers["Cache-Control"] == "no-store"
    assert Project.objects.count() == 0
    again = client.get("/trainee/start/")
    assert "What you typed is still here" in again.content.decode(), "a reload loses nothing"
    form = next(form for form in forms_of(text, "/trainee/start/") if form.action == "/trainee/start/")
    answer = client.post(form.action, form.data())
    assert answer.status_code == 302
    project = Project.objects.get()
    assert (project.title, project.problem) == ("Aftercare that stays reachable", WORDS)
    assert "What you typed is still here" not in client.get("/trainee/start/").content.decode()


def test_kept_words_can_be_thrown_away(client: Client, trainee: Any) -> None:
    page = sign_in(client, trainee, start(client).headers["Location"])
    assert 'href="/trainee/start/?kept=discard"' in page.content.decode()
    answer = client.get("/trainee/start/?kept=discard")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/trainee/start/")
    assert "What you typed is still here" not in client.get("/trainee/start/").content.decode()


def test_kept_words_are_forgotten_after_a_day(
    client: Client, trainee: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime as dt

    sign_in(client, trainee, start(client).headers["Location"])
    later = clock.now() + dt.timedelta(seconds=savedforms.KEPT_SECONDS + 60)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "What you typed is still here" not in client.get("/trainee/start/").content.decode()


def test_button_only_address_is_offered_too(client: Client, trainee: Any) -> None:
    """An address that takes a POST only would answer 405 after signing in."""
    project = Project.objects.create(number="2026-1", trainee=trainee, title="Aftercare")
    path = reverse("trainees:project_step", args=[project.public_id, "drop"])
    page = sign_in(client, trainee, client.post(path, {"comment": "We changed house."}).headers["Location"])
    assert page.status_code == 200
    assert "We changed house." in page.content.decode()


def test_passwords_are_never_kept(client: Client, trainee: Any) -> None:
    start(client, password="secret", code="123456")
    kept = client.session[savedforms.KEY]["fields"]
    assert "password" not in kept
    assert "code" not in kept
    assert kept["problem"] == [WORDS]


def test_more_than_can_be_kept_is_said(client: Client, trainee: Any) -> None:
    answer = start(client, problem="x" * (savedforms.LIMIT + 1))
    assert savedforms.KEY not in client.session
    text = client.get(answer.headers["Location"]).content.decode()
    assert "Please sign in again." in text
    assert "what you typed is kept" not in text


def test_part_of_a_page_leads_back_to_the_page(client: Client, trainee: Any) -> None:
    project = Project.objects.create(number="2026-1", trainee=trainee, title="Aftercare")
    path = reverse("trainees:goal_check", args=[project.public_id])
    page = f"http://testserver/trainee/projects/{project.public_id}/"
    answer = client.post(path, {"text": "x"}, headers={"HX-Request": "true", "HX-Current-URL": page})
    assert answer.headers["HX-Redirect"] == (
        f"/accounts/login/?next=%2Ftrainee%2Fprojects%2F{project.public_id}%2F".replace("%2F", "/")
        if "%2F" not in answer.headers["HX-Redirect"]
        else f"/accounts/login/?next=%2Ftrainee%2Fprojects%2F{project.public_id}%2F"
    )


# ── A token that is too old ─────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def strict(trainee: Any) -> Client:
    """A browser whose forms carry an old token: she signed in again in another tab."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(trainee, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_form_with_an_old_token_is_offered_at_once_with_a_new_one(strict: Client) -> None:
    data = {"title": "Aftercare", "problem": WORDS, "language": "en", "csrfmiddlewaretoken": "a" * 64}
    answer = strict.post("/trainee/start/", data, headers=HERE)
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "What you typed is still here" in text
    form = next(form for form in forms_of(text, "/trainee/start/") if form.action == "/trainee/start/")
    assert strict.post(form.action, form.data(), headers=HERE).status_code == 302
    assert Project.objects.get().problem == WORDS


@pytest.mark.django_db
def test_host_without_an_account_keeps_her_words_too() -> None:
    proposal = ProposalFactory()
    url = answer_url(proposal)
    path = url[url.index("/helpdesk/") :]
    client = Client(enforce_csrf_checks=True)
    said = {"choice": "decline", "words": "We rebuild our house."}
    answer = client.post(path, said, headers=HERE)
    assert answer.status_code == 403
    text = unescape(answer.content.decode())
    assert "We rebuild our house." in text
    form = next(form for form in forms_of(text, path) if form.action == path)
    assert client.post(path, form.data(), headers=HERE).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "declined"


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", ""])
def test_words_of_another_site_are_not_offered(strict: Client, origin: str) -> None:
    headers = {"Origin": origin} if origin else {}
    answer = strict.post("/trainee/start/", {"title": "x y", "problem": WORDS}, headers=headers)
    assert answer.status_code == 403
    assert "lose contact" not in answer.content.decode()


def test_sign_in_with_an_old_token_offers_no_password(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        "/accounts/login/", {"login": "a@b.example", "password": "pass phrase"}, headers=HERE
    )
    assert answer.status_code == 403
    assert "pass phrase" not in answer.content.decode()


# ── In a browser ────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("javascript", [True, False])
def test_session_that_ends_while_typing_loses_nothing(
    browser_context: Callable[..., Any], javascript: bool
) -> None:
    from allauth.account.models import EmailAddress

    user = person(Role.TRAINEE)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    with browser_context(javascript=javascript) as context:
        page = context.new_page()

        def sign_in_there() -> None:
            page.fill("[name=login]", user.email)
            page.fill("[name=password]", "a long password")
            page.click("main form[action*=login] button.btn-primary")

        page.goto("/accounts/login/?next=/trainee/start/")
        sign_in_there()
        page.fill("main [name=title]", "Aftercare that stays reachable")
        page.fill("main [name=problem]", WORDS)
        Session.objects.all().delete()
        page.click("main form .btn-primary")
        assert "/accounts/login/" in page.url
        sign_in_there()
        assert page.inner_text("h1") == "What you typed is still here"
        assert "We want to know <why>." in page.inner_text("main")
        page.click("main form .btn-primary")
        page.wait_for_url("**/trainee/projects/**")
        project = Project.objects.get()
        assert project.problem == WORDS
        page.goto("/trainee/start/")
        assert page.input_value("main [name=title]") == "", "the draft on the device has arrived too"
