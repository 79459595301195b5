"""A card gets better by many hands: a suggestion taken over in part, two editors at once, a photograph."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image

from hosts.models import Host, HostSuggestion
from tests import factories as make
from tests.journeys.person import Person
from tests.patience import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.slow]

VISITORS = [("en", True, 1280), ("fr", False, 360)]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def arrive(someone: Callable[..., Person], role: str, language: str, javascript: bool, width: int) -> Person:
    """Somebody of this role who has signed in."""
    who = someone(locale=language, javascript=javascript, width=width)
    who.sign_in(make.member(role, language=language).email)
    return who


def narrow_enough(who: Person, width: int) -> None:
    assert who.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("language", "javascript", "width"), VISITORS)
def test_a_suggestion_is_made_and_taken_over_in_part(
    someone: Callable[..., Person], mailbox: Callable[..., str], language: str, javascript: bool, width: int
) -> None:
    host = make.HostFactory(summary="Two flats in Malmö.", city="Malmö")
    visitor = arrive(someone, "trainee", language, javascript, width)
    visitor.go(reverse("hosts:host_detail", args=[host.public_id]))
    visitor.press(f"main a[href='{reverse('hosts:host_suggest', args=[host.public_id])}']")
    visitor.submit(summary="Three flats in Lund.", city="Lund", note="I was there in March.")
    made = HostSuggestion.objects.get()
    address = reverse("hosts:suggestion_detail", args=[made.public_id])
    assert visitor.path() == address
    narrow_enough(visitor, width)

    desk = arrive(someone, "helpdesk", language, javascript, width)
    desk.go("/helpdesk/")
    desk.go("/")
    desk.press(f"main a[href='{address}']")
    for words in ("Two flats in Malmö.", "Three flats in Lund.", "I was there in March."):
        assert words in desk.text()
    narrow_enough(desk, width)
    desk.page.locator("[name=take][value=place]").uncheck(force=True)
    desk.submit(comment="Still in Malmö")
    host.refresh_from_db()
    assert (host.summary, host.city) == ("Three flats in Lund.", "Malmö")

    visitor.go(mailbox(made.author.email, "/hosts/suggestions/"))
    assert "Still in Malmö" in visitor.text()


@pytest.mark.parametrize(("language", "javascript", "width"), VISITORS)
def test_two_editors_lose_nothing(
    someone: Callable[..., Person], language: str, javascript: bool, width: int
) -> None:
    host = make.HostFactory(summary="Before", expertise="Before", city="Malmö")
    edit = reverse("hosts:host_edit", args=[host.public_id])
    first = arrive(someone, "helpdesk", language, javascript, width)
    second = arrive(someone, "helpdesk", language, javascript, width)
    first.go(edit)
    second.go(edit)
    first.submit(summary="By the first", expertise="First", city="Lund")
    second.fill(summary="By the second", expertise="Second", website="https://second.example.org")
    second.press()
    for words in ("By the first", "By the second"):
        assert words in second.text()
    assert second.page.input_value("[name=website]") == "https://second.example.org"
    narrow_enough(second, width)
    second.fill(**{"take-summary": "both", "take-expertise": "mine"})
    second.press("main form .submit-row .btn-primary")
    host.refresh_from_db()
    assert (host.summary, host.expertise) == ("By the first\n\nBy the second", "Second")
    assert (host.city, host.website) == ("Lund", "https://second.example.org")
    assert second.path() == reverse("hosts:host_detail", args=[host.public_id])


@pytest.mark.parametrize("javascript", [True, False])
def test_the_enter_key_keeps_what_is_written(someone: Callable[..., Person], javascript: bool) -> None:
    host = make.HostFactory(city="Malmö")
    editor = arrive(someone, "helpdesk", "en", javascript, 1280)
    editor.go(reverse("hosts:host_edit", args=[host.public_id]))
    editor.fill(city="Lund")
    editor.page.locator("[name=city]").press("Enter")
    editor.page.wait_for_url("**" + reverse("hosts:host_detail", args=[host.public_id]))
    host.refresh_from_db()
    assert host.city == "Lund"


def test_a_draft_of_yesterday_is_held_against_the_card_of_today(someone: Callable[..., Person]) -> None:
    """What was typed and left lying in the browser belongs to the card as it was then."""
    host = make.HostFactory(summary="Before", city="Malmö")
    edit = reverse("hosts:host_edit", args=[host.public_id])
    first = arrive(someone, "helpdesk", "en", True, 1280)
    second = arrive(someone, "helpdesk", "en", True, 1280)
    second.go(edit)
    second.fill(summary="By the second")
    kept = "Object.keys(localStorage).some((key) => key.startsWith('ecett-draft'))"
    wait_for(lambda: second.page.evaluate(kept), "the draft in the browser")
    second.page.on("dialog", lambda dialog: dialog.accept())
    second.go("/hosts/")
    first.go(edit)
    first.submit(city="Lund", summary="By the first")
    second.go(edit)
    assert second.page.input_value("[name=summary]") == "By the second"
    second.press("main form .submit-row .btn-primary")
    second.fill(**{"take-summary": "theirs"})
    second.press("main form .submit-row .btn-primary")
    host.refresh_from_db()
    assert (host.summary, host.city) == ("By the first", "Lund")


@pytest.mark.parametrize(("language", "javascript", "width"), VISITORS)
def test_a_photograph_is_added_described_and_removed(
    someone: Callable[..., Person], language: str, javascript: bool, width: int
) -> None:
    host = make.HostFactory()
    album, card = (reverse(f"hosts:host_{name}", args=[host.public_id]) for name in ("photos", "detail"))
    desk = arrive(someone, "helpdesk", language, javascript, width)
    desk.go(card)
    desk.press(f"main a[href='{album}']")
    file = BytesIO()
    Image.new("RGB", (3000, 2000), "teal").save(file, "JPEG")
    desk.page.set_input_files(
        "[name=file]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}
    )
    desk.submit(alt="The kitchen", caption="Breakfast at eight")
    narrow_enough(desk, width)
    desk.go(card)
    picture = desk.page.locator("#photos img")
    picture.scroll_into_view_if_needed()
    width_seen = "document.querySelector('#photos img').naturalWidth"
    wait_for(lambda: desk.page.evaluate(width_seen) == 640, "the small picture")
    assert picture.get_attribute("alt") == "The kitchen"
    narrow_enough(desk, width)
    desk.go(album)
    desk.page.locator("main .album details summary").click()
    desk.press("main .album .dialog .btn-signal, dialog .btn-signal")
    assert not Host.objects.get(pk=host.pk).photos.exists()
