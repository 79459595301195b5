"""The town and the house of a card say where, not who: their names are not marked as a person's."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from goodpractices.anonymity import check
from goodpractices.forms_adoption import AdoptionForm
from goodpractices.models import GoodPractice
from tests.factories import PracticeFactory, person
from tests.goodpractices.test_passages import signed_in, typed

TOWN = "El Puerto de Ana María"
TEXT = f"In {TOWN} the door is open. People of Puerto de Ana María come, and Karim (16) came too."


def names(text: str, lang: str, *places: str) -> list[str]:
    return [mark.text for mark in check(text, lang, places) if mark.kind == "name"]


def test_own_town_is_no_name_and_people_in_it_are() -> None:
    assert names(TEXT, "es") == ["Ana María", "Ana María", "Karim"]
    assert names(TEXT, "es", TOWN) == ["Karim"]


def test_house_that_bears_a_name_hides_nobody_of_that_name() -> None:
    told = "In Haus Anna Berg, Anna (17) rang her mother Maria."
    assert names(told, "en", "Haus Anna Berg") == ["Anna", "Maria"]


def test_town_of_one_word_is_a_name_where_somebody_bears_it() -> None:
    told = "Later Charlotte grew and a resident called Charlotte (17) left it."
    assert "Charlotte" in names("Later Charlotte grew.", "en")
    assert names("Later Charlotte grew.", "en", "Charlotte") == []
    assert "Charlotte" in names(told, "en", "Charlotte")


@given(text=st.text(max_size=200), place=st.text(max_size=40))
def test_known_places_never_add_a_name(text: str, place: str) -> None:
    def marked(*places: str) -> set[tuple[int, int]]:
        return {(mark.start, mark.end) for mark in check(text, "en", places) if mark.kind == "name"}

    before = {at for start, end in marked() for at in range(start, end)}
    after = {at for start, end in marked(place) for at in range(start, end)}
    assert after <= before


@pytest.mark.django_db
def test_check_step_and_readers_list_know_the_places_of_the_card() -> None:
    client = signed_in(person("trainee"))
    asked = client.post(
        reverse("goodpractices:practice_create"),
        typed(intent="submit", description=TEXT, city=TOWN, language="es", country="ES"),
    )
    assert asked.status_code == 422
    assert "<mark>Karim</mark>" in asked.text
    assert "<mark>Ana María</mark>" not in asked.text
    card = PracticeFactory(description=TEXT, city=TOWN, language="es", state="submitted")
    assert [passage.text for passage in card.passages()] == ["Karim"]
    elsewhere = GoodPractice.objects.get(pk=card.pk)
    elsewhere.city = "Cádiz"
    assert "Ana María" in [passage.text for passage in elsewhere.passages()]


@pytest.mark.django_db
def test_report_knows_the_house_that_tried_it() -> None:
    told = {
        "organisation": "Maria Montessori", "country": "BE", "city": "Namur", "since": dt.date(2026, 1, 5),
        "outcome": "kept", "why": "The team of Maria Montessori keeps it.",
    }  # fmt: skip
    assert AdoptionForm(told).is_valid()
    assert "no_client" in AdoptionForm({**told, "why": "A resident called Karim (16) rang."}).errors
