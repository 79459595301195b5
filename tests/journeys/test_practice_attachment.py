"""A document goes with a practice in a real browser: added, looked at by the desk, taken home by a visitor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ecett.accounts.enums import Role
from goodpractices.models import Attachment
from tests import factories as make
from tests.core.documents_sent import WHO, openxml
from tests.journeys.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.slow]
TITLES = {"en": "Plan for the first week", "fr": "Plan de la première semaine"}


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fr", False)])
def test_practice_attachment(
    someone: Callable[..., Person], tmp_path: Path, language: str, javascript: bool
) -> None:
    def arrive(role: str, email: str) -> Person:
        make.member(role, email=email, language=language)
        visitor = someone(locale=language, javascript=javascript)
        visitor.sign_in(email)
        return visitor

    author = arrive(Role.TRAINEE, "author@house.example")
    practice = make.authored_practice(
        make.User.objects.get(email="author@house.example"), state="published", anonymity_declared=True
    )
    path, title = f"/good-practices/{practice.public_id}/", TITLES[language]
    send(author, path, title, tmp_path)
    visitor = someone(locale=language, javascript=javascript)
    visitor.go(path)
    assert title not in visitor.text(), "nobody gets it before the desk has looked"

    desk = arrive(Role.HELPDESK, "desk@ecett.example")
    desk.go("/good-practices/moderation/")
    desk.page.get_by_role("link", name=title).click()
    desk.page.wait_for_url(f"**{path}#attachments")
    desk.press(f'#attachments form[action$="{Attachment.objects.get().public_id}/show/"] button')

    visitor.go(path)
    data = download(visitor, title, tmp_path)
    assert data.startswith(b"PK")
    assert WHO.encode() not in data
    take_away(author, path)
    visitor.go(path)
    assert title not in visitor.text()
    assert not [*author.errors, *desk.errors, *visitor.errors]


def send(author: Person, path: str, title: str, folder: Path) -> None:
    """First a script that calls itself a PDF, then without a declaration, then well; what was typed stays."""
    script, plan = folder / "plan.pdf", folder / "plan.docx"
    script.write_bytes(b"<script>alert(1)</script>")
    plan.write_bytes(openxml("docx"))
    author.go(f"{path}edit/")
    author.press('main form [value="attach"]')
    assert author.path() == f"{path}attachments/"
    for file, declared in ((script, True), (plan, False)):
        choose(author, file)
        author.fill(title=title, **({"anonymity_declared": True} if declared else {}))
        author.press('main [value="add"]')
        assert author.page.locator("main .invalid-feedback").count()
        assert author.page.input_value('main [name="title"]') == title
        if declared:
            author.page.uncheck('main [name="anonymity_declared"]')
    choose(author, plan)
    author.fill(anonymity_declared=True)
    author.press('main [value="add"]')
    assert title in author.text()


def choose(author: Person, file: Path) -> None:
    author.page.set_input_files('main [name="file"]', str(file))


def download(visitor: Person, title: str, folder: Path) -> bytes:
    with visitor.page.expect_download() as begun:
        visitor.page.get_by_role("link", name=title).click()
    got: Any = begun.value
    assert got.suggested_filename.startswith("plan-")
    assert got.suggested_filename.endswith(".docx")
    got.save_as(folder / "got.docx")
    return (folder / "got.docx").read_bytes()


def take_away(author: Person, path: str) -> None:
    """It asks first."""
    author.go(f"{path}attachments/")
    author.page.locator("details:has([value=remove]) > summary").click()
    author.press(f'[id="{Attachment.objects.get().public_id}"] button:not([type=button])')
    assert Attachment.objects.get().state == "removed"
