"""A card's form in parts: what is closed is kept, what is wrong is open, with and without a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from tests import factories as make
from tests.journeys.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PARTS = "details.part"


def open_parts(who: Person) -> list[str]:
    return list(who.page.eval_on_selector_all(f"{PARTS}[open]", "parts => parts.map(part => part.id)"))


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 360)])
def test_a_whole_card_is_a_list_of_its_parts_and_saving_keeps_the_closed_ones(
    someone: Callable[..., Person], javascript: bool, width: int
) -> None:
    host = make.HostFactory(summary="Before", expertise="Nurses", sectors=["youth"], learning="Calm")
    spoken = list(host.languages.values_list("language", "level"))
    assert spoken
    desk = someone(locale="en", javascript=javascript, width=width)
    desk.sign_in(make.member("helpdesk", language="en").email)
    desk.go(reverse("hosts:host_edit", args=[host.public_id]))
    assert open_parts(desk) == []
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    bottom = "document.querySelector('main form .btn-primary').getBoundingClientRect().bottom <= innerHeight"
    assert desk.page.evaluate(bottom), "one saves from anywhere"
    desk.submit(summary="After")
    host.refresh_from_db()
    assert (host.summary, host.expertise, host.learning) == ("After", "Nurses", "Calm")
    assert list(host.languages.values_list("language", "level")) == spoken


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_missing_or_wrong_is_open(someone: Callable[..., Person], javascript: bool) -> None:
    author = someone(locale="en", javascript=javascript)
    author.sign_in(make.member("trainee", language="en").email)
    author.go(reverse("hosts:host_create"))
    assert open_parts(author) == ["part-team", "part-work", "part-languages"]
    author.fill(name="Huset", website="no address at all")
    author.press("main form [value=draft]")
    assert "part-team" in open_parts(author)
    assert author.page.locator("#part-team .stands .is-wrong").is_visible()
    assert author.page.input_value("[name=name]") == "Huset"


def test_parts_say_how_they_stand_while_one_writes_and_open_where_a_link_leads(
    someone: Callable[..., Person],
) -> None:
    author = someone(locale="en")
    author.sign_in(make.member("trainee", language="en").email)
    author.go(reverse("goodpractices:practice_create"))
    state = "#part-whom .stands"
    assert author.page.inner_text(state).strip() == "Still needed"
    author.fill(sectors=["youth"])
    assert author.page.inner_text(state).strip() == "1 of 2"
    author.page.evaluate("location.hash = 'id_transfer'")
    author.page.wait_for_selector("#part-how[open] #id_transfer", state="visible")
    author.page.click("[data-open-parts]")
    assert len(open_parts(author)) == author.page.locator(PARTS).count()
    author.page.click("[data-open-parts]")
    assert open_parts(author) == []
    assert not author.errors
