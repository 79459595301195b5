"""Host cards in the database: index, search, list and card pages."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecett.core.clock import today
from ecett.core.models import Notification
from ecett.core.workflow import Blocked, perform
from hosts.models import Concept, Host, HostPeriod
from hosts.selectors import all_hosts_for_matching, host_page, rank_hosts, read_filter
from hosts.services import (
    count_terms,
    create_host,
    index_hosts,
    load_thesaurus,
    merge_hosts,
    publish_host,
    update_host,
)
from tests.factories import HostFactory, PracticeFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Any:
    return person("helpdesk", language="en")


@pytest.fixture
def author() -> Any:
    return person("trainee")


def found(**address: list[str]) -> list[str]:
    return [host.name for host in host_page(read_filter(address), language="en").hosts]


def host(name: str, **fields: Any) -> Host:
    made = HostFactory(name=name, **fields)
    index_hosts([made.pk])
    return made


# ── finding ──
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
    host("One", summary="Horses and donkeys.", expertise="")
    page = host_page(read_filter({"q": ["aftercare horses"]}), language="en")
    assert [one.name for one in page.hosts] == ["Both", "One"]
    assert (page.listing.query.relaxed, page.listing.query.full) == (True, 1)
    page = host_page(read_filter({"q": ["donkeys xylophones"]}), language="en")
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
    host("With", summary="Horses and donkeys.")
    host("Without", summary="Horses only.")
    assert found(q=["horses -donkeys"]) == ["Without"]


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


# ── list page ──
@pytest.mark.parametrize("address", ["", "?q=aftercare", "?country=SE&sector=addiction"])
def test_list_asks_as_many_questions_for_30_as_for_1(client: Client, address: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def questions() -> int:
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
    # Where few cards answer, one more question asks for those that answer a part.
    assert one - 1 <= questions() <= one <= 12


def test_list_offers_what_to_give_up_with_counts(client: Client) -> None:
    host("A", country="SE", sectors=["youth"])
    host("B", country="SE", sectors=["youth"])
    text = client.get(reverse("hosts:host_list"), {"country": "MT", "sector": "youth"}).content.decode()
    assert "Without country: 2" in text
    assert "Without sector" not in text


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


# ── card ──
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
    assert (response.status_code, response.headers["Location"]) == (
        301,
        reverse("hosts:host_detail", args=[kept.public_id]),
    )


def test_card_shows_practices_seen_there(client: Client) -> None:
    card = host("Team")
    PracticeFactory(title="A phone stays open", host=card)
    assert (
        "A phone stays open"
        in client.get(reverse("hosts:host_detail", args=[card.public_id])).content.decode()
    )


# ── writing ──
FORM = {
    "name": "Huset", "country": "DK", "city": "Aarhus", "sectors": ["youth"], "summary": "Day house.",
    "expertise": "Young mothers", "language": "en", "lang0-language": "da", "lang0-level": "C2",
}  # fmt: skip


def test_form_draft_asks_for_nothing(client: Client, author: Any) -> None:
    client.force_login(author)
    response = client.post(reverse("hosts:host_create"), {"intent": "draft", "city": "Aarhus"})
    card = Host.objects.get()
    assert (response.status_code, card.city, card.moderation, card.created_by) == (
        302,
        "Aarhus",
        "draft",
        author,
    )


def test_form_submit_asks_for_everything_and_loses_nothing(client: Client, author: Any) -> None:
    client.force_login(author)
    response = client.post(reverse("hosts:host_create"), {"intent": "submit", "summary": "Typed with care"})
    text = response.content.decode()
    assert (response.status_code, Host.objects.count()) == (422, 0)
    assert "Typed with care" in text
    assert "Name at least one language" in text


def test_form_submit_sends_the_card_to_the_desk(client: Client, author: Any) -> None:
    client.force_login(author)
    client.post(reverse("hosts:host_create"), {**FORM, "intent": "submit"})
    card = Host.objects.get()
    assert (card.moderation, [(row.language, row.level) for row in card.languages.all()]) == (
        "submitted",
        [("da", "C2")],
    )


def test_form_period_that_ends_before_it_starts_is_refused(client: Client, author: Any) -> None:
    client.force_login(author)
    dates = {"period0-kind": "closed", "period0-start": "2027-08-10", "period0-end": "2027-08-01"}
    response = client.post(reverse("hosts:host_create"), {**FORM, **dates, "intent": "draft"})
    assert response.status_code == 422
    assert "This is before the first day." in response.content.decode()


def test_form_too_long_a_text_is_refused_and_kept(client: Client, author: Any) -> None:
    client.force_login(author)
    response = client.post(reverse("hosts:host_create"), {**FORM, "summary": "x" * 10_001, "intent": "draft"})
    assert (response.status_code, Host.objects.count()) == (422, 0)
    assert "x" * 10_001 in response.content.decode()


def test_form_script_in_a_field_is_shown_as_text(client: Client, author: Any) -> None:
    client.force_login(author)
    client.post(
        reverse("hosts:host_create"), {**FORM, "name": "<script>alert(1)</script>", "intent": "draft"}
    )
    card = Host.objects.get()
    text = client.get(reverse("hosts:host_detail", args=[card.public_id])).content.decode()
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert(1)" not in text


def test_form_finds_concepts_without_losing_what_was_typed(client: Client, author: Any) -> None:
    load_thesaurus()
    client.force_login(author)
    response = client.post(
        reverse("hosts:host_create"), {"intent": "find", "find": "nazorg", "summary": "Typed", "city": "Gent"}
    )
    text = response.content.decode()
    assert (response.status_code, Host.objects.count()) == (200, 0)
    assert 'value="aftercare"' in text
    assert "Typed" in text


def test_form_unknown_concept_is_refused(client: Client, author: Any) -> None:
    client.force_login(author)
    response = client.post(reverse("hosts:host_create"), {**FORM, "concepts": ["made-up"], "intent": "draft"})
    assert (response.status_code, Host.objects.count()) == (422, 0)


def test_edit_of_another_persons_card_is_forbidden(client: Client) -> None:
    card = host("Team")
    client.force_login(person("trainee"))
    assert client.get(reverse("hosts:host_edit", args=[card.public_id])).status_code == 403


# ── moderation ──
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


# ── matching ──
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
