"""No card is found without a reason: what implies the field that is asked for is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hosts.explaining import Reasons, Said
from hosts.search import parse
from hosts.selectors import host_page, read_filter
from hosts.services.indexing import index_hosts
from hosts.terms import terms
from tests.factories import HostFactory

SECTORS = ("addiction", "social_work", "youth", "psychiatry")
ASKED = {
    "addiction": "toxicomanie",
    "social_work": "travail social",
    "youth": "jeunes",
    "psychiatry": "psychiatrie",
}


@given(st.sampled_from(sorted(terms().thesaurus.concepts)), st.sampled_from(SECTORS))
def test_what_the_index_files_under_a_field_is_given_as_a_reason(code: str, sector: str) -> None:
    """``implied`` is what the index knows a card by beside its own concepts."""
    query = parse(ASKED[sector], "fr")
    card = Said("", "fr", declared=(code,))
    if sector in terms().implied((code,)):
        (why,) = Reasons(query, language="fr").of(card)
        assert (why.asked, why.found) == (ASKED[sector], terms().label(code, "fr"))


@pytest.mark.django_db
def test_card_found_by_a_narrower_matter_says_which() -> None:
    host = HostFactory(name="Huset", summary="Young people with gaming disorder", sectors=["youth"])
    index_hosts([host.pk])
    page = host_page(read_filter({"q": ["toxicomanie"]}), language="fr")
    ((why,),) = page.why.values()
    assert (why.kind, why.asked, why.found) == ("near", "toxicomanie", "gaming disorder")
