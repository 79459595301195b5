"""The desk finds two cards of one team, merges them, sees where the old address leads, and takes it back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from hosts.models import DuplicatePair, DuplicateSearch, Host
from tests import factories as make
from tests.journeys.person import Person
from tests.patience import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.slow]


def two_cards() -> tuple[Host, Host]:
    """The same house in two alphabets; the second card is the fuller one, and a practice was seen there."""
    stays = make.HostFactory(
        name="KETHEA Strofi", country="GR", city="Athens", status="partner", summary="Day centre."
    )
    goes = make.HostFactory(
        name="ΚΕΘΕΑ ΣΤΡΟΦΗ", country="GR", city="Αθήνα", status="potential", summary="A day centre for the young.",
        website="https://strofi.example.org",
    )  # fmt: skip
    make.PracticeFactory(host=goes, title="A phone stays open")
    return stays, goes


def at_the_desk(language: str) -> str:
    """Somebody of the helpdesk, with a verified address; that address."""
    return make.member("helpdesk", language=language).email


def to_the_pair(desk: Person) -> None:
    """From the list, where the worker is asked to look, to the two cards side by side."""
    desk.go(reverse("hosts:duplicate_list"))
    desk.press(f"main form[action='{reverse('hosts:duplicate_search')}'] button")
    wait_for(lambda: DuplicateSearch.objects.filter(state="done").first(), "the end of the search")
    desk.go(reverse("hosts:duplicate_list"))
    desk.press("main li.result a")


@pytest.mark.parametrize(("language", "javascript", "width"), [("en", True, 1280), ("fr", False, 360)])
def test_a_duplicate_is_merged_and_undone(
    someone: Callable[..., Person], language: str, javascript: bool, width: int
) -> None:
    stays, goes = two_cards()
    desk = someone(locale=language, javascript=javascript, width=width)
    desk.sign_in(at_the_desk(language))
    to_the_pair(desk)
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    desk.submit(**{"take-summary": "both", "take-name": "this"})
    old = reverse("hosts:host_detail", args=[goes.public_id])
    desk.go(old)
    assert desk.path() == f"{reverse('hosts:host_detail', args=[stays.public_id])}?was={goes.public_id}"
    for text in ("KETHEA Strofi", "Day centre.", "A day centre for the young.", "A phone stays open"):
        assert text in desk.text()
    desk.page.locator("#merges summary").click()
    desk.press("form[action*='/undo/'] button.btn-signal")
    assert desk.path() == old
    assert "ΚΕΘΕΑ ΣΤΡΟΦΗ" in desk.text()
    assert "A phone stays open" in desk.text()
    desk.go(reverse("hosts:host_detail", args=[stays.public_id]))
    assert "A day centre for the young." not in desk.text()


def test_merge_by_keyboard_alone(someone: Callable[..., Person]) -> None:
    stays, goes = two_cards()
    desk = someone(locale="en")
    desk.sign_in(at_the_desk("en"))
    to_the_pair(desk)
    desk.tab_to("[name='take-summary']")
    desk.page.keyboard.press("ArrowRight")
    desk.enter("#merge .btn-primary")
    assert desk.path() == reverse("hosts:host_detail", args=[stays.public_id])
    assert DuplicatePair.objects.get().state == "merged"
    desk.tab_to("#merges summary")
    desk.page.keyboard.press("Enter")
    desk.enter("form[action*='/undo/'] .btn-signal")
    assert Host.objects.get(pk=goes.pk).moderation == "published"
    assert not desk.errors
