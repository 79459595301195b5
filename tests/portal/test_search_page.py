"""The page that searches both databases."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodpractices.services import index_practices
from hosts.models import Host
from hosts.services import count_terms, index_hosts
from tests.factories import HostFactory, PracticeFactory

pytestmark = pytest.mark.django_db

ODD = (
    "((( AND OR NOT",
    '"',
    "'; DROP TABLE hosts_host; --",
    "<script>alert(1)</script>",
    "😀😀",
    "\u202eεξάρτηση",
    "a\x00b\x07c",
    "de la les",
    "?!…",
    "1234567890",
    "-",
    "' | & ! <-> :*",
    "word " * 2000,
    "x" * 10_000,
)


def indexed() -> None:
    index_hosts()
    index_practices()


def test_both_kinds_are_found_with_counts_reasons_and_ways_into_their_lists(client: Client) -> None:
    host = HostFactory(
        name="Huis", summary="Verslavingszorg", language="nl", country="BE", sectors=["addiction"]
    )
    HostFactory(name="Casa", summary="Dipendenze", language="it", country="IT", sectors=["addiction"])
    practice = PracticeFactory(title="Nachsorge", description="Suchthilfe", language="de")
    HostFactory(name="Garden club", summary="Plants", expertise="", sectors=["youth"])
    indexed()
    page = client.get("/search/", {"q": "addictologie"}, headers={"accept-language": "fr"}).text
    assert "addictologie" in page
    assert f"/hosts/{host.public_id}/" in page
    assert f"/good-practices/{practice.public_id}/" in page
    assert "Verslavingszorg" in page
    assert "Garden club" not in page
    assert "/hosts/?q=addictologie" in page
    assert '<span class="num">2</span>' in page


def test_many_cards_of_a_kind_can_be_narrowed(client: Client) -> None:
    for number in range(7):
        HostFactory(summary="Suchthilfe", language="de", country="BE" if number else "AT")
    indexed()
    page = client.get("/search/", {"q": "Sucht"}).text
    assert "/hosts/?q=Sucht&amp;country=BE" in page
    assert "/hosts/?q=Sucht&amp;country=AT" in page


def test_page_without_words_only_asks(client: Client) -> None:
    HostFactory(name="Huis")
    page = client.get("/search/", {"q": "   "}).text
    assert 'name="q"' in page
    assert "Huis" not in page


def test_mistyped_word_is_read_and_said(client: Client) -> None:
    HostFactory(name="Haus", summary="Naloxone for everybody", expertise="")
    indexed()
    count_terms(Host, force=True)
    page = client.get("/search/", {"q": "naloxnoe"}).text
    assert "“naloxnoe” is not on any card: read as “naloxone”." in page
    assert "Haus" in page


def test_questions_do_not_grow_with_what_is_found(client: Client) -> None:
    def questions(cards: int) -> int:
        for _number in range(cards):
            HostFactory(summary="Naloxone")
            PracticeFactory(description="Naloxone")
        indexed()
        with CaptureQueriesContext(connection) as asked:
            client.get("/search/", {"q": "naloxone"})
        return len(asked)

    client.get("/search/", {"q": "naloxone"})
    assert questions(12) == questions(18)


@pytest.mark.parametrize("text", ODD)
def test_odd_words_get_a_sensible_answer(client: Client, text: str) -> None:
    HostFactory(name="Haus", summary="Sucht <b>und</b> 1234567890", language="de")
    indexed()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/search/", {"q": text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    # Where nothing is found, leaving out each of the first words is tried in both databases.
    assert len(asked) <= 100
