"""The life of a practice in a real browser: written, read twice, published, tried elsewhere, kept and dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ecett.accounts.enums import Role
from goodpractices.enums import PracticeState
from goodpractices.evidence import KEPT, MEASURED, SEEN, TRIED
from goodpractices.models import Adoption, GoodPractice
from goodpractices.wording import QUESTIONS
from tests import factories as make
from tests.journeys.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.slow(seconds=25)]
FIRST = "Two colleagues share one phone that is answered for a year."
SECOND = "Two colleagues share one phone, week by week, that is answered for a year."


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("nl", False)])
def test_practice_life(someone: Callable[..., Person], language: str, javascript: bool) -> None:
    def arrive(role: str, email: str, **fields: Any) -> Person:
        make.member(role, email=email, language=language, **fields)
        visitor = someone(locale=language, javascript=javascript)
        visitor.sign_in(email)
        return visitor

    author = arrive(Role.TRAINEE, "author@house.example")
    desk, expert = arrive(Role.HELPDESK, "desk@ecett.example"), arrive(Role.JUROR, "expert@ecett.example")
    write(author)
    practice = GoodPractice.objects.get()
    path = f"/good-practices/{practice.public_id}/"
    ask_and_answer(author, desk, path)
    assert list(practice.versions.values_list("number", flat=True)) == [1, 2]
    read_twice(desk, expert, path)
    assert level(practice) == SEEN
    first = try_it(
        arrive(Role.TRAINEE, "oever@house.example"), path, "De Oever", outcome="kept", why="It fits."
    )
    assert level(practice) == TRIED
    try_it(
        arrive(Role.EMPLOYER, "koti@house.example"), path, "Kotisatama", country="FI", outcome="dropped",
        why="Nobody had time.",
    )  # fmt: skip
    assert level(practice) == TRIED
    try_it(
        arrive(Role.TRAINEE, "ria@house.example"),
        path,
        "Ria",
        country="EE",
        outcome="adapted",
        why="Mornings.",
    )
    assert level(practice) == KEPT
    tell(first)
    assert level(practice) == MEASURED
    visitor = someone(locale=language, javascript=javascript)
    visitor.go(path)
    visitor.page.locator("#elsewhere summary").first.click()
    assert "Nobody had time." in visitor.text(), "failures are shown"
    assert not visitor.errors


def level(practice: GoodPractice) -> int:
    return GoodPractice.objects.values_list("evidence_level", flat=True).get(pk=practice.pk)


def write(author: Person) -> None:
    author.go("/good-practices/new/")
    author.fill(
        title="One phone for a year", description=FIRST, country="SE", language="en", kind="trainee",
        sectors=["addiction"], anonymity_declared=True,
    )  # fmt: skip
    author.press('main form [value="submit"]')


def ask_and_answer(author: Person, desk: Person, path: str) -> None:
    desk.go(path)
    desk.fill(field="description", quote="one phone")
    desk.page.fill("#remark-text", "Who holds it when?")
    desk.press('main form[action$="remarks/"] button')
    desk.page.locator("details:has(#ask_changes) > summary").click()
    desk.page.fill("#why-ask_changes", "Please see the remark.")
    desk.press("#ask_changes button:not([type=button])")
    author.go(f"{path}edit/")
    assert "Who holds it when?" in author.text()
    author.fill(description=SECOND)
    author.press('main form [value="submit"]')


def read_twice(desk: Person, expert: Person, path: str) -> None:
    desk.go(f"{path}versions/")
    assert desk.page.locator("ins").inner_text().strip(" ,") == "week by week"
    desk.go(path)
    assert not desk.page.locator('form[action$="/publish/"]').count(), "one stage is missing"
    desk.press(f'main form[action$="{path}pass_on/"] button')
    expert.go("/good-practices/moderation/")
    expert.page.locator("main table a").first.click()
    expert.page.wait_for_url(f"**{path}")
    expert.press(f'main form[action$="{path}publish/"] button')


def try_it(person: Person, path: str, name: str, **said: str) -> Person:
    person.go(f"{path}adoptions/new/")
    person.submit(organisation=name, since="2026-01-05", **{"country": "BE", **said})
    return person


def tell(person: Person) -> None:
    adoption = Adoption.objects.get(organisation="De Oever")
    person.go(f"/good-practices/adoptions/{adoption.public_id}/innovation/")
    person.submit(title="One number at home", **dict.fromkeys(QUESTIONS, "We began with one phone."))


def test_both_readings_by_keyboard_alone(someone: Callable[..., Person]) -> None:
    """From the list of what waits to the published card, each reader without a mouse."""
    practice = make.PracticeFactory(title="One phone for a year", state=PracticeState.SUBMITTED)
    path = f"/good-practices/{practice.public_id}/"
    for role, step in ((Role.HELPDESK, "pass_on"), (Role.JUROR, "publish")):
        reader = someone(locale="en", javascript=True)
        reader.sign_in(make.member(role, language="en").email)
        reader.go("/good-practices/moderation/")
        reader.enter(f"main table a[href='{path}']")
        reader.enter(f"main form[action$='{path}{step}/'] button")
    practice.refresh_from_db()
    assert practice.state == PracticeState.PUBLISHED


def test_report_by_keyboard_alone(someone: Callable[..., Person]) -> None:
    """From the card to a kept report without a mouse."""
    practice = make.PracticeFactory(title="One phone for a year")
    make.member(Role.TRAINEE, email="keys@house.example", language="en")
    person = someone(locale="en", javascript=True)
    person.sign_in("keys@house.example")
    person.go(f"/good-practices/{practice.public_id}/")
    person.enter("a[href$='/adoptions/new/']")
    for name, keys in {"organisation": "De Oever", "country": "Belgium", "since": "01052026"}.items():
        person.tab_to(f"[name={name}]")
        person.page.keyboard.type(keys)
    person.tab_to("[name=outcome]")
    while not person.page.locator("[name=outcome][value=dropped]").is_checked():
        person.page.keyboard.press("ArrowDown")
    person.tab_to("[name=why]")
    person.page.keyboard.type("Nobody had time.")
    person.enter("main form .btn-primary")
    adoption = Adoption.objects.get()
    assert (adoption.organisation, adoption.outcome, adoption.since.isoformat()) == (
        "De Oever",
        "dropped",
        "2026-01-05",
    )
