"""The front page: for visitors the network, for everybody else what needs them."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from ecett.core import todo
from ecett.core.clock import now, today
from ecett.core.todo import Todo
from ecett.portal.quick import LINKS, quick_links
from ecett.portal.selectors.figures import count_figures, figures
from ecett.portal.selectors.statistics import count_statistics
from ecett.portal.selectors.story import first_sentences, story
from tests.factories import (
    HostFactory,
    InternshipFactory,
    OrganisationFactory,
    PracticeFactory,
    ProposalFactory,
    RequestFactory,
    confirmed_internship,
    person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_figures() -> None:
    cache.clear()


def test_figures_count_published_cards_and_stays_of_this_year() -> None:
    HostFactory(country="SE")
    HostFactory(country="SE")
    HostFactory(country="IT")
    HostFactory(country="FI", moderation="draft")
    PracticeFactory(language="en")
    PracticeFactory(language="fr")
    PracticeFactory(language="nl", state="draft")
    confirmed_internship(start=dt.date(today().year, 1, 1), host=HostFactory(country="SE"))
    confirmed_internship(start=dt.date(today().year - 1, 3, 1), host=HostFactory(country="SE"))
    InternshipFactory(host=HostFactory(country="SE"))
    found = count_figures()
    assert (found.hosts, found.countries) == (6, 2)
    assert (found.practices, found.languages) == (2, 2)
    assert found.stays == 1
    assert found.answer_days is None


def test_days_to_the_first_answer_are_the_median_over_requests() -> None:
    moment = now()
    for waited in (2, 4, 11):
        filed = moment - dt.timedelta(days=60)
        request = RequestFactory(state="matched", filed_at=filed)
        ProposalFactory(request=request, state="declined", answered_at=filed + dt.timedelta(days=waited))
        ProposalFactory(request=request, state="accepted", answered_at=filed + dt.timedelta(days=waited + 9))
    RequestFactory(state="filed")
    assert count_figures().answer_days == 4


def test_figures_take_four_queries_and_then_none(django_assert_num_queries: Any) -> None:
    for _ in range(5):
        HostFactory()
    with django_assert_num_queries(4):
        figures()
    with django_assert_num_queries(0):
        assert figures().hosts == 5


def test_figures_are_counted_when_the_cache_is_away(settings: Any) -> None:
    HostFactory()
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"}}
    assert figures().hosts == 1


def test_welcome_shows_counts_story_desks_and_demo_accounts(client: Any) -> None:
    HostFactory(name="Kotisatama")
    PracticeFactory(
        title="Coffee before questions",
        kind="trainee",
        language="en",
        results="Nine of ten stay. The rest come back.",
        objectives="People arrive before papers do.",
    )
    person("helpdesk", language="nl")
    page = client.get("/").content.decode()
    assert "See how colleagues elsewhere do it." in page
    assert "hosts in 1 country" in page
    assert "Coffee before questions" in page
    assert "“Nine of ten stay. The rest come back.”" in page
    assert '<span class="chip plain" lang="nl">Nederlands</span>' in page
    assert "trainee@demo.example" in page


def test_welcome_outside_demo_mode_names_no_accounts(client: Any, settings: Any) -> None:
    settings.DEMO_MODE = False
    page = client.get("/").content.decode()
    assert "demo.example" not in page


def test_story_falls_back_to_english_and_is_the_same_all_day() -> None:
    assert story("nl") is None
    cache.clear()
    for number in range(4):
        PracticeFactory(title=f"Practice {number}", kind="trainee", language="en", results="It works.")
    told = story("nl")
    assert told is not None
    assert told.language == "en"
    cache.clear()
    assert story("nl") == told


def test_first_sentences_fill_the_room_and_never_cut_a_sentence() -> None:
    text = "One. Two is longer. " + "Three " * 60
    assert first_sentences(text, 25) == "One. Two is longer."
    assert first_sentences("A single sentence that is longer than the limit.", 10).endswith("limit.")


def test_own_home_puts_the_oldest_first_and_keeps_others_apart(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = timezone.now()
    items = [
        Todo("Younger", "text a", "/a/", moment - dt.timedelta(days=1)),
        Todo("Older", "text b", "/b/", moment - dt.timedelta(days=9), deadline=dt.date(2027, 3, 2)),
        Todo("Waits for Maja", "text c", "/c/", moment - dt.timedelta(days=30), mine=False),
    ]
    monkeypatch.setattr(todo, "_providers", [lambda user: items])
    client.force_login(person("helpdesk"))
    page = client.get("/").content.decode()
    assert page.index("Older") < page.index("Younger") < page.index("Waits for Maja")
    assert "2 things need you, the oldest first." in page
    assert "by 2 March 2027" in page


def test_own_home_without_anything_says_what_one_can_do(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(todo, "_providers", [])
    client.force_login(person("trainee"))
    page = client.get("/").content.decode()
    assert "Nothing needs you now." in page
    assert reverse("trainees:project_start") in page


@pytest.mark.parametrize("role", list(LINKS))
def test_every_quick_link_of_a_role_answers_that_role(client: Any, role: str) -> None:
    """What a role is offered it may open: no link leads to a refusal."""
    client.force_login(person(role, organisation=OrganisationFactory()))
    links = quick_links(role)
    assert len(links) == len(LINKS[role])
    for label, url in links:
        assert client.get(url, follow=True).status_code == 200, f"{role}: {label} {url}"


def test_home_asks_the_same_number_of_queries_for_one_and_many_requests(
    client: Any, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(person("helpdesk", language="en"))
    RequestFactory()
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    for _ in range(12):
        RequestFactory()
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(many) == len(one)


def test_statistics_page_and_its_export_say_the_same(client: Any, django_assert_num_queries: Any) -> None:
    HostFactory(country="SE", sectors=["addiction", "youth"])
    HostFactory(country="SE", sectors=["youth"])
    HostFactory(country="IT", sectors=["psychiatry"])
    with django_assert_num_queries(8):
        counted = count_statistics()
    assert counted.counts["hosts_country"] == (("SE", 2), ("IT", 1))
    assert counted.counts["hosts_sector"] == (("youth", 2), ("addiction", 1), ("psychiatry", 1))
    page = client.get("/statistics/").content.decode()
    assert "Hosts by country" in page
    assert "Sweden" in page
    sheet = b"".join(client.get("/statistics/export/csv/").streaming_content).decode("utf-8-sig")
    assert "Hosts by country,SE,Sweden,2" in sheet
    assert "Hosts by sector,youth,Youth care,2" in sheet
    assert client.get("/statistics/export/pdf/").status_code == 404


@pytest.mark.parametrize("name", ["accessibility", "privacy"])
def test_short_texts_are_public_and_name_an_address(client: Any, name: str) -> None:
    page = client.get(reverse(f"portal:{name}")).content.decode()
    assert "mailto:portal@ecett.example" in page


def test_long_breakdowns_put_the_rest_together() -> None:
    from ecett.portal.selectors.statistics import BARS, Breakdown

    rows = tuple((f"{code}", 100 - at) for at, code in enumerate(range(2000, 2000 + BARS + 3)))
    bars = Breakdown("stays_year", "Stays", "Year", rows).bars
    assert len(bars) == BARS
    assert sum(count for _label, count in bars) == sum(count for _code, count in rows)
    assert SimpleNamespace(label=bars[-1][0]).label == "all others"
