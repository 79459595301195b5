"""A practice gets a second language in a real browser: translated beside the original, read, published, outdated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ecett.accounts.enums import Role
from goodpractices.models import GoodPractice, PracticeTranslation
from goodpractices.services import index_practices, update_practice
from tests import factories as make
from tests.journeys.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.slow]
ORIGINAL = "Två kollegor delar en telefon som besvaras i ett år."
# {the language of the pages and of the translation: its words}
WORDS = {
    "en": ("One phone for a year", "Two colleagues share a phone; a resident called Karim (16) rings."),
    "fr": (
        "Un téléphone pour un an",
        "Deux collègues partagent un téléphone ; un usager nommé Karim (16 ans) appelle.",
    ),
}


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fr", False)])
def test_practice_translation(someone: Callable[..., Person], language: str, javascript: bool) -> None:
    def arrive(role: str, email: str, **fields: Any) -> Person:
        make.member(role, email=email, **fields)
        visitor = someone(locale=language, javascript=javascript)
        visitor.sign_in(email)
        return visitor

    author = make.person(Role.TRAINEE)
    practice = make.authored_practice(
        author, title="En telefon i ett år", description=ORIGINAL, language="sv", results=""
    )
    index_practices([practice.pk])
    path = f"/good-practices/{practice.public_id}/"
    translator = arrive(Role.TRAINEE, "words@house.example", language=language)
    desk = arrive(Role.HELPDESK, "desk@ecett.example", language=language)
    translation = translate(translator, path, language)
    publish(desk, translation)

    reader = someone(locale=language, javascript=javascript)
    title, description = WORDS[language]
    reader.go(f"/good-practices/?q={title.split()[1]}")
    reader.page.locator("main .results a").first.click()
    reader.page.wait_for_url(f"**{path}")
    assert reader.page.locator("h1").get_attribute("lang") == language
    assert description in reader.text()
    reader.page.locator("main .languages a[href='?text=original']").click()
    reader.page.wait_for_url("**?text=original")
    assert ORIGINAL in reader.text()

    update_practice(practice=practice, actor=author, description=f"{ORIGINAL} Varje dag.")
    bring_up_to_date(desk, reader, translation, path)
    assert not [*reader.errors, *translator.errors, *desk.errors]


def translate(translator: Person, path: str, language: str) -> PracticeTranslation:
    """Half of it, then all of it with a name that is asked about; nothing is lost."""
    title, description = WORDS[language]
    translator.go(path)
    translator.page.locator("main .languages a[href$='/translations/new/']").click()
    translator.page.wait_for_url("**/translations/new/")
    assert ORIGINAL in translator.text()
    translator.fill(language=language, title=title)
    translator.press('main form [value="submit"]')
    assert translator.page.locator("main .invalid-feedback").count()
    assert translator.page.input_value('[name="title"]') == title
    translator.fill(description=description)
    translator.press('main form [value="submit"]')
    assert "“Karim”" in translator.text()
    assert translator.page.input_value('[name="description"]') == description
    translator.fill(no_client=True)
    translator.press('main form [value="submit"]')
    translation = PracticeTranslation.objects.get()
    assert (translation.state, translation.language) == ("submitted", language)
    return translation


def publish(desk: Person, translation: PracticeTranslation) -> None:
    desk.go("/good-practices/moderation/")
    desk.page.locator(f"main a[href*='{translation.public_id}']").click()
    desk.page.wait_for_url("**/edit/")
    assert "Karim" in desk.text()
    desk.press('main form[action$="/publish/"] button')
    translation.refresh_from_db()
    assert translation.state == "published"


def bring_up_to_date(desk: Person, reader: Person, translation: PracticeTranslation, path: str) -> None:
    reader.go(path)
    assert reader.page.locator("main .languages strong").count(), (
        "the page says that the original has changed"
    )
    desk.go(f"/good-practices/translations/{translation.public_id}/edit/")
    desk.page.locator("main .alert summary").click()
    assert "Varje dag." in desk.page.locator("main .alert ins").inner_text()
    desk.press('main form[data-warn] [value="draft"]')
    assert not PracticeTranslation.objects.get().outdated
    assert GoodPractice.objects.get().translations.count() == 1
    reader.go(path)
    assert not reader.page.locator("main .languages strong").count()
