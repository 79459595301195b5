"""Practices for others: a feed to follow, and the whole list as JSON."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ecett.core.clock import now
from goodpractices.models import GoodPractice
from goodpractices.services import index_practices
from tests.factories import PracticeFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
AWKWARD = '=1+1 "quoted", <b>bold</b> & 🏠 שלום'
FEED, WHOLE = "goodpractices:practice_atom", "goodpractices:practice_json"


@pytest.fixture(autouse=True)
def forget() -> None:
    cache.clear()


def feed(client: Client, address: str = "") -> Any:
    response = client.get(address or reverse(FEED))
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def links(root: Any) -> dict[str, str]:
    return {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}


def texts(root: Any, name: str) -> list[str]:
    return [entry.findtext(f"{ATOM}{name}") for entry in root.findall(f"{ATOM}entry")]


def whole(client: Client, query: str = "") -> dict[str, Any]:
    response = client.get(f"{reverse(WHOLE)}{query}")
    assert response.status_code == 200
    return json.loads(b"".join(response.streaming_content))


def test_entry_tells_the_practice_in_its_language_and_no_author() -> None:
    card = PracticeFactory(
        title=AWKWARD, description="One\nline\x0b & <script>", language="fr", author_name="Jonas Berg",
        published_at=dt.datetime(2026, 3, 4, 5, 6, tzinfo=dt.UTC),
    )  # fmt: skip
    root = feed(Client())
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert entry.findtext(f"{ATOM}title") == AWKWARD
    assert entry.findtext(f"{ATOM}id").endswith(f"/good-practices/{card.public_id}/")
    assert entry.findtext(f"{ATOM}published") == "2026-03-04T05:06:00+00:00"
    assert entry.findtext(f"{ATOM}updated")[:10] == now().date().isoformat()
    assert entry.findtext(f"{ATOM}summary") == "<p>One<br>line &amp; &lt;script&gt;</p>"
    assert [one.get("term") for one in entry.findall(f"{ATOM}category")] == ["addiction"]
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "ECETT"
    assert "Jonas" not in ElementTree.tostring(root, encoding="unicode")


def test_pages_of_the_feed_hold_every_practice_once_newest_first(client: Client) -> None:
    for number in range(65):
        PracticeFactory(title=f"P{number}", published_at=now() - dt.timedelta(hours=number))
    PracticeFactory(title="draft", state="draft")
    found: list[str] = []
    address, sizes = "", []
    while True:
        root = feed(client, address)
        sizes.append(len(texts(root, "title")))
        found += texts(root, "title")
        assert links(root)["first"].endswith("/good-practices/good-practices.atom")
        if "next" not in links(root):
            break
        address = links(root)["next"].removeprefix("http://testserver")
    assert found == [f"P{number}" for number in range(65)]
    assert sizes == [30, 30, 5]


def test_one_filter_is_one_feed_however_its_address_was_typed(client: Client) -> None:
    PracticeFactory(country="BE", sectors=["youth"], title="Here")
    PracticeFactory(country="FR", sectors=["youth"])
    one = feed(client, f"{reverse(FEED)}?country=BE&sector=youth")
    other = feed(client, f"{reverse(FEED)}?sector=youth&country=BE")
    every = feed(client)
    assert texts(one, "title") == texts(other, "title") == ["Here"]
    assert one.findtext(f"{ATOM}id") == other.findtext(f"{ATOM}id") != every.findtext(f"{ATOM}id")
    assert len(texts(every, "title")) == 2


def test_feed_without_entries_has_all_that_a_feed_needs(client: Client) -> None:
    root = feed(client)
    assert texts(root, "title") == []
    for name in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{name}")
    assert root.findtext(f"{ATOM}updated") == feed(client).findtext(f"{ATOM}updated")


def test_feed_known_already_is_not_sent_again(client: Client) -> None:
    card = PracticeFactory()
    known = client.get(reverse(FEED))["ETag"]
    assert client.get(reverse(FEED), headers={"If-None-Match": known}).status_code == 304
    GoodPractice.objects.filter(pk=card.pk).update(title="Another")
    assert client.get(reverse(FEED), headers={"If-None-Match": known}).status_code == 200


def test_whole_list_is_exactly_what_is_filtered_and_the_page_leads_to_it(client: Client) -> None:
    PracticeFactory(title="B", country="BE", author_name="Jonas Berg")
    PracticeFactory(title="a " + AWKWARD, country="BE", host_name="Huis")
    PracticeFactory(title="c", country="BE", state="draft")
    PracticeFactory(title="d", country="FR", description="Debt advice.")
    index_practices()
    for query, titles in (("?country=BE", ["a " + AWKWARD, "B"]), ("?q=debt", ["d"]), ("?country=IT", [])):
        page = client.get(f"{reverse('goodpractices:practice_list')}{query}")
        found = whole(client, page.context["json_url"].partition(".json")[2])
        assert ([one["title"] for one in found["practices"]], found["total"]) == (titles, len(titles))
        assert "Jonas" not in json.dumps(found)
        assert sorted(texts(feed(client, page.context["atom_url"]), "title")) == sorted(titles)
        head = page.content.decode().partition("</head>")[0]
        for kind, name in (("application/atom+xml", "atom_url"), ("application/json", "json_url")):
            assert f'type="{kind}"' in head
            assert page.context[name].replace("&", "&amp;") in head


def test_what_is_unknown_is_refused_never_everything(client: Client) -> None:
    PracticeFactory()
    for name in (FEED, WHOLE):
        for query, parameter in (("?kind=novel", "kind"), ("?offset=9", "offset"), ("?sector=", "sector")):
            response = client.get(f"{reverse(name)}{query}")
            assert response.status_code == 400
            assert [error["parameter"] for error in response.json()["errors"]] == [parameter]
    page = client.get(f"{reverse('goodpractices:practice_list')}?kind=novel")
    assert ".atom" not in page.content.decode()
