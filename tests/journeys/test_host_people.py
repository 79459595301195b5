"""A host's own people come by an invitation and look after their card; what trainees thought is shown, hidden with a
trace, and shown again.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from ecett.accounts.models import User
from ecett.core.clock import today
from hosts.models import Host, HostInvitation
from tests import factories as make
from tests.journeys.person import Person
from trainees.models import Evaluation

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.slow]
BOTH = pytest.mark.parametrize(("language", "javascript", "width"), [("en", True, 1280), ("fr", False, 360)])
INVITED = "maja@example.org"


def card_of(host: Host) -> str:
    return reverse("hosts:host_detail", args=[host.public_id])


@BOTH
def test_invited_person_changes_the_card_and_stays(
    someone: Callable[..., Person], mailbox: Callable[..., str], language: str, javascript: bool, width: int
) -> None:
    host = make.HostFactory(name="Ankaret", summary="Aftercare.", last_confirmed_on=None)
    desk = someone(locale=language, javascript=javascript, width=width)
    desk.sign_in(make.member("helpdesk", language=language).email)
    desk.go(card_of(host))
    desk.press(f"main a[href='{reverse('hosts:host_people', args=[host.public_id])}']")
    desk.submit(email=INVITED, name="Maja Lind", language=language)
    assert INVITED in desk.text()

    maja = someone(locale=language, javascript=javascript, width=width)
    link = mailbox(INVITED, "/hosts/invited/")
    maja.go(link)
    assert maja.page.evaluate("document.documentElement.scrollWidth") <= width
    maja.press(f"main a[href='{link}edit/']")
    maja.submit(
        **{
            "summary": "Aftercare for a year, by one phone.",
            "lang0-language": "sv", "lang0-level": "C2",
            "contact0-name": "Erik Berg", "contact0-role": "logistics", "contact0-phone": "+46 31 123 45 67",
        }
    )  # fmt: skip
    host.refresh_from_db()
    assert (host.summary, host.last_confirmed_on) == ("Aftercare for a year, by one phone.", today())
    assert not User.objects.filter(email=INVITED).exists()

    maja.go(link)
    maja.fill(first_name="Maja", last_name="Lind", password="three calm words here")
    maja.press("main form .btn")
    assert maja.path() == card_of(host)
    assert "Erik Berg" in maja.text()
    maja.press(f"main a[href='{reverse('hosts:host_edit', args=[host.public_id])}']")
    maja.submit(**{"contact0-phone": "+46 31 765 43 21"})
    assert host.contacts.get().phone == "+46 31 765 43 21"

    assert HostInvitation.objects.get().state == "accepted"
    late = someone(locale=language, javascript=javascript, width=width)
    late.go(link)
    assert not late.page.locator("main form").count()
    stranger = someone(locale=language, javascript=javascript, width=width)
    stranger.go(card_of(host))
    assert "Erik Berg" not in stranger.text()


@BOTH
def test_words_are_hidden_with_a_trace_and_shown_again(
    someone: Callable[..., Person], language: str, javascript: bool, width: int
) -> None:
    host = make.HostFactory()
    for at, words in enumerate(
        ("They answer the phone.", "Ask for Sven Olsson, he was rude.", "I would go again.")
    ):
        stay = make.confirmed_internship(host=host, ended_days_ago=20 + at)
        Evaluation.objects.create(
            internship=stay, party="trainee", author_name="Ada", usefulness=5, preparation=4, comment=words
        )
    desk = someone(locale=language, javascript=javascript, width=width)
    desk.sign_in(make.member("helpdesk", language=language).email)
    visitor = someone(locale=language, javascript=javascript, width=width)
    visitor.go(card_of(host))
    assert "Sven Olsson" in visitor.text()
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width

    desk.go(card_of(host))
    words = desk.page.locator("#stays li", has_text="Sven Olsson")
    words.locator("summary").first.click()
    named = Evaluation.objects.get(comment__contains="Sven Olsson")
    form = desk.page.locator(f"form[action='{reverse('trainees:evaluation_hide', args=[named.public_id])}']")
    form.locator("[name=comment]").fill("names a person")
    with desk.page.expect_navigation():
        form.locator("button.btn-signal").click()
    visitor.go(card_of(host))
    assert "Sven Olsson" not in visitor.text()
    assert "names a person" in visitor.text()
    assert "They answer the phone." in visitor.text()

    desk.press("form[action*='/show/'] button")
    visitor.go(card_of(host))
    assert "Sven Olsson" in visitor.text()
    assert not visitor.errors
    assert not desk.errors
