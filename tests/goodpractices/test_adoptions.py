"""What became of a practice elsewhere: reported by those who tried, shown with its failures, counted."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ecett.accounts.models import User
from ecett.core.workflow import Blocked
from goodpractices.evidence import KEPT, MEASURED, SEEN, TRIED
from goodpractices.models import Adoption, GoodPractice, Innovation
from goodpractices.selectors.adoptions import innovations_of
from goodpractices.services import (
    hide_adoption,
    report_adoption,
    show_adoption,
    tell_innovation,
    update_adoption,
)
from goodpractices.wording import QUESTIONS
from tests.factories import OrganisationFactory, PracticeFactory, authored_practice, person

pytestmark = pytest.mark.django_db
TRIED_IT = {
    "organisation": "De Oever",
    "country": "BE",
    "since": dt.date(2026, 1, 5),
    "outcome": "kept",
    "why": "Residents ring.",
}
STORY = dict.fromkeys(QUESTIONS, "We began with one phone.")


@pytest.fixture
def practice() -> GoodPractice:
    return authored_practice(
        person("trainee"), title="A phone stays open", country="SE", host_name="Vågbrytaren"
    )


def level(practice: GoodPractice) -> int:
    return GoodPractice.objects.get(pk=practice.pk).evidence_level


def tried(practice: GoodPractice, organisation: str = "De Oever", **fields: Any) -> Adoption:
    values = {**TRIED_IT, "organisation": organisation, **fields}
    return report_adoption(practice=practice, actor=person("trainee"), **values)


def shown(client: Client, practice: GoodPractice) -> str:
    return client.get(reverse("goodpractices:practice_detail", args=[practice.public_id])).text


# ── level ──
def test_level_rises_with_reports_and_falls_when_one_is_hidden(practice: GoodPractice) -> None:
    first = tried(practice)
    assert level(practice) == TRIED
    tried(practice, "DE OEVER ")
    assert level(practice) == TRIED, "the same house in other letters"
    second = tried(practice, "Kotisatama", country="FI", outcome="adapted")
    assert level(practice) == KEPT
    tell_innovation(adoption=second, title="One number", answers=STORY)
    assert level(practice) == MEASURED
    hide_adoption(adoption=second, reason="Somebody can be recognised.")
    assert level(practice) == TRIED
    show_adoption(adoption=second)
    assert level(practice) == MEASURED
    update_adoption(adoption=first, outcome="dropped")
    assert Adoption.objects.get(pk=first.pk).outcome == "dropped"


def test_reports_of_the_authors_house_and_of_the_host_do_not_count() -> None:
    author = person("trainee", organisation=OrganisationFactory(name="De Oever", country="BE"))
    practice = authored_practice(author, country="SE", host_name="Vågbrytaren")
    tried(practice, "de oever")
    tried(practice, "Vagbrytaren", country="SE")
    assert level(practice) < TRIED


def test_new_practice_of_a_visitor_was_seen() -> None:
    from goodpractices.services import create_practice

    practice = create_practice(author=person("trainee"), title="T", kind="trainee")
    assert level(practice) == SEEN


def test_only_published_cards_take_reports() -> None:
    with pytest.raises(Blocked):
        tried(PracticeFactory(state="draft"))


def test_what_was_dropped_is_no_innovation(practice: GoodPractice) -> None:
    with pytest.raises(Blocked):
        tell_innovation(adoption=tried(practice, outcome="dropped"), title="T", answers=STORY)
    assert not Innovation.objects.exists()


def test_history_of_a_report_is_kept(practice: GoodPractice) -> None:
    adoption = tried(practice)
    update_adoption(adoption=adoption, outcome="dropped")
    events = adoption.events.order_by("pgh_id")  # type: ignore[attr-defined]
    assert [event.outcome for event in events][-2:] == ["kept", "dropped"]


# ── pages ──
def test_failures_are_shown_like_successes(client: Client, practice: GoodPractice) -> None:
    tried(practice, "Kotisatama", country="FI", outcome="dropped", why="Nobody had <time>.")
    tried(practice, indicator="Calls a week", before="2", after="11.50", people=40)
    text = shown(client, practice)
    assert "Nobody had &lt;time&gt;." in text
    assert "Dropped" in text
    assert "2 other organisations tried it." in text
    assert "2 before, 11.50 after" in text


def test_a_hidden_report_leaves_its_trace(client: Client, practice: GoodPractice) -> None:
    adoption = tried(practice, why="Karim rang.")
    client.force_login(person("helpdesk"))
    hide = reverse("goodpractices:adoption_hide", args=[adoption.public_id])
    client.post(hide, {"comment": ""})
    assert Adoption.objects.get().hidden_at is None
    client.post(hide, {"comment": "A client can be recognised."})
    client.logout()
    text = shown(client, practice)
    assert "Karim" not in text
    assert "A client can be recognised." in text


def test_page_asks_as_many_questions_for_12_reports_as_for_1(client: Client, practice: GoodPractice) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as context:
            shown(client, practice)
        return len(context)

    tell_innovation(adoption=tried(practice), title="T", answers=STORY)
    shown(client, practice)
    one = questions()
    for number in range(11):
        tell_innovation(adoption=tried(practice, f"House {number}"), title="T", answers=STORY)
    assert questions() == one


def typed(**changes: Any) -> dict[str, Any]:
    return {**TRIED_IT, "since": "2026-01-05", **changes}


def test_form_keeps_a_report(client: Client, practice: GoodPractice) -> None:
    user: User = person("trainee")
    client.force_login(user)
    address = reverse("goodpractices:adoption_report", args=[practice.public_id])
    assert client.get(address).status_code == 200
    answer = client.post(address, typed(indicator="Calls a week", before="2", after="11"))
    assert answer.status_code == 302
    adoption = Adoption.objects.get()
    assert (adoption.reported_by, adoption.organisation, str(adoption.after)) == (user, "De Oever", "11.00")
    edit = reverse("goodpractices:adoption_edit", args=[adoption.public_id])
    assert 'value="De Oever"' in client.get(edit).text
    client.post(edit, typed(outcome="dropped", why="Too few nights."))
    assert Adoption.objects.get().outcome == "dropped"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"since": "2999-01-01"}, "since"),
        ({"outcome": "dropped", "why": ""}, "why"),
        ({"before": "2"}, "after"),
        ({"before": "2", "after": "3"}, "indicator"),
        ({"people": "0"}, "people"),
        ({"outcome": "made up"}, "outcome"),
        ({"organisation": ""}, "organisation"),
    ],
)
def test_what_cannot_be_is_asked_again_and_nothing_is_lost(
    client: Client, practice: GoodPractice, changes: dict[str, str], field: str
) -> None:
    client.force_login(person("trainee"))
    address = reverse("goodpractices:adoption_report", args=[practice.public_id])
    answer = client.post(address, typed(changed="We use two phones.", **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "We use two phones." in answer.text
    assert not Adoption.objects.exists()


def test_names_are_asked_about_once(client: Client, practice: GoodPractice) -> None:
    client.force_login(person("trainee"))
    address = reverse("goodpractices:adoption_report", args=[practice.public_id])
    told = typed(why="A resident called Karim (16) rang each Sunday.")
    answer = client.post(address, told)
    assert answer.status_code == 422
    assert "“Karim”" in answer.text
    assert client.post(address, {**told, "no_client": "on"}).status_code == 302
    adoption = Adoption.objects.get()
    assert adoption.cleared == ["name:Karim"]
    edit = reverse("goodpractices:adoption_edit", args=[adoption.public_id])
    assert client.post(edit, told).status_code == 302


def test_an_innovation_is_told_in_answers(client: Client, practice: GoodPractice) -> None:
    user = person("trainee")
    adoption = report_adoption(practice=practice, actor=user, **TRIED_IT)
    client.force_login(user)
    address = reverse("goodpractices:innovation_edit", args=[adoption.public_id])
    answer = client.post(address, {"title": "One number", **STORY, "hard": ""})
    assert answer.status_code == 422
    assert client.post(address, {"title": "One number", **STORY}).status_code == 302
    assert list(innovations_of(user)) == [Innovation.objects.get()]
    assert "Innovation: One number" in shown(client, practice)
    assert "We began with one phone." in client.get(address).text


def test_a_report_is_changed_by_those_who_made_it_only(client: Client, practice: GoodPractice) -> None:
    adoption = tried(practice)
    for user in (person("trainee"), person("helpdesk")):
        client.force_login(user)
        for name in ("adoption_edit", "innovation_edit"):
            page = reverse(f"goodpractices:{name}", args=[adoption.public_id])
            assert client.get(page).status_code == 403
    client.force_login(person("trainee"))
    hide = reverse("goodpractices:adoption_hide", args=[adoption.public_id])
    assert client.post(hide, {"comment": "No"}).status_code == 403
