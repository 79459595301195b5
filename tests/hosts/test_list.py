"""Finding host cards: words, filters, counts, and the list page."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from ecett.core.clock import today
from hosts.models import Host
from hosts.selectors import host_page, read_filter
from hosts.selectors.cardindex import forget
from hosts.services import (
    count_terms,
    index_hosts,
)
from tests.factories import HostFactory
from tests.hosts.conftest import found
from tests.hosts.conftest import indexed_host as host

pytestmark = pytest.mark.django_db


# ── finding ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_query_in_french_finds_a_dutch_card_and_says_why() -> None:
    card = host("Huis", summary="Verslavingszorg voor moeders.", expertise="", language="nl", sectors=())
    host("Other", summary="Debt advice.", expertise="", sectors=())
    page = host_page(read_filter({"q": ["addictologie"]}), language="fr")
    assert [one.name for one in page.hosts] == ["Huis"]
    assert [(why.kind, why.found) for why in page.why[card.pk]] == [("concept", "Verslavingszorg")]


def test_query_finds_what_a_broader_word_covers() -> None:
    host("Heroin team", summary="We meet people who use heroin.", expertise="", sectors=())
    assert found(q=["drug addiction"]) == ["Heroin team"]


def test_query_all_words_first_then_some() -> None:
    host("Both", summary="Aftercare with horses.", expertise="")
    host("One", summary="Horses and umbrellas.", expertise="")
    page = host_page(read_filter({"q": ["aftercare horses"]}), language="en")
    assert [one.name for one in page.hosts] == ["Both", "One"]
    both = page.hosts[0].pk
    assert (page.listing.query.relaxed, page.listing.query.full) == (True, (both,))
    page = host_page(read_filter({"q": ["umbrellas xylophones"]}), language="en")
    assert [one.name for one in page.hosts] == ["One"]


def test_query_for_a_place_does_not_wander_elsewhere() -> None:
    host("Near", city="Gent", country="BE", summary="Aftercare.", expertise="")
    host("Far", city="Porto", country="PT", summary="Aftercare.", expertise="")
    count_terms(Host, force=True)
    assert found(q=["aftercare Ghent"]) == ["Near"]
    assert found(q=["Belgian aftercare"]) == ["Near"]


def test_query_with_a_typing_error_in_a_name() -> None:
    host("Vågbrytaren")
    count_terms(Host, force=True)
    assert found(q=["Vagbrytaern"]) == ["Vågbrytaren"]


def test_query_without_words_shows_nothing_rather_than_everything() -> None:
    host("Any")
    assert found(q=["!!!"]) == []


def test_unwanted_word_takes_cards_away() -> None:
    host("With", summary="Horses and umbrellas.")
    host("Without", summary="Horses only.")
    assert found(q=["horses -umbrellas"]) == ["Without"]


def test_filters_and_between_kinds_or_inside_one() -> None:
    host("A", country="SE", sectors=["youth"])
    host("B", country="FR", sectors=["youth"])
    host("C", country="SE", sectors=["psychiatry"])
    assert found(country=["SE"], sector=["youth"]) == ["A"]
    assert sorted(found(country=["SE", "FR"], sector=["youth"])) == ["A", "B"]
    assert sorted(found(language=["en"])) == ["A", "B", "C"]


def test_unknown_filter_value_leaves_nothing_and_is_named(client: Client) -> None:
    host("Any")
    response = client.get(reverse("hosts:host_list"), {"sector": "psychatry"})
    assert "Any" not in response.content.decode()
    assert "“psychatry” is not known here (Sector)" in response.content.decode()


def test_counts_follow_a_change_at_once() -> None:
    host("A", country="SE")
    assert host_page(read_filter({}), language="en").listing.counts["country"] == {"SE": 1}
    Host.objects.update(country="NO")
    assert host_page(read_filter({}), language="en").listing.counts["country"] == {"NO": 1}


def test_partners_come_before_potential_hosts_and_inactive_last() -> None:
    host("A idle", status="inactive")
    host("B maybe", status="potential")
    host("C partner", status="partner")
    assert found() == ["C partner", "B maybe", "A idle"]


def test_fresh_filter_counts_a_year_back() -> None:
    host("Fresh", last_confirmed_on=today() - dt.timedelta(days=365))
    host("Old", last_confirmed_on=today() - dt.timedelta(days=366))
    assert found(fresh=["year"]) == ["Fresh"]


# ── list page ───────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("address", ["", "?q=aftercare", "?country=SE&sector=addiction"])
def test_list_asks_as_many_questions_for_30_as_for_1(client: Client, address: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def questions() -> int:
        # Whether the process has looked at other cards before is no matter here.
        forget()
        with CaptureQueriesContext(connection) as context:
            assert client.get(reverse("hosts:host_list") + address).status_code == 200
        texts = [query["sql"] for query in context.captured_queries]
        assert len(set(texts)) == len(texts), "a question was repeated"
        return len(texts)

    host("First")
    one = questions()
    for _each in range(29):
        HostFactory()
    index_hosts()
    # Two of them only say that words are looked up in the index.
    assert questions() == one <= 13


def test_list_offers_what_to_give_up_with_counts(client: Client) -> None:
    host("A", country="SE", sectors=["youth"])
    host("B", country="SE", sectors=["youth"])
    text = client.get(reverse("hosts:host_list"), {"country": "MT", "sector": "youth"}).content.decode()
    assert "Without country (2)" in text
    assert "Without sector" not in text


def test_list_offers_each_part_alone_where_giving_up_one_is_not_enough(client: Client) -> None:
    host("Athina", country="GR", sectors=["youth"], summary="Horses.")
    host("Gent", country="BE", sectors=["addiction"], summary="Boats.")
    asked = {"q": "horses", "country": "BE", "sector": "psychiatry", "status": "inactive"}
    text = client.get(reverse("hosts:host_list"), asked).content.decode()
    assert "Only “horses” (1)" in text
    assert "Only Belgium (1)" in text
    assert "Only Psychiatry" not in text
    assert "Only Inactive" not in text
    assert "Without" not in text


def test_list_hides_what_is_not_published(client: Client) -> None:
    Host.objects.create(name="Secret draft", country="SE", city="X", moderation="draft")
    host("Public")
    text = client.get(reverse("hosts:host_list")).content.decode()
    assert "Public" in text
    assert "Secret draft" not in text


def test_list_survives_what_people_paste(client: Client) -> None:
    host("Any")
    for text in (
        "(" * 10_000,
        "a" * 10_000,
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "\u202eabc",
        "a\x00b",
        "%s %d {}",
    ):
        response = client.get(reverse("hosts:host_list"), {"q": text})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()
    for page in ("0", "-1", "x", "99999999999", "٣"):
        assert client.get(reverse("hosts:host_list"), {"page": page}).status_code == 200


def test_list_that_finds_nobody_leads_to_the_helpdesks(client: Client) -> None:
    page = client.get(reverse("hosts:host_list"), {"country": "MT", "q": "zzzz"}).text
    assert "The helpdesks know teams that have no card yet." in page
    assert reverse("trainees:project_start") in page
