"""The desk's pages of cards that may be the same, and the question before a new card is made."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hosts.models import DuplicatePair, DuplicateSearch, Host, HostMerge
from hosts.selectors.duplicates import alike, facts_of
from hosts.services.duplicates import find_duplicates, pair_up, run_search
from tests.factories import HostFactory, PracticeFactory, person

pytestmark = pytest.mark.django_db
LIST = "hosts:duplicate_list"


@pytest.fixture
def desk(client: Client) -> Any:
    user = person("helpdesk", language="en")
    client.force_login(user)
    return user


def twins(name: str = "Huset", **fields: Any) -> tuple[Host, Host]:
    place = {"country": "DK", "city": "Aarhus"} | fields
    return HostFactory(name=name, **place), HostFactory(name=f"{name} e.V.", **place)


def page(client: Client, name: str, *args: Any, **query: str) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


# ── finding ──
def test_batch_writes_pairs_once_and_leaves_what_people_said() -> None:
    one, other = twins()
    HostFactory(name="Vågbrytaren", country="SE", city="Malmö")
    assert find_duplicates() == (1, 1)
    assert find_duplicates() == (1, 0)
    pair = DuplicatePair.objects.get()
    assert (pair.first, pair.second, pair.score > 0.8) == (one, other, True)
    DuplicatePair.objects.update(state="different")
    assert find_duplicates() == (1, 0)
    assert DuplicatePair.objects.get().state == "different"


def test_drafts_without_a_name_are_no_pair() -> None:
    for _each in range(2):
        HostFactory(name="", country="DK", city="Aarhus", moderation="draft")
    assert find_duplicates() == (0, 0)


def test_batch_forgets_an_open_pair_that_is_alike_no_more() -> None:
    _one, other = twins()
    find_duplicates()
    Host.objects.filter(pk=other.pk).update(name="Vågbrytaren")
    assert find_duplicates() == (0, 0)
    assert not DuplicatePair.objects.exists()


def test_search_runs_once_however_often_its_task_comes(client: Client, desk: Any) -> None:
    twins()
    client.post(reverse("hosts:duplicate_search"))
    client.post(reverse("hosts:duplicate_search"))
    search = DuplicateSearch.objects.get()
    assert "Looking through all cards" in page(client, LIST)
    assert run_search(search.pk)
    assert not run_search(search.pk)
    search.refresh_from_db()
    assert (search.state, search.found, search.fresh) == ("done", 1, 1)
    assert client.get(reverse("hosts:duplicate_progress")).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Ψυχιατρικό Σπίτι", "country": "GR", "city": "Αθήνα"},
        {"name": "Husset", "city": "Ǻrhus", "latitude": 56.16, "longitude": 10.2},
        {"name": "Huset", "city": "Skødstrup", "website": "http://huset.dk"},
    ],
)
def test_a_new_card_is_held_against_others_by_town_map_and_website(fields: dict[str, Any]) -> None:
    HostFactory(name="Psichiatriko Spiti", country="GR", city="Athens")
    HostFactory(
        name="Huset",
        country="DK",
        city="Aarhus",
        latitude=56.1601,
        longitude=10.2001,
        website="https://www.huset.dk/",
    )
    new = Host(**{"country": "DK", "city": "Aarhus"} | fields)
    found = [each.host.name for each in alike(facts_of(new), least=0.25)]
    assert found == ["Psichiatriko Spiti" if fields.get("country") == "GR" else "Huset"]


def test_a_new_card_costs_as_many_questions_beside_30_as_beside_1() -> None:
    first = HostFactory(name="Huset", country="DK", city="Aarhus")

    def questions() -> int:
        with CaptureQueriesContext(connection) as context:
            assert alike(facts_of(first), but=[first.pk])
        return len(context)

    HostFactory(name="Huset e.V.", country="DK", city="Aarhus")
    one = questions()
    for number in range(29):
        HostFactory(name=f"Huset {number}", country="DK", city="Aarhus")
    assert questions() == one <= 4


# ── list ──
def test_list_shows_the_likeliest_first_and_asks_a_constant_number_of_questions(
    client: Client, desk: Any
) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as context:
            assert client.get(reverse(LIST)).status_code == 200
        return len(context)

    one, other = twins()
    pair_up(host=one, other=other)
    before = questions()
    for number in range(29):
        one, other = twins(f"Haus {number}", country="AT", city="Graz")
        pair_up(host=one, other=other)
    assert questions() == before <= 12
    DuplicatePair.objects.filter(first__name="Haus 7").update(score=1.0)
    text = page(client, LIST)
    assert text.index("Haus 7 e.V.") < text.index("Haus 8 e.V.")
    assert "Huset" not in page(client, LIST, country="AT")
    assert "No pair has the country “XX”" in page(client, LIST, country="XX")


def test_list_says_so_when_nothing_waits(client: Client, desk: Any) -> None:
    assert "No pair waits" in page(client, LIST)


def test_list_is_a_thing_to_do(client: Client, desk: Any) -> None:
    one, other = twins()
    pair_up(host=one, other=other)
    assert reverse(LIST) in client.get("/", follow=True).content.decode()


def test_several_pairs_are_told_apart_after_a_preview(client: Client, desk: Any) -> None:
    pairs = [pair_up(host=one, other=other) for one, other in (twins("Haus"), twins("Huset"))]
    chosen = {"action": "different", "chosen": [pair.public_id for pair in pairs] + ["made-up"]}
    preview = client.post(reverse(LIST), chosen).content.decode()
    assert "1 pair was left out" in preview
    assert set(DuplicatePair.objects.values_list("state", flat=True)) == {"open"}
    client.post(reverse(LIST), chosen | {"sure": "1"})
    assert set(DuplicatePair.objects.values_list("state", flat=True)) == {"different"}
    assert (
        "Nothing was chosen."
        in client.post(reverse(LIST), chosen | {"sure": "1"}, follow=True).content.decode()
    )


# ── side by side ──
def test_merge_page_proposes_and_takes_what_is_chosen(client: Client, desk: Any) -> None:
    stays, goes = twins()
    Host.objects.filter(pk=stays.pk).update(summary="Short", website="http://old.dk", status="partner")
    Host.objects.filter(pk=goes.pk).update(
        summary="Somewhat longer", website="http://new.dk", capacity=3, status="potential"
    )
    PracticeFactory(host=goes)
    pair = pair_up(host=stays, other=goes)
    address = reverse("hosts:duplicate_detail", args=[pair.public_id])
    text = client.get(address).content.decode()
    assert f'name="stays" value="{stays.public_id}"' in text
    assert "Good practices" in text
    seen = {
        name: text.split(f'name="{name}" value="')[1].split('"')[0] for name in ("seen_goes", "seen_stays")
    }
    answers = {
        "take-summary": "both",
        "take-website": "other",
        "take-name": "nonsense",
        "take-capacity": "other",
    }
    client.post(address, {"intent": "merge", "stays": stays.public_id, **seen, **answers})
    stays.refresh_from_db()
    assert (stays.summary, stays.website, stays.capacity, stays.name) == (
        "Short\n\nSomewhat longer", "http://new.dk", 3, "Huset",
    )  # fmt: skip
    assert HostMerge.objects.get().loser == goes


def test_merge_page_keeps_the_answers_when_a_card_has_changed(client: Client, desk: Any) -> None:
    stays, goes = twins()
    Host.objects.filter(pk=goes.pk).update(website="http://new.dk", summary="Other words")
    pair = pair_up(host=stays, other=goes)
    address = reverse("hosts:duplicate_detail", args=[pair.public_id])
    post = {
        "intent": "merge",
        "stays": stays.public_id,
        "seen_goes": "x",
        "seen_stays": "y",
        "take-summary": "both",
    }
    response = client.post(address, post)
    text = response.content.decode()
    assert (response.status_code, HostMerge.objects.count()) == (409, 0)
    assert "Please look again." in text
    assert 'value="both" aria-describedby="take-summary" checked' in text


def test_undo_stands_on_the_page_of_the_card_that_stayed(client: Client, desk: Any) -> None:
    stays, goes = twins()
    from hosts.services import merge_hosts

    merge = merge_hosts(host=goes, into=stays, actor=desk)
    undo = reverse("hosts:merge_undo", args=[merge.public_id])
    assert undo in page(client, "hosts:host_detail", stays.public_id)
    assert "Both cards stand for themselves again." in client.post(undo, follow=True).content.decode()
    assert "undone already" in client.post(undo, follow=True).content.decode()
    client.force_login(person("trainee"))
    assert undo not in page(client, "hosts:host_detail", stays.public_id)


def test_card_named_by_its_address_is_compared(client: Client, desk: Any) -> None:
    goes, stays = HostFactory(name="Gone"), HostFactory(name="Kept")
    address = reverse("hosts:host_merge", args=[goes.public_id])
    response = client.post(address, {"into": f"http://x.eu/hosts/{stays.public_id}/"}, follow=True)
    assert f'name="stays" value="{stays.public_id}"' in response.content.decode()
    assert "No other card has this address." in client.post(address, {"into": "nonsense"}).content.decode()


# ── before a new card is made ──
NEW = {
    "name": "Huset", "country": "DK", "city": "Århus", "sectors": ["youth"], "summary": "Typed with care",
    "expertise": "Young mothers", "language": "en", "lang0-language": "da", "lang0-level": "C2", "intent": "submit",
}  # fmt: skip


def test_author_is_asked_before_a_card_is_made_twice_and_not_again(client: Client) -> None:
    author = person("trainee")
    client.force_login(author)
    known = HostFactory(name="Huset e.V.", country="DK", city="Århus")
    hidden = HostFactory(name="Huset ApS", country="DK", city="Århus", moderation="draft")
    response = client.post(reverse("hosts:host_create"), NEW)
    text = response.content.decode()
    assert (response.status_code, Host.objects.count()) == (422, 2)
    assert "Is it one of these teams?" in text
    assert "Typed with care" in text
    assert known.name in text
    assert hidden.name not in text
    client.post(reverse("hosts:host_create"), NEW | {"another": [known.public_id]})
    made = Host.objects.get(created_by=author)
    states = {pair.first: pair.state for pair in DuplicatePair.objects.filter(second=made)}
    assert (made.moderation, states) == ("submitted", {known: "different", hidden: "open"})
    find_duplicates()
    assert DuplicatePair.objects.get(first=known, second=made).state == "different"


def test_a_draft_is_held_against_the_others_when_it_is_sent(client: Client) -> None:
    author = person("trainee")
    client.force_login(author)
    draft = HostFactory(name="Huset", country="DK", city="Århus", moderation="draft", created_by=author)
    known = HostFactory(name="Huset e.V.", country="DK", city="Århus")
    address = reverse("hosts:host_edit", args=[draft.public_id])
    assert client.post(address, NEW | {"intent": "draft"}).status_code == 302
    assert "Is it one of these teams?" in client.post(address, NEW).content.decode()
    client.post(address, NEW | {"another": [known.public_id]})
    draft.refresh_from_db()
    assert (draft.moderation, DuplicatePair.objects.get().state) == ("submitted", "different")
