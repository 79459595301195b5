"""Changes of a card by others: kept as before and after, taken over whole or in part, or declined with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.core.models import Notification
from ecett.core.todo import todos
from ecett.core.versions import version
from ecett.core.workflow import Blocked, Denied, StaleTransition, perform
from hosts.models import Host, HostLanguage, HostSuggestion
from hosts.services import accept_suggestion, merge_hosts, suggest_changes, undo_merge, update_host
from hosts.services.suggestions import MOST_WAITING
from tests.bad_input.crawl import Form
from tests.factories import HostFactory, OrganisationFactory, person, suggestion
from tests.hosts.conftest import form_in, found

pytestmark = pytest.mark.django_db


def opened(client: Client, address: str) -> Form:
    """The form of a page, as it stands in the browser."""
    return form_in(client.get(address).content.decode(), address)


def suggest_page(host: Host) -> str:
    return reverse("hosts:host_suggest", args=[host.public_id])


def page_of(made: HostSuggestion) -> str:
    return reverse("hosts:suggestion_detail", args=[made.public_id])


@pytest.fixture
def host() -> Host:
    return HostFactory(summary="Two flats in Malmö.", city="Malmö", capacity=2, expertise="Aftercare")


def test_only_what_is_different_is_kept_before_and_after(client: Client, author: Any, host: Host) -> None:
    client.force_login(author)
    form = opened(client, suggest_page(host))
    sent = form.data(city="Lund", note="I was there", **{"lang1-language": "sv", "lang1-level": "C2"})
    response = client.post(form.action, sent)
    made = HostSuggestion.objects.get()
    assert response.headers["Location"] == page_of(made)
    assert (made.author, made.note, made.state) == (author, "I was there", "waiting")
    assert set(made.changes) == {"place", "lang"}
    assert made.changes["place"]["before"] == {"country": ["SE"], "city": ["Malmö"]}
    assert made.changes["place"]["after"] == {"country": ["SE"], "city": ["Lund"]}
    host.refresh_from_db()
    assert host.city == "Malmö"
    client.post(form.action, sent)
    assert HostSuggestion.objects.count() == 1


def test_what_is_not_the_suggesters_business_is_not_in_her_form(
    client: Client, author: Any, host: Host
) -> None:
    client.force_login(author)
    text = client.get(suggest_page(host)).content.decode()
    assert host.spokesperson_email not in text
    assert "spokesperson" not in text
    form = opened(client, suggest_page(host))
    client.post(form.action, form.data(city="Lund", spokesperson_email="evil@example.org", status="inactive"))
    assert set(HostSuggestion.objects.get().changes) == {"place"}


def test_nothing_changed_or_something_emptied_is_refused_and_kept(
    client: Client, author: Any, host: Host
) -> None:
    client.force_login(author)
    form = opened(client, suggest_page(host))
    same = client.post(form.action, form.data(note="Typed with care"))
    assert (same.status_code, "Typed with care" in same.content.decode()) == (422, True)
    emptied = client.post(form.action, form.data(summary="", website="https://a.eu"))
    assert (emptied.status_code, "https://a.eu" in emptied.content.decode()) == (422, True)
    assert not HostSuggestion.objects.exists()


def test_a_card_that_lacks_much_can_be_suggested_to(client: Client, author: Any) -> None:
    """A row of a sheet: name, town and country. Nobody is asked to fill in the rest."""
    bare = HostFactory(sectors=[], summary="", expertise="")
    HostLanguage.objects.filter(host=bare).delete()
    client.force_login(author)
    form = opened(client, suggest_page(bare))
    client.post(form.action, form.data(website="https://a.eu"))
    made = HostSuggestion.objects.get()
    desk = person("helpdesk")
    client.force_login(desk)
    answer = opened(client, page_of(made))
    assert client.post(answer.action, answer.data()).status_code == 302
    bare.refresh_from_db()
    assert bare.website == "https://a.eu"


def test_a_part_is_taken_over_and_the_author_is_told(
    client: Client, author: Any, desk: Any, host: Host
) -> None:
    made = suggestion(host, author, summary="Two flats in Lund.", expertise="Wrong")
    client.force_login(desk)
    answer = opened(client, page_of(made))
    sent = answer.data(comment="The rest is as it was")
    sent["take"] = ["summary"]
    assert client.post(answer.action, sent).status_code == 302
    host.refresh_from_db()
    made.refresh_from_db()
    assert (host.summary, host.expertise, host.spokesperson_name) == (
        "Two flats in Lund.",
        "Aftercare",
        "Maja Lind",
    )
    assert (made.state, made.taken) == ("partly", ["summary"])
    assert found(q=["Lund"]) == [host.name]
    letter = Notification.objects.get(email=author.email)
    assert "The rest is as it was" in letter.text
    assert page_of(made) in letter.text
    row = made.log.get()
    assert (row.step, row.actor) == ("accept", desk)
    again = client.post(answer.action, sent)
    assert (again.status_code, Notification.objects.filter(email=author.email).count()) == (409, 1)


def test_everything_is_taken_over_at_once(client: Client, author: Any, desk: Any, host: Host) -> None:
    made = suggestion(host, author, summary="New", expertise="New too")
    client.force_login(desk)
    answer = opened(client, page_of(made))
    sent = {**answer.data(), "take": ["summary", "expertise"]}
    client.post(answer.action, sent)
    made.refresh_from_db()
    host.refresh_from_db()
    assert (made.state, host.summary, host.expertise) == ("accepted", "New", "New too")


def test_nothing_ticked_changes_nothing(client: Client, author: Any, desk: Any, host: Host) -> None:
    made = suggestion(host, author)
    client.force_login(desk)
    response = client.post(page_of(made), {"intent": "accept", "comment": "Typed"})
    assert (response.status_code, "Typed" in response.content.decode()) == (422, True)
    made.refresh_from_db()
    assert made.state == "waiting"


def test_declined_with_a_reason_that_the_author_reads(
    client: Client, author: Any, desk: Any, host: Host
) -> None:
    made = suggestion(host, author)
    client.force_login(desk)
    client.post(page_of(made), {"intent": "decline", "comment": " "})
    made.refresh_from_db()
    assert made.state == "waiting"
    client.post(page_of(made), {"intent": "decline", "comment": "It was so in 2019"})
    made.refresh_from_db()
    assert made.state == "declined"
    assert "It was so in 2019" in Notification.objects.get(email=author.email).text
    client.force_login(author)
    assert "It was so in 2019" in client.get(page_of(made)).content.decode()


def test_withdrawn_by_its_author_and_by_nobody_else(
    client: Client, author: Any, desk: Any, host: Host
) -> None:
    made = suggestion(host, author)
    with pytest.raises(Denied):
        perform(made, "withdraw", actor=desk)
    with pytest.raises(Denied):
        perform(made, "decline", actor=author, comment="I decline myself")
    client.force_login(author)
    client.post(page_of(made), {"intent": "withdraw"})
    made.refresh_from_db()
    assert made.state == "withdrawn"


def test_who_sees_and_answers_it(client: Client, author: Any, desk: Any) -> None:
    team = OrganisationFactory(kind="hosting")
    host = HostFactory(organisation=team)
    made = suggestion(host, author)
    own, other = person(Role.HOST, organisation=team), person(Role.HOST, organisation=OrganisationFactory())
    sees = {
        user: HostSuggestion.objects.visible_to(user).exists()
        for user in (author, desk, own, other, person(Role.TRAINEE), AnonymousUser())
    }
    assert list(sees.values()) == [True, True, True, False, False, False]
    assert [todo.url for todo in todos(own) if "suggested" in str(todo.title)] == [page_of(made)]
    assert page_of(made) in [todo.url for todo in todos(desk)]
    assert page_of(made) not in [todo.url for todo in todos(author)]
    card = reverse("hosts:host_detail", args=[host.public_id])
    client.force_login(other)
    assert page_of(made) not in client.get(card).content.decode()
    client.force_login(own)
    assert page_of(made) in client.get(card).content.decode()
    assert client.get(suggest_page(host)).status_code == 403


def test_what_the_card_says_by_now_is_shown_beside(
    client: Client, author: Any, desk: Any, host: Host
) -> None:
    made = suggestion(host, author, summary="Suggested")
    client.force_login(desk)
    old = opened(client, page_of(made))
    update_host(host=host, actor=desk, summary="Changed since")
    text = client.get(page_of(made)).content.decode()
    for words in ("Suggested", "Changed since", "Two flats in Malmö."):
        assert words in text
    response = client.post(old.action, {**old.data(), "take": ["summary"]})
    assert response.status_code == 409
    host.refresh_from_db()
    assert host.summary == "Changed since"


def test_a_card_that_changed_while_she_wrote_is_met_by_the_suggester_too(
    client: Client, author: Any, desk: Any, host: Host
) -> None:
    client.force_login(author)
    form = opened(client, suggest_page(host))
    update_host(host=host, actor=desk, summary="By the desk", capacity=4)
    response = client.post(form.action, form.data(summary="By the trainee"))
    assert (response.status_code, HostSuggestion.objects.count()) == (409, 0)
    again = form_in(response.content.decode(), form.action)
    client.post(form.action, again.data(**{"take-summary": "mine"}))
    assert set(HostSuggestion.objects.get().changes) == {"summary"}


def test_a_suggestion_moves_with_a_merge_and_back(author: Any, desk: Any, host: Host) -> None:
    stays = HostFactory(summary="The one that stays")
    made = suggestion(host, author)
    merge = merge_hosts(host=host, into=stays, actor=desk)
    made.refresh_from_db()
    assert made.host == stays
    undo_merge(merge=merge, actor=desk)
    made.refresh_from_db()
    assert made.host == host


def test_a_value_that_is_refused_today_changes_nothing(
    client: Client, author: Any, desk: Any, host: Host
) -> None:
    made = suggestion(host, author)
    made.changes["website"] = {"before": {"website": [""]}, "after": {"website": ["no address"]}}
    made.save()
    client.force_login(desk)
    response = client.post(page_of(made), {"intent": "accept", "take": ["website", "summary"]})
    made.refresh_from_db()
    assert (response.status_code, made.state) == (422, "waiting")
    assert "Website: " in response.content.decode()


def test_services_refuse_none_and_too_many(author: Any, desk: Any, host: Host) -> None:
    with pytest.raises(Blocked):
        suggest_changes(host=host, author=author, changes={})
    for at in range(MOST_WAITING):
        made = suggestion(host, author, summary=f"Version {at}")
    with pytest.raises(Blocked, match=str(MOST_WAITING)):
        suggestion(host, author, summary="One more")
    seen = version(host)
    update_host(host=host, actor=desk, city="Lund")
    with pytest.raises(StaleTransition):
        accept_suggestion(
            suggestion=made, actor=desk, taken=["summary"], fields={"summary": "New"}, seen=seen
        )
