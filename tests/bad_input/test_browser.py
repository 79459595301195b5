"""In a real browser: a double click, the back button after sending, a page that had been open too long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from ecett.accounts.enums import Role
from helpdesk.links import PROPOSAL
from helpdesk.models import Message
from tests.factories import GoalFactory, ProposalFactory, RequestFactory, person
from tests.permissions.world import token
from trainees.models import Internship, Project

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MAIN = "main form .btn-primary"


def sign_in(page: Any, user: Any, path: str) -> None:
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    page.goto(f"/accounts/login/?next={path}")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", "a long password")
    page.click("main form[action*=login] button.btn-primary")


def test_double_click_sends_once_and_the_button_says_that_it_works(
    browser_context: Callable[..., Any],
) -> None:
    request = RequestFactory()
    path = f"/helpdesk/requests/{request.public_id}/"
    with browser_context() as context:
        page = context.new_page()
        sign_in(page, request.project.trainee, path)
        page.fill("main [name=text]", "Is there news?")
        # Nothing leaves the page, so that it can be looked at: what would leave is counted.
        page.evaluate(
            "() => { window.left = 0; window.addEventListener('submit', (event) => {"
            " if (!event.defaultPrevented) window.left += 1; event.preventDefault(); }) }"
        )
        button = page.locator("form[action$='/message/'] button.btn").first
        button.dblclick()
        page.wait_for_selector("form[action$='/message/'] .btn.busy")
        assert button.get_attribute("aria-disabled") == "true"
        assert button.inner_text() == "One moment…"
        button.click(force=True)
        assert page.evaluate("() => window.left") == 1
    with browser_context() as context:
        page = context.new_page()
        sign_in(page, request.project.trainee, path)
        page.fill("main [name=text]", "Is there news?")
        page.locator("form[action$='/message/'] button.btn").first.dblclick()
        page.wait_for_selector("main :text-is('Is there news?')")
        assert Message.objects.count() == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_back_and_send_again_is_harmless(browser_context: Callable[..., Any], javascript: bool) -> None:
    user = person(Role.TRAINEE)
    with browser_context(javascript=javascript) as context:
        page = context.new_page()
        sign_in(page, user, "/trainee/start/")
        page.fill("main [name=title]", "Aftercare that stays reachable")
        page.click(MAIN)
        page.wait_for_url("**/trainee/projects/**")
        first = page.url
        page.go_back()
        page.wait_for_url("**/trainee/start/")
        page.fill("main [name=title]", "Aftercare that stays reachable")
        page.click(MAIN)
        page.wait_for_url("**/trainee/projects/**")
        assert page.url == first
        assert Project.objects.count() == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_host_who_answers_again_after_going_back_reads_what_she_said(
    browser_context: Callable[..., Any], javascript: bool
) -> None:
    proposal = ProposalFactory(request=RequestFactory(project=GoalFactory().project, state="proposed"))
    path = f"/helpdesk/answer/{token(PROPOSAL, proposal)}/"
    with browser_context(javascript=javascript) as context:
        page = context.new_page()
        page.goto(path)
        page.check("main [name=choice][value=accept]")
        page.click(MAIN)
        page.wait_for_selector("text=it is agreed")
        page.go_back()
        if page.locator("main [name=choice][value=decline]").count():
            page.check("main [name=choice][value=decline]")
            page.locator("main [name=words]").first.fill("Building work")
            page.click(MAIN)
            page.wait_for_load_state()
        assert "agreed" in page.inner_text("main").lower()
        proposal.refresh_from_db()
        assert proposal.state == "accepted"
        assert Internship.objects.count() == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_page_that_was_open_too_long_keeps_the_words(
    browser_context: Callable[..., Any], javascript: bool
) -> None:
    """She signed in again in another tab: the token of the first tab is old."""
    user = person(Role.TRAINEE)
    with browser_context(javascript=javascript) as context:
        page = context.new_page()
        sign_in(page, user, "/trainee/start/")
        page.fill("main [name=title]", "Aftercare that stays reachable")
        page.fill("main [name=problem]", "They lose contact.")
        context.clear_cookies(name="csrftoken")
        page.click(MAIN)
        page.wait_for_selector("h1:has-text('What you typed is still here')")
        assert "They lose contact." in page.inner_text("main")
        page.click(MAIN)
        page.wait_for_url("**/trainee/projects/**")
        assert Project.objects.get().problem == "They lose contact."
