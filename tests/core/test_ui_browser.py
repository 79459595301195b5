"""What the stylesheet and the script do in a real browser, on the gallery page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as portal_settings
from django.contrib.staticfiles import finders

from ecett.core import assets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GALLERY = "/components/"


@pytest.fixture(autouse=True)
def stylesheet(tmp_path: Path, settings: Any) -> Iterator[None]:
    """The stylesheet as it is now, whether or not the assets were built on this machine."""
    assets.build_style(portal_settings.BASE_DIR / "static" / "css", tmp_path / "ecett.css")
    settings.STATICFILES_DIRS = [tmp_path, portal_settings.BASE_DIR / "static"]
    finders.get_finder.cache_clear()
    yield
    finders.get_finder.cache_clear()


@pytest.mark.parametrize("javascript", [True, False])
def test_nothing_scrolls_sideways_on_a_small_screen(browser_context: Any, javascript: bool) -> None:
    with browser_context(width=360, javascript=javascript) as context:
        page = context.new_page()
        page.goto(GALLERY)
        box = page.locator("main").bounding_box()
        assert (
            page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
            == "rgb(251, 248, 242)"
        )
        assert box["x"] + box["width"] <= 360
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_policy_refuses_nothing_of_ours(browser_context: Any) -> None:
    with browser_context() as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(GALLERY)
        unexpected = [text for text in said if "Security Policy" in text or "Error" in text]
        # fonts are not cut for this test, so they are not found
        assert [text for text in unexpected if "Failed to load resource" not in text] == []


def test_theme_is_worn_at_once_and_kept(browser_context: Any) -> None:
    with browser_context() as context:
        page = context.new_page()
        page.goto(GALLERY)
        page.get_by_role("button", name="Dark", exact=True).click()
        assert page.locator("html").get_attribute("data-bs-theme") == "dark"
        page.reload()
        assert page.locator("html").get_attribute("data-bs-theme") == "dark"
        page.get_by_role("button", name="As my device").click()
        assert page.locator("html").get_attribute("data-bs-theme") is None


def test_theme_works_without_a_script(browser_context: Any) -> None:
    with browser_context(javascript=False) as context:
        page = context.new_page()
        page.goto(GALLERY)
        page.get_by_role("button", name="Dark", exact=True).click()
        assert page.url.endswith(GALLERY)
        assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_menu_closes_when_the_focus_leaves_it(browser_context: Any) -> None:
    with browser_context() as context:
        page = context.new_page()
        page.goto(GALLERY)
        page.locator(".nav .drop > summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        menu = page.locator(".nav .drop")
        assert menu.evaluate("menu => menu.open && menu.contains(document.activeElement)")
        for _each in menu.locator("button").all():
            page.keyboard.press("Tab")
        assert not menu.evaluate("menu => menu.open")


def test_dialog_opens_and_gives_the_focus_back(browser_context: Any) -> None:
    with browser_context() as context:
        page = context.new_page()
        page.goto(GALLERY)
        page.locator("summary", has_text="Withdraw").click()
        assert page.get_by_role("dialog").is_visible()
        page.get_by_role("button", name="Go back").click()
        assert page.get_by_role("dialog").count() == 0
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_dialog_unfolds_without_a_script(browser_context: Any) -> None:
    with browser_context(javascript=False) as context:
        page = context.new_page()
        page.goto(GALLERY)
        question = page.get_by_text("Withdraw this request?")
        assert not question.is_visible()
        page.locator("summary", has_text="Withdraw").click()
        assert question.is_visible()


def test_what_was_typed_is_back_after_leaving(browser_context: Any) -> None:
    with browser_context() as context:
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(GALLERY)
        page.locator("#id_good-problem").fill("They never call back.")
        page.goto("/accounts/login/")
        page.goto(GALLERY)
        assert page.locator("#id_good-problem").input_value() == "They never call back."
        page.get_by_role("button", name="Discard it").click()
        assert page.locator("#id_good-problem").input_value() == ""
        page.reload()
        assert page.locator("#id_good-problem").input_value() == ""


def test_second_click_sends_nothing(browser_context: Any) -> None:
    with browser_context() as context:
        page = context.new_page()
        page.goto("/accounts/login/")
        # count what would be sent, and keep the page
        page.evaluate(
            """window.sendings = 0;
            addEventListener("submit", (event) => {
                if (!event.defaultPrevented) window.sendings += 1;
                event.preventDefault();
            });"""
        )
        page.locator("#id_login").fill("trainee@demo.example")
        page.locator("#id_password").fill("demo")
        button = page.locator("form[data-session-ended] button.btn-primary")
        button.click()
        page.locator(".btn.busy").wait_for()
        assert button.inner_text() == "One moment…"
        button.click(force=True)
        assert page.evaluate("window.sendings") == 1


def test_chosen_rows_are_counted(browser_context: Any) -> None:
    with browser_context() as context:
        page = context.new_page()
        page.goto(GALLERY)
        page.locator("[data-all]").check()
        assert page.locator("[data-chosen]").inner_text() == "2"
        page.locator('input[name="chosen"]').first.uncheck()
        assert page.locator("[data-chosen]").inner_text() == "1"
        assert not page.locator("[data-all]").is_checked()
