"""A team is asked once a year whether its card is right and answers by the link in its letter, without an account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from ecett.core.clock import today
from hosts.enums import HostStatus
from hosts.models import Host
from hosts.services import follow_up_hosts
from tests.factories import HostFactory
from tests.journeys.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
WAY = "/hosts/check/"


def asked(language: str) -> Host:
    """A partner whose card nobody has confirmed for over a year, and who has just been written to."""
    host = HostFactory(
        status=HostStatus.PARTNER,
        spokesperson_email="maija@koti.example",
        spokesperson_language=language,
        last_confirmed_on=today() - dt.timedelta(days=400),
    )
    follow_up_hosts()
    return host


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fr", False)])
def test_team_puts_its_card_right_by_the_link(
    someone: Callable[..., Person], mailbox: Callable[..., str], language: str, javascript: bool
) -> None:
    host = asked(language)
    speaker = someone(locale=language, javascript=javascript)
    speaker.go(mailbox(host.spokesperson_email, WAY))
    host.refresh_from_db()
    assert host.last_confirmed_on < today(), "opening the page confirms nothing"
    speaker.page.locator("main a[href$='/edit/']").click()
    speaker.fill(summary="We have moved, and we still receive colleagues.")
    speaker.press("main form .btn-primary")
    host.refresh_from_db()
    assert (host.last_confirmed_on, host.summary[:13]) == (today(), "We have moved")
    assert not speaker.errors


def test_team_confirms_by_keyboard_alone(someone: Callable[..., Person], mailbox: Callable[..., str]) -> None:
    host = asked("en")
    speaker = someone(locale="en")
    speaker.go(mailbox(host.spokesperson_email, WAY))
    speaker.enter("main form .btn-primary")
    assert "Thank you for your answer" in speaker.text()
    host.refresh_from_db()
    assert host.last_confirmed_on == today()
