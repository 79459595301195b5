"""Practices like this one: by what both are about, with the reason."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goodpractices.models import GoodPractice
from goodpractices.selectors.cards import practice_for_page, similar_practices
from hosts.models import Concept
from tests.factories import PracticeFactory, UserFactory

pytestmark = pytest.mark.django_db


def about(*codes: str, **fields: object) -> GoodPractice:
    practice = PracticeFactory(**fields)
    concepts = [
        Concept.objects.get_or_create(code=code, defaults={"scheme": Concept.Scheme.ECETT})[0]
        for code in codes
    ]
    practice.concepts.set(concepts)
    return practice


def similar(practice: GoodPractice) -> list[tuple[str, tuple[str, ...]]]:
    read = practice_for_page(UserFactory(), practice.public_id)
    assert read is not None
    return [(one.practice.title, one.shared) for one in similar_practices(read)]


def test_those_that_share_most_come_first_and_say_what() -> None:
    one = about("aftercare", "peer-support", title="One", target_groups=["families"])
    about("aftercare", title="Half")
    about("aftercare", "peer-support", title="Both", target_groups=["families"])
    about("street-work", title="Other")
    about("aftercare", "peer-support", title="Draft", state="draft")
    assert similar(one) == [("Both", ("aftercare", "peer-support", "families")), ("Half", ("aftercare",))]


def test_nothing_in_common_is_nothing_to_show() -> None:
    about("street-work")
    assert similar(about(title="Alone")) == []


def test_page_says_the_reason_with_as_many_questions_for_30_as_for_1(client: Client) -> None:
    one = about("aftercare", title="One")

    def questions() -> int:
        with CaptureQueriesContext(connection) as context:
            text = client.get(reverse("goodpractices:practice_detail", args=[one.public_id])).text
        assert "Both: " in text
        return len(context)

    about("aftercare")
    questions()
    first = questions()
    for _number in range(29):
        about("aftercare")
    assert questions() == first
