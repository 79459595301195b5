"""Somebody looks for a host, keeps the search, hears of a new card, and stops the e-mails again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F

from ecett.accounts.models import SavedSearch
from ecett.accounts.saving import send_due_alerts
from hosts.services import create_host, index_hosts, publish_host
from tests.factories import HostFactory, member, person
from tests.journeys.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

CARD = {
    "country": "SE",
    "city": "Lund",
    "sectors": ["youth"],
    "language": "en",
    "summary": "Aftercare for young people.",
    "expertise": "Aftercare",
}


def some_hosts() -> None:
    """A few cards in three countries."""
    HostFactory(name="Vågbrytaren", country="SE", sectors=["youth"], summary="Aftercare for young people.")
    HostFactory(name="Casa Meridiana", country="IT", city="Bologna", latitude=44.5, longitude=11.3)
    HostFactory(name="De Haven", country="BE", city="Gent", latitude=51.05, longitude=3.72)
    index_hosts()


@pytest.mark.parametrize(
    "way", [{"locale": "en"}, {"locale": "nl", "javascript": False}], ids=["en", "nl without JavaScript"]
)
def test_visitor_finds_a_host_and_a_trainee_hears_of_a_new_one(
    way: dict[str, Any], someone: Callable[..., Person], mailbox: Callable[..., str]
) -> None:
    some_hosts()
    trainee = member("trainee")

    visitor = someone(**way)
    visitor.go("/hosts/")
    visitor.fill(q="aftercare")
    visitor.press("form.search button")
    assert "Vågbrytaren" in visitor.text()
    # A disc of the map narrows the list to where it lies.
    visitor.go("/hosts/")
    visitor.page.locator(".map a[href*='country=IT']").first.click()
    visitor.page.wait_for_url("**country=IT**")
    assert "Casa Meridiana" in visitor.text()
    assert "De Haven" not in visitor.text()

    reader = someone(**way)
    reader.sign_in(trainee.email)
    reader.go("/hosts/?q=aftercare&country=SE")
    reader.set("name", "Aftercare in Sweden")
    reader.set("alert", "daily")
    reader.press("button[name=save]")
    assert "Aftercare in Sweden" in reader.text()

    desk = person("helpdesk")
    card = create_host(actor=desk, name="Ny grupp", **CARD)
    publish_host(host=card, actor=desk)
    yesterday = F("checked_at") - dt.timedelta(days=1)
    SavedSearch.objects.update(checked_at=yesterday)
    assert send_due_alerts() == 1

    # By the link in the letter, by somebody who is not signed in.
    passer = someone(**way)
    passer.go(mailbox(trainee.email, "/searches/stop/"))
    passer.press()
    assert SavedSearch.objects.get().alert == "none"
    found = someone(**way)
    found.go(mailbox(trainee.email, "/hosts/"))
    assert found.path().startswith("/hosts/")


def test_search_by_keyboard_alone(someone: Callable[..., Person]) -> None:
    some_hosts()
    trainee = member("trainee")
    reader = someone(locale="en")
    reader.sign_in(trainee.email)
    reader.go("/hosts/")
    reader.tab_to("#q")
    reader.page.keyboard.type("aftercare")
    reader.enter()
    reader.tab_to("[name=sector][value=youth]")
    reader.page.keyboard.press("Space")
    reader.enter(".filters button")
    assert "sector=youth" in reader.path()
    reader.enter(".map a")
    reader.enter("[name=save]")
    assert SavedSearch.objects.get().address.startswith("q=aftercare")
