"""One host card: its page, its moderation, and what matching and search know of it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecett.core.clock import today
from ecett.core.models import Notification
from ecett.core.workflow import Blocked, perform
from hosts.models import Concept, Host, HostPeriod
from hosts.selectors import all_hosts_for_matching, rank_hosts
from hosts.services import (
    create_host,
    load_thesaurus,
    merge_hosts,
    publish_host,
    update_host,
)
from tests.factories import PracticeFactory, person
from tests.hosts.conftest import found
from tests.hosts.conftest import indexed_host as host

pytestmark = pytest.mark.django_db


# ── card ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_card_keeps_the_spokesperson_from_the_public(client: Client, desk: Any) -> None:
    card = host("Team", spokesperson_email="maja@example.org")
    url = reverse("hosts:host_detail", args=[card.public_id])
    assert "maja@example.org" not in client.get(url).content.decode()
    client.force_login(desk)
    assert "maja@example.org" in client.get(url).content.decode()


def test_card_of_a_draft_is_there_for_its_author_only(client: Client, author: Any) -> None:
    card = create_host(actor=author, name="Mine", country="SE", city="X")
    url = reverse("hosts:host_detail", args=[card.public_id])
    assert client.get(url).status_code == 404
    client.force_login(person("trainee"))
    assert client.get(url).status_code == 404
    client.force_login(author)
    assert "You complete the card" in client.get(url).content.decode()


def test_card_that_was_merged_leads_to_the_one_that_stayed(client: Client, desk: Any) -> None:
    gone, kept = host("Gone"), host("Kept")
    merge_hosts(host=gone, into=kept, actor=desk)
    response = client.get(reverse("hosts:host_detail", args=[gone.public_id]))
    address = reverse("hosts:host_detail", args=[kept.public_id])
    assert (response.status_code, response.headers["Location"]) == (301, f"{address}?was={gone.public_id}")
    assert "that of “Gone”" in client.get(response.headers["Location"]).content.decode()


def test_card_names_no_former_card_that_was_not_public_or_is_not_its_own(client: Client, desk: Any) -> None:
    kept, other = host("Kept"), host("Other")
    draft = create_host(actor=desk, name="Secret", country="SE", city="X")
    merge_hosts(host=draft, into=kept, actor=desk)
    gone = host("Gone")
    merge_hosts(host=gone, into=other, actor=desk)
    for code in (draft.public_id, gone.public_id, other.public_id, "\x00", "'", ""):
        answer = client.get(reverse("hosts:host_detail", args=[kept.public_id]), {"was": code})
        assert answer.status_code == 200
        assert "The address that you opened" not in answer.content.decode(), code


def test_card_shows_practices_seen_there(client: Client) -> None:
    card = host("Team")
    PracticeFactory(title="A phone stays open", host=card)
    assert (
        "A phone stays open"
        in client.get(reverse("hosts:host_detail", args=[card.public_id])).content.decode()
    )


# ── moderation ──────────────────────────────────────────────────────────────────────────────────────────────
def test_desk_publishes_and_the_author_is_told(client: Client, desk: Any, author: Any) -> None:
    card = create_host(actor=author, name="Huset", country="DK", city="Aarhus")
    perform(card, "submit", actor=author)
    client.force_login(desk)
    assert "Huset" in client.get(reverse("hosts:host_moderation")).content.decode()
    client.post(reverse("hosts:host_step", args=[card.public_id, "publish"]))
    card = Host.objects.get()
    letter = Notification.objects.get()
    assert (card.moderation, letter.email, letter.subject_line) == (
        "published", author.email, "Your card is published: Huset",
    )  # fmt: skip


def test_second_press_of_publish_says_so_and_changes_nothing(client: Client, desk: Any, author: Any) -> None:
    card = create_host(actor=author, name="Huset", country="DK", city="Aarhus")
    perform(card, "submit", actor=author)
    client.force_login(desk)
    url = reverse("hosts:host_step", args=[card.public_id, "publish"])
    client.post(url)
    response = client.post(url, follow=True)
    assert "Somebody else was faster" in response.content.decode()
    assert Notification.objects.count() == 1


def test_question_to_the_author_needs_words(client: Client, desk: Any, author: Any) -> None:
    card = create_host(actor=author, name="Huset", country="DK", city="Aarhus")
    perform(card, "submit", actor=author)
    client.force_login(desk)
    url = reverse("hosts:host_step", args=[card.public_id, "ask_changes"])
    assert "Please say why." in client.post(url, {"comment": " "}, follow=True).content.decode()
    client.post(url, {"comment": "Which days?"})
    letter = Notification.objects.get()
    assert ("Which days?" in letter.text, Host.objects.get().moderation) == (True, "changes")


def test_author_may_not_publish_her_own_card(client: Client, author: Any) -> None:
    card = create_host(actor=author, name="Huset", country="DK", city="Aarhus")
    client.force_login(author)
    assert client.post(reverse("hosts:host_step", args=[card.public_id, "publish"])).status_code == 403
    assert client.get(reverse("hosts:host_moderation")).status_code == 403


def test_card_without_a_town_cannot_be_sent(author: Any) -> None:
    card = create_host(actor=author, name="Huset", country="DK", city="")
    with pytest.raises(Blocked, match="Name, country and town"):
        perform(card, "submit", actor=author)


def test_confirming_makes_the_card_fresh(client: Client, desk: Any) -> None:
    card = host("Team")
    client.force_login(desk)
    client.post(reverse("hosts:host_confirm", args=[card.public_id]))
    assert Host.objects.get().last_confirmed_on == today()


# ── matching ────────────────────────────────────────────────────────────────────────────────────────────────
def test_matching_knows_languages_periods_and_concepts_of_the_text() -> None:
    from hosts.matching import Request

    card = host("Team", summary="Aftercare for young people.", languages=[("fr", "B2")])
    HostPeriod.objects.create(host=card, kind="closed", start=today(), end=today())
    facts = all_hosts_for_matching()[0]
    assert (dict(facts.languages), len(facts.closed), {"aftercare", "youth"} <= facts.concepts) == (
        {"fr": "B2"},
        1,
        True,
    )
    matches, excluded = rank_hosts(Request(sectors=frozenset({"psychiatry"})), language="en")
    assert (matches, excluded) == ([], {"sector": 1})


def test_update_replaces_related_rows_and_finds_by_the_new_words(author: Any) -> None:
    load_thesaurus()
    card = create_host(
        actor=author, name="Old", country="SE", city="X", languages=[("en", "B1")], concepts=["aftercare"]
    )
    update_host(host=card, actor=author, name="New", languages=[("sv", "C2")], concepts=[])
    publish_host(host=Host.objects.get(), actor=person("helpdesk"))
    assert found(q=["new"]) == ["New"]
    assert [row.language for row in Host.objects.get().languages.all()] == ["sv"]
    assert list(Host.objects.get().concepts.all()) == []


def test_loading_the_thesaurus_twice_changes_nothing() -> None:
    first, second = load_thesaurus(), load_thesaurus()
    assert (second.created, second.updated, second.removed) == (0, 0, 0)
    assert Concept.objects.filter(scheme="ecett").count() == first.concepts >= 250


def test_team_of_an_empty_card_is_asked_to_fill_it_in_and_nobody_says_that_it_is_right(
    client: Client, author: Any
) -> None:
    card = host("Avdelning", summary="", expertise="", sectors=[], created_by=author)
    url = reverse("hosts:host_detail", args=[card.public_id])
    client.force_login(author)
    page = client.get(url).content.decode()
    assert "Fill in the card" in page
    assert "The card does not say yet: sectors, who it is for, expertise and qualifications." in page
    assert reverse("hosts:host_confirm", args=[card.public_id]) not in page
    asked = "Visitors cannot read yet what this team does"
    assert asked in client.get("/").content.decode()
    for name in ("summary", "expertise"):
        setattr(card, name, "Something")
    card.sectors = ["youth"]
    card.save()
    assert asked not in client.get("/").content.decode()
    page = client.get(url).content.decode()
    assert "Fill in the card" not in page
    assert reverse("hosts:host_confirm", args=[card.public_id]) in page


def test_author_of_a_refused_card_reads_why(client: Client, author: Any, desk: Any) -> None:
    card = create_host(actor=author, name="Mine", country="SE", city="X")
    Host.objects.filter(pk=card.pk).update(moderation="submitted")
    perform(Host.objects.get(pk=card.pk), "reject", actor=desk, comment="It is a shop.")
    client.force_login(author)
    page = client.get(reverse("hosts:host_detail", args=[card.public_id])).content.decode()
    assert "Nothing: the card is not published." in page
    assert "It is a shop." in page
