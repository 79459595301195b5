"""The interface for programmes: what it gives, page by page and card by card."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ecett.core import clock
from goodpractices.enums import PracticeState
from goodpractices.models import GoodPracticeLog
from goodpractices.services import index_practices
from hosts.models import Concept, Host
from hosts.selectors import host_page, read_filter
from hosts.services import index_hosts
from hosts.thesaurus import default
from tests.factories import HostFactory, PracticeFactory
from tests.portal.api import ROOT, get, ids, pages, some_hosts


@pytest.fixture(autouse=True)
def forget() -> None:
    cache.clear()


# ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
@pytest.mark.parametrize(
    "question",
    [
        {},
        {"sort": "name"},
        {"sort": "fresh"},
        {"q": "aftercare"},
        {"q": "aftercare", "sort": "name"},
        {"near": "Namur, BE", "km": "5000", "sort": "distance"},
        {"country": ["BE", "SE"], "sector": ["addiction"]},
        {"q": "!!!"},
    ],
)
def test_pages_of_two_give_the_list_of_the_page_each_host_once(
    client: Client, question: dict[str, Any]
) -> None:
    some_hosts()
    given_values = {name: one if isinstance(one, list) else [one] for name, one in question.items()}
    shown = host_page(read_filter(given_values), language="en", size=100)
    found = list(pages(client, "hosts/", limit=2, **question))
    assert {page["total"] for page in found} == {shown.total}
    rows = [item for page in found for item in page["items"]]
    # Cards of one name stand in either order.
    assert [row["name"] for row in rows] == [host.name for host in shown.hosts]
    assert len({row["id"] for row in rows}) == len(rows) == shown.total


@pytest.mark.django_db
def test_words_say_why_and_how_well_and_a_place_how_far(client: Client) -> None:
    some_hosts()
    plain = get(client, "hosts/", limit=1)["items"][0]
    assert (plain["score"], plain["why"], plain["metres"]) == (None, [], None)
    found = get(client, "hosts/", q="postcure", lang="fr", near="Namur, BE", km=100, sort="distance")["items"]
    assert [row["name"] for row in found] == ["Ångest", "Zeta"]
    assert found[0]["metres"] < 2_000 < 40_000 < found[1]["metres"] < 70_000
    assert all(0 < row["score"] <= 1 for row in found)
    assert all("postcure" in row["why"][0] and "Aftercare" in row["why"][0] for row in found)


@pytest.mark.django_db
def test_practices_newest_first_or_by_title_each_once(client: Client) -> None:
    now = clock.now()
    for number, title in enumerate(("Émile", "alpha", "Beta", "beta", "zoo")):
        PracticeFactory(title=title, published_at=None if number == 2 else now - dt.timedelta(days=number))
    PracticeFactory(title="draft", state="draft")
    index_practices()
    titles = [row["title"] for page in pages(client, "practices/", limit=2) for row in page["items"]]
    assert titles == ["Émile", "alpha", "beta", "zoo", "Beta"]
    titles = [
        row["title"] for page in pages(client, "practices/", limit=2, sort="title") for row in page["items"]
    ]
    assert [title.lower() for title in titles] == ["alpha", "beta", "beta", "émile", "zoo"]
    found = list(pages(client, "practices/", q="phone after discharge", limit=2))
    assert sum(len(page["items"]) for page in found) == found[0]["total"] == 5
    assert all(row["why"] for page in found for row in page["items"])


@pytest.mark.django_db
def test_card_that_comes_or_goes_meanwhile_is_no_reason_to_repeat_or_skip(client: Client) -> None:
    cards = {name: HostFactory(name=name) for name in ("b", "d", "f")}
    first = get(client, "hosts/", sort="name", limit=2)
    Host.objects.filter(pk=cards["b"].pk).update(moderation="draft")
    HostFactory(name="a")
    rest = client.get(first["next"].removeprefix("http://testserver")).json()
    assert [row["name"] for row in first["items"] + rest["items"]] == ["b", "d", "f"]


@pytest.mark.django_db
def test_thesaurus_is_read_to_its_end(client: Client) -> None:
    found = ids(client, "concepts/", limit=100)
    assert (len(found), set(found)) == (len(default()), set(default().concepts))
    groups = list(pages(client, "concepts/", scheme="target_groups", limit=100))
    assert groups[0]["total"] == len(default().scheme("target_groups"))
    one = get(client, "concepts/needle-exchange/")
    assert (one["labels"]["fr"], one["broader"]) == ("échange de seringues", ["harm-reduction"])
    assert "needle-exchange" in get(client, "concepts/harm-reduction/")["narrower"]


@pytest.mark.django_db
def test_countries_and_sectors_are_counted(client: Client) -> None:
    HostFactory(country="BE", sectors=["youth", "addiction"])
    HostFactory(country="BE", sectors=["youth"])
    HostFactory(country="FR", moderation="draft")
    PracticeFactory(country="SE", sectors=["youth"])
    countries = get(client, "countries/")["items"]
    assert [(row["code"], row["hosts"], row["practices"]) for row in countries] == [
        ("BE", 2, 0),
        ("SE", 0, 1),
    ]
    assert countries[0]["names"]["nl"] == "België"
    sectors = {row["code"]: (row["hosts"], row["practices"]) for row in get(client, "sectors/")["items"]}
    assert sectors == {"addiction": (1, 0), "social_work": (0, 0), "youth": (2, 1), "psychiatry": (0, 0)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["hosts/", "hosts/?q=aftercare", "hosts/?sort=name&country=SE", "practices/", "practices/?q=phone"],
)
def test_list_asks_as_many_questions_for_30_as_for_1(client: Client, address: str) -> None:
    def questions() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as context:
            assert client.get(ROOT + address).status_code == 200
        return len(context)

    HostFactory()
    PracticeFactory(host=HostFactory())
    index_hosts()
    index_practices()
    client.get(ROOT + address)
    one = questions()
    for _each in range(29):
        PracticeFactory(host=HostFactory())
    index_hosts()
    index_practices()
    client.get(ROOT + address)
    # Where few cards answer, one or two more questions ask for those that answer a part.
    assert one - 2 <= questions() <= one


# ── one card ────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_host_tells_what_its_page_tells(client: Client) -> None:
    host = HostFactory(name="Huis", day_price="12.5", last_confirmed_on=dt.date(2026, 1, 2), step_free=None)
    host.concepts.add(Concept.objects.create(scheme="ecett", code="aftercare-x", group="methods"))
    host.periods.create(
        kind="open", start=dt.date(2027, 1, 1), end=dt.date(2027, 2, 1), note="Ask for Maja Lind"
    )
    told = get(client, f"hosts/{host.public_id}/")
    assert told["url"].endswith(f"/hosts/{host.public_id}/")
    assert (told["name"], told["country"], told["day_price"], told["step_free"]) == (
        "Huis",
        "SE",
        "12.50",
        None,
    )
    assert told["languages"] == [{"language": "en", "level": "C1"}]
    assert told["periods"] == [{"kind": "open", "start": "2027-01-01", "end": "2027-02-01"}]
    assert (told["concepts"], told["last_confirmed_on"]) == (["aftercare-x"], "2026-01-02")
    assert "Lind" not in json.dumps(told)


@pytest.mark.django_db
def test_hidden_card_is_not_there_and_a_merged_one_leads_on(client: Client) -> None:
    kept = HostFactory()
    merged = HostFactory(moderation="merged", merged_into=kept)
    response = client.get(f"{ROOT}hosts/{merged.public_id}/")
    assert (response.status_code, response["Location"]) == (301, f"{ROOT}hosts/{kept.public_id}/")
    hidden = HostFactory(moderation="draft")
    behind = HostFactory(moderation="merged", merged_into=hidden)
    for public_id in (hidden.public_id, behind.public_id, "bcdfghjkmnpq"):
        assert get(client, f"hosts/{public_id}/", 404)["type"].endswith("#not-found")
    assert get(client, "concepts/no-such-thing/", 404)["status"] == 404
    assert get(client, "nothing/here/", 404)["status"] == 404


@pytest.mark.django_db
def test_withdrawn_practice_is_gone_without_a_word_of_a_person(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Half past midnight for those who read it.
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2026, 3, 4, 23, 30, tzinfo=dt.UTC))
    practice = PracticeFactory(state=PracticeState.WITHDRAWN)
    GoodPracticeLog.objects.create(
        subject=practice,
        step="withdraw",
        from_state="published",
        to_state="withdrawn",
        comment="Ask Ada Person",
    )
    problem = get(client, f"practices/{practice.public_id}/", 410)
    assert problem["withdrawn_on"] == "2026-03-05"
    assert "Ada" not in json.dumps(problem)
    assert get(client, f"practices/{PracticeFactory(state='draft').public_id}/", 404)["status"] == 404


@pytest.mark.django_db
def test_practice_names_its_host_only_while_that_is_published(client: Client) -> None:
    host = HostFactory(name="Huis")
    practice = PracticeFactory(host=host, author_name="Jonas Berg")
    told = get(client, f"practices/{practice.public_id}/")
    assert told["host"] == {"id": host.public_id, "name": "Huis"}
    assert "Jonas" not in json.dumps(told)
    Host.objects.filter(pk=host.pk).update(moderation="draft")
    assert get(client, f"practices/{practice.public_id}/")["host"] is None
