"""Before a practice is sent, its author looks at the words that may say who somebody is."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from ecett.core.workflow import Blocked
from goodpractices.anonymity import KINDS, reading_language
from goodpractices.enums import MarkKind, PracticeState
from goodpractices.models import GoodPractice
from goodpractices.passages import find_passages
from goodpractices.services import clear_marks, create_practice, submit_practice
from goodpractices.wording import INSTEAD
from tests.factories import UserFactory, person

pytestmark = pytest.mark.django_db
STORY = "A resident called Karim (16) rang 06 12 34 56 78 each Sunday. Karim laughed."


def typed(**changes: object) -> dict[str, object]:
    return {
        "title": "A phone for a year",
        "description": STORY,
        "country": "FR",
        "language": "en",
        "kind": "trainee",
        "sectors": ["youth"],
        "anonymity_declared": "on",
        **changes,
    }


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_kinds_of_marks_are_those_of_the_checker() -> None:
    assert tuple(MarkKind.values) == KINDS
    assert set(INSTEAD) == set(MarkKind)


def test_texts_in_other_languages_are_read_by_a_close_one() -> None:
    assert [reading_language(code) for code in ("fr", "pt-BR", "sk", "fi")] == ["fr", "pt", "cs", "en"]


def test_passage_is_one_however_often_it_comes_and_shows_its_sentence() -> None:
    name, phone = find_passages({"description": STORY}, "fr")
    assert (name.code, name.times, name.field) == ("name:Karim", 2, "description")
    assert name.before == "A resident called "
    assert (phone.code, phone.times) == ("phone:06 12 34 56 78", 1)


def test_sending_asks_and_loses_nothing() -> None:
    client = signed_in(UserFactory())
    page = client.post(reverse("goodpractices:practice_create"), typed(intent="submit"))
    assert page.status_code == 422
    assert "<mark>Karim</mark>" in page.text
    assert escape(STORY) in page.text
    assert "a name or initials" in page.text
    assert not GoodPractice.objects.exists()


def test_a_draft_asks_nothing() -> None:
    client = signed_in(UserFactory())
    page = client.post(reverse("goodpractices:practice_create"), typed(intent="draft"), follow=True)
    assert page.status_code == 200
    assert GoodPractice.objects.get().state == PracticeState.DRAFT


def test_changed_words_are_sent() -> None:
    client = signed_in(UserFactory())
    told = typed(intent="submit", description="A boy of about sixteen rang each Sunday.")
    assert client.post(reverse("goodpractices:practice_create"), told).status_code == 302
    assert GoodPractice.objects.get().state == PracticeState.SUBMITTED


@pytest.mark.parametrize(
    "ticks", [{"no_client": ["name:Karim", "phone:06 12 34 56 78"]}, {"no_client_at_all": "1"}]
)
def test_what_is_ticked_is_kept_and_shown_to_the_desk(ticks: dict[str, object]) -> None:
    author = UserFactory()
    told = typed(intent="submit", language="fr", **ticks)
    page = signed_in(author).post(reverse("goodpractices:practice_create"), told)
    assert page.status_code == 302
    practice = GoodPractice.objects.get()
    assert practice.state == PracticeState.SUBMITTED
    kept = {(row.kind, row.text, row.user) for row in practice.cleared_marks.all()}
    assert kept == {("name", "Karim", author), ("phone", "06 12 34 56 78", author)}
    read = signed_in(person("helpdesk")).get(
        reverse("goodpractices:practice_detail", args=[practice.public_id])
    )
    assert "<mark>Karim</mark>" in read.text
    assert "The author says: not a client." in read.text
    assert "The author has not said anything" not in read.text


def test_one_tick_is_remembered_while_the_other_is_asked() -> None:
    client = signed_in(UserFactory())
    told = typed(intent="submit", language="fr", no_client=["name:Karim", "name:not there"])
    page = client.post(reverse("goodpractices:practice_create"), told)
    assert page.status_code == 422
    assert 'value="name:Karim" checked' in page.text
    assert "not there" not in page.text


def test_the_author_does_not_see_the_reading_of_the_desk() -> None:
    author = UserFactory()
    signed_in(author).post(
        reverse("goodpractices:practice_create"), typed(intent="submit", language="fr", no_client_at_all="1")
    )
    practice = GoodPractice.objects.get()
    page = signed_in(author).get(reverse("goodpractices:practice_detail", args=[practice.public_id]))
    assert "<mark>Karim</mark>" not in page.text


def test_no_other_door_leads_round_the_question() -> None:
    author = UserFactory()
    practice = create_practice(
        author=author, title="T", description=STORY, country="FR", sectors=["youth"], language="fr",
        anonymity_declared=True,
    )  # fmt: skip
    with pytest.raises(Blocked):
        submit_practice(practice=practice, actor=author)
    clear_marks(practice=practice, actor=author, marks=[(one.kind, one.text) for one in practice.passages()])
    practice = GoodPractice.objects.get()
    assert submit_practice(practice=practice, actor=author).state == PracticeState.SUBMITTED


def test_marked_words_are_escaped() -> None:
    client = signed_in(UserFactory())
    told = typed(intent="submit", description="Met Karim <script>alert(1)</script> there.")
    page = client.post(reverse("goodpractices:practice_create"), told)
    assert page.status_code == 422
    assert "<script>alert(1)" not in page.text
