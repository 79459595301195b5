"""The evidence level in lists: a badge on each row, a filter with counts, the same for other programs."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goodpractices.evidence import CODES, KEPT, MEASURED, TRIED
from goodpractices.management.commands.search_cards import answer
from goodpractices.models import GoodPractice
from goodpractices.selectors import filtered_practices, practice_listing, practice_page, read_practice_filter
from goodpractices.services import index_practices, report_adoption
from goodpractices.wording import level_labels
from tests.factories import PracticeFactory, authored_practice, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def levels() -> dict[str, list[str]]:
    """One practice of the lowest level, two of the next and so on."""
    titles = {code: [f"{code} {n}" for n in range(level + 1)] for level, code in enumerate(CODES)}
    for level, code in enumerate(CODES):
        for title in titles[code]:
            PracticeFactory(title=title, evidence_level=level)
    PracticeFactory(title="Not public", evidence_level=MEASURED, state="submitted")
    index_practices()
    return titles


def found(**address: list[str]) -> list[str]:
    return sorted(
        card.title for card in practice_page(read_practice_filter(address), language="en").practices
    )


def test_counts_list_and_export_agree_for_every_level(levels: dict[str, list[str]]) -> None:
    counts = practice_listing(read_practice_filter({}), language="en").counts["evidence"]
    assert counts == {code: len(titles) for code, titles in levels.items()}
    for code, titles in levels.items():
        wanted = read_practice_filter({"evidence": [code]})
        listing = practice_listing(wanted, language="en")
        assert listing.total == len(titles)
        assert found(evidence=[code]) == titles
        assert sorted(filtered_practices(wanted, listing).values_list("title", flat=True)) == titles


def test_several_levels_are_one_or_the_other_and_unknown_ones_leave_nothing(levels: Any) -> None:
    assert found(evidence=["kept", "measured"]) == sorted(levels["kept"] + levels["measured"])
    assert found(evidence=["4"]) == found(evidence=["proved"]) == []
    assert read_practice_filter({"evidence": ["proved"]}).unknown == (("evidence", "proved"),)


def test_other_programs_filter_by_level_and_hosts_have_none(levels: Any) -> None:
    case = {"id": 1, "lang": "en", "query": "", "filters": {"evidence": ["measured"]}, "limit": 50}
    answered = answer(case)
    assert answered["total"] == len(levels["measured"])
    assert {row["kind"] for row in answered["results"]} == {"practice"}


def test_filter_follows_a_report() -> None:
    practice = authored_practice(person("trainee"), title="A phone stays open")
    index_practices()
    assert found(evidence=["tried"]) == []
    report_adoption(
        practice=practice, actor=person("trainee"), organisation="De Oever", country="BE", since="2026-01-05",
        outcome="kept", why="Residents ring.",
    )  # fmt: skip
    assert GoodPractice.objects.get(pk=practice.pk).evidence_level == TRIED
    assert found(evidence=["tried"]) == ["A phone stays open"]


def test_rows_of_list_and_search_carry_the_badge_without_a_question_more(client: Client) -> None:
    addresses = (
        reverse("goodpractices:practice_list") + "?sort=title",
        reverse("portal:search") + "?q=phone",
    )

    def questions(address: str) -> int:
        with CaptureQueriesContext(connection) as context:
            page = client.get(address).text
        assert level_labels()["kept"] in page
        return len(context)

    PracticeFactory(evidence_level=KEPT)
    index_practices()
    before = [questions(address) for address in addresses]
    for _each in range(29):
        PracticeFactory(evidence_level=KEPT)
    index_practices()
    after = [questions(address) for address in addresses]
    assert all(later <= first for first, later in zip(before, after, strict=True)), (before, after)


def test_levels_stand_in_their_order_and_the_page_leads_to_its_records(client: Client, levels: Any) -> None:
    page = client.get(reverse("goodpractices:practice_list")).text
    places = [page.index(f'name="evidence" value="{code}"') for code in CODES]
    assert places == sorted(places)
    practice = GoodPractice.objects.get(title="kept 0")
    card = client.get(reverse("goodpractices:practice_detail", args=[practice.public_id])).text
    assert card.index('href="#elsewhere"') < card.index('id="elsewhere"')
