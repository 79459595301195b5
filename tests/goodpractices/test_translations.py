"""Practices in other languages: written by people beside the original, published by the desk of the language."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ecett.core.models import Notification
from ecett.core.workflow import Blocked, Denied, perform
from goodpractices.management.commands.search_cards import answer
from goodpractices.models import GoodPractice, PracticeTranslation
from goodpractices.passages import fingerprint
from goodpractices.selectors import practice_page, read_practice_filter
from goodpractices.services import begin_translation, index_practices, update_practice, write_translation
from tests.factories import PracticeFactory, authored_practice, person

pytestmark = pytest.mark.django_db
FRENCH = {"title": "Le portable rouge", "description": "Un seul numéro veille la nuit après la cure."}


@pytest.fixture
def practice() -> GoodPractice:
    practice = authored_practice(
        person("trainee"), title="A phone stays open", description="One number, for a year.", language="en"
    )
    index_practices([practice.pk])
    return practice


@pytest.fixture
def translator() -> Any:
    return person("trainee", first_name="Odile", last_name="Marchand")


@pytest.fixture
def desk() -> Any:
    return person("helpdesk", language="fr")


def signed_in(user: Any, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


def begun(practice: GoodPractice, translator: Any, **texts: str) -> PracticeTranslation:
    return begin_translation(
        practice=practice, actor=translator, language="fr", texts={**FRENCH, **texts},
        read=fingerprint(practice.texts()),
    )  # fmt: skip


def published(practice: GoodPractice, translator: Any, desk: Any) -> PracticeTranslation:
    sent = perform(begun(practice, translator), "submit", actor=translator)
    return perform(sent, "publish", actor=desk)


def page(practice: GoodPractice, language: str, address: str = "") -> str:
    client = Client(headers={"accept-language": language})
    return client.get(reverse("goodpractices:practice_detail", args=[practice.public_id]) + address).text


def typed(practice: GoodPractice, **changes: str) -> dict[str, str]:
    return {"language": "fr", "read": fingerprint(practice.texts()), **FRENCH, **changes}


# ── life ──
def test_only_the_desk_of_its_language_publishes(practice: GoodPractice, translator: Any, desk: Any) -> None:
    sent = perform(begun(practice, translator), "submit", actor=translator)
    for somebody in (translator, person("helpdesk", language="nl"), person("juror")):
        with pytest.raises(Denied):
            perform(sent, "publish", actor=somebody)
    assert perform(sent, "publish", actor=desk).state == "published"
    letter = Notification.objects.get(email=translator.email)
    assert practice.title in letter.subject_line


def test_half_a_translation_or_one_with_a_name_is_not_sent(practice: GoodPractice, translator: Any) -> None:
    half = begun(practice, translator, description="")
    with pytest.raises(Blocked):
        perform(half, "submit", actor=translator)
    named = write_translation(
        translation=half, texts={**FRENCH, "description": "Un usager, Karim (16), appelle."},
        read=fingerprint(practice.texts()),
    )  # fmt: skip
    with pytest.raises(Blocked):
        perform(named, "submit", actor=translator)
    cleared = write_translation(
        translation=named, texts=named.texts, read=fingerprint(practice.texts()), cleared=["name:Karim"]
    )
    assert perform(cleared, "submit", actor=translator).state == "submitted"


def test_one_translation_a_language_and_sending_twice_is_once(
    practice: GoodPractice, translator: Any
) -> None:
    first = begun(practice, translator)
    assert begun(practice, translator) == first
    with pytest.raises(Blocked):
        begun(practice, person("trainee"))
    with pytest.raises(Blocked):
        begun(practice, translator, title="Autre")
    assert PracticeTranslation.objects.get().texts["title"] == FRENCH["title"]


# ── the original changes ──
def test_outdated_when_the_original_changes_and_current_once_brought_up_to_date(
    practice: GoodPractice, translator: Any, desk: Any
) -> None:
    translation = published(practice, translator, desk)
    assert not PracticeTranslation.objects.get().outdated
    author = practice.authors.get().user
    update_practice(practice=practice, actor=author, description="One number, for two years.")
    assert PracticeTranslation.objects.get().outdated
    assert "original a changé" in page(practice, "fr")
    form = signed_in(desk).get(reverse("goodpractices:translation_edit", args=[translation.public_id])).text
    assert " ".join(re.findall("<ins>(.*?)</ins>", form)).split() == ["two", "years"]
    fresh = GoodPractice.objects.get()
    write_translation(translation=translation, texts=FRENCH, read=fingerprint(fresh.texts()))
    assert not PracticeTranslation.objects.get().outdated


def test_original_that_changes_while_somebody_translates_leaves_it_outdated(
    practice: GoodPractice, translator: Any
) -> None:
    before = typed(practice)
    update_practice(practice=practice, actor=translator, description="One number, for two years.")
    client = signed_in(translator)
    assert client.post(new(practice), {**before, "intent": "draft"}).status_code == 302
    translation = PracticeTranslation.objects.get()
    assert translation.texts["title"] == FRENCH["title"]
    assert translation.outdated


# ── reading ──
def test_reader_sees_her_language_and_can_switch(practice: GoodPractice, translator: Any, desk: Any) -> None:
    begun(practice, translator)
    assert FRENCH["title"] not in page(practice, "fr"), "a draft is nobody else's"
    PracticeTranslation.objects.all().delete()
    published(practice, translator, desk)
    french = page(practice, "fr")
    assert f'<h1 lang="fr">{FRENCH["title"]}</h1>' in french
    assert "Odile Marchand" in french
    assert FRENCH["description"] in french
    assert practice.description not in french
    assert practice.description in page(practice, "fr", "?text=original")
    assert practice.description in page(practice, "nl")
    assert FRENCH["description"] in page(practice, "nl", "?text=fr")
    assert practice.description in page(practice, "en", "?text=nothing\x00")


def test_search_finds_words_of_a_translation_while_it_is_published(
    practice: GoodPractice, translator: Any, desk: Any
) -> None:
    def found() -> list[int]:
        cards = practice_page(read_practice_filter({"q": ["portable rouge"]}), language="fr").practices
        return [card.pk for card in cards]

    assert found() == []
    translation = published(practice, translator, desk)
    assert found() == [practice.pk]
    case = {"id": 1, "lang": "fr", "query": "cure", "kind": "practice"}
    assert answer(case)["results"][0]["why"]
    perform(translation, "take_back", actor=translator)
    assert found() == []


def test_list_shows_translated_titles_with_as_many_questions_for_30_as_for_1(
    translator: Any, desk: Any
) -> None:
    address = reverse("goodpractices:practice_list") + "?q=phone&sort=title"

    def questions() -> int:
        with CaptureQueriesContext(connection) as context:
            text = Client(headers={"accept-language": "fr"}).get(address).text
        assert FRENCH["title"] in text
        return len(context)

    first = PracticeFactory(title="A phone")
    published(first, translator, desk)
    index_practices()
    one = questions()
    for number in range(29):
        published(PracticeFactory(title=f"Phone {number}"), translator, desk)
    index_practices()
    assert questions() <= one


# ── the form ──
def new(practice: GoodPractice) -> str:
    return reverse("goodpractices:translation_new", args=[practice.public_id])


def test_form_has_the_original_beside_each_field_and_loses_nothing(
    practice: GoodPractice, translator: Any
) -> None:
    client = signed_in(translator)
    shown = client.get(new(practice)).text
    assert practice.description in shown
    assert "No machine suggests" in shown
    assert 'name="steps"' not in shown, "what the original does not say is not asked"
    refused = client.post(new(practice), typed(practice, description="", intent="submit"))
    assert refused.status_code == 422
    assert FRENCH["title"] in refused.text
    names = client.post(
        new(practice), typed(practice, description="L’usager Karim (16) appelle.", intent="submit")
    )
    assert names.status_code == 422
    assert "“Karim”" in names.text
    assert not PracticeTranslation.objects.exists()
    sent = client.post(
        new(practice),
        typed(practice, description="L’usager Karim (16) appelle.", intent="submit", no_client="on"),
    )
    assert sent.status_code == 302
    assert PracticeTranslation.objects.get().state == "submitted"


@pytest.mark.parametrize("language", ["en", "xx", "", "fr\x00"])
def test_languages_that_cannot_be_are_refused(practice: GoodPractice, translator: Any, language: str) -> None:
    answered = signed_in(translator).post(new(practice), typed(practice, language=language, intent="draft"))
    assert answered.status_code == 422
    assert FRENCH["title"] in answered.text
    assert not PracticeTranslation.objects.exists()


def test_desk_finds_it_in_its_list_and_on_its_page(
    practice: GoodPractice, translator: Any, desk: Any
) -> None:
    translation = perform(begun(practice, translator), "submit", actor=translator)
    address = reverse("goodpractices:translation_edit", args=[translation.public_id])
    moderation = reverse("goodpractices:practice_moderation")
    assert address in signed_in(desk).get(moderation).text
    assert address not in signed_in(person("helpdesk", language="nl")).get(moderation).text
    client = signed_in(translator)
    assert "take it back first" in client.get(address).text
    late = client.post(address, FRENCH | {"title": "Changed meanwhile"})
    assert late.status_code == 422
    assert "Changed meanwhile" in late.text
    assert PracticeTranslation.objects.get().title == FRENCH["title"]
    asks = reverse("goodpractices:translation_step", args=[translation.public_id, "ask_changes"])
    signed_in(desk).post(asks, {"comment": "Un mot manque."})
    assert "Un mot manque." in client.get(address).text
