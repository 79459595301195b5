"""What trainees thought of a host: on its card from the third look back on, and never removed without a trace."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ecett.accounts.models import User
from ecett.core.clock import today
from ecett.core.components.formats import day
from ecett.core.models import Notification
from ecett.core.workflow import Blocked, Denied, StaleTransition
from hosts.models import Host
from tests.factories import HostFactory, InternshipFactory, OrganisationFactory, confirmed_internship, person
from trainees import services
from trainees.models import Evaluation
from trainees.selectors.opinions import SHOWN_FROM, opinions_of, past_stays

pytestmark = pytest.mark.django_db


def looked_back(host: Host, **fields: Any) -> Evaluation:
    """A trainee's look back at a stay that is over."""
    stay = confirmed_internship(host=host)
    values = {"usefulness": 5, "preparation": 3, "comment": "They answer the phone.", "party": "trainee"}
    return Evaluation.objects.create(
        internship=stay,
        author_name=str(stay.project.trainee),
        author_email=stay.project.trainee.email,
        **{**values, **fields},
    )


def page(client: Client, host: Host) -> str:
    response = client.get(reverse("hosts:host_detail", args=[host.public_id]))
    assert response.status_code == 200
    return response.content.decode()


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


# ── who sees what ───────────────────────────────────────────────────────────────────────────────────────────
def test_before_the_third_the_card_says_so_and_shows_none(client: Client) -> None:
    host = HostFactory()
    for _at in range(SHOWN_FROM - 1):
        looked_back(host)
    text = page(client, host)
    assert "so far 2 of 3" in text
    assert "They answer the phone." not in text
    assert "on average" not in text
    assert "They answer the phone." in page(signed_in(person("helpdesk")), host)


def test_from_the_third_on_averages_come_with_their_base_and_without_names(client: Client) -> None:
    host = HostFactory()
    given = [looked_back(host, usefulness=mark, again=mark > 1) for mark in (1, 5, 5)]
    looked_back(HostFactory(), usefulness=1)
    looked_back(host, party="host", usefulness=1, comment="The host's own words")
    text = page(client, host)
    assert "3.7 of 5 on average, from 3 evaluations" in text
    assert "yes: 2 of 3" in text
    assert text.count("They answer the phone.") == 3
    assert "The host&#x27;s own words" not in text
    for evaluation in given:
        assert evaluation.author_name not in text


def test_stays_are_counted_and_dated(client: Client) -> None:
    host = HostFactory()
    assert past_stays(host).total == 0
    assert "No stay has come to its end here yet." in page(client, host)
    confirmed_internship(host=host, ended_days_ago=20)
    confirmed_internship(host=host, ended_days_ago=800)
    past = past_stays(host)
    assert (past.total, len(past.years)) == (2, 2)
    assert (today() - past.last).days == 20 if past.last else False
    assert "2 stays, the last one in" in page(client, host)


def test_no_section_on_a_card_that_is_not_public() -> None:
    author = person("trainee")
    draft = HostFactory(moderation="draft", created_by=author)
    assert 'id="stays"' not in page(signed_in(author), draft)


# ── hiding ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_hidden_words_leave_a_trace_and_their_marks(client: Client) -> None:
    host, desk = HostFactory(), person("helpdesk")
    worst, *_others = [looked_back(host, usefulness=mark, comment=f"Mark {mark}") for mark in (1, 4, 4)]
    before = opinions_of(host)
    services.hide_evaluation(evaluation=worst, reason="names a person", actor=desk)
    text = page(client, host)
    assert f"hidden these words since {day(today())}: names a person" in text
    assert "Mark 1" not in text
    after = opinions_of(host)
    assert (after.usefulness, after.given, after.again) == (before.usefulness, before.given, before.again)
    assert "Mark 1" in page(signed_in(desk), host)


@pytest.mark.parametrize("language", ["en", "fr", "nl", "es", "it"])
def test_author_reads_why_and_the_log_keeps_it(language: str) -> None:
    desk = person("helpdesk")
    evaluation = looked_back(HostFactory(), comment="Ann was rude.")
    User.objects.filter(pk=evaluation.internship.project.trainee_id).update(language=language)
    evaluation = Evaluation.objects.get()
    services.hide_evaluation(evaluation=evaluation, reason="names a person", actor=desk)
    letter = Notification.objects.get(kind="trainees.evaluation_hidden")
    assert letter.email == evaluation.internship.project.trainee.email
    assert "names a person" in letter.text
    assert "Ann was rude." in letter.text
    assert letter.language == language
    assert "{{" not in letter.text + letter.subject_line
    services.show_evaluation(evaluation=Evaluation.objects.get(), actor=desk)
    assert list(evaluation.log.values_list("step", "comment")) == [("hide", "names a person"), ("show", "")]


def test_hidden_twice_shows_the_last_reason(client: Client) -> None:
    host, desk = HostFactory(), person("helpdesk")
    evaluation, *_others = [looked_back(host) for _at in range(3)]
    for reason in ("a mistake", "names a person"):
        services.hide_evaluation(
            evaluation=Evaluation.objects.get(pk=evaluation.pk), reason=reason, actor=desk
        )
        if reason == "a mistake":
            services.show_evaluation(evaluation=Evaluation.objects.get(pk=evaluation.pk), actor=desk)
    text = page(client, host)
    assert "names a person" in text
    assert "a mistake" not in text


def test_only_the_desk_hides_only_with_a_reason_and_only_what_stands_there() -> None:
    desk = person("helpdesk")
    evaluation = looked_back(HostFactory())
    for user in (person("host"), person("trainee"), evaluation.internship.project.trainee):
        with pytest.raises(Denied):
            services.hide_evaluation(evaluation=evaluation, reason="I do not like it", actor=user)
    with pytest.raises(Blocked):
        services.hide_evaluation(evaluation=evaluation, reason="  ", actor=desk)
    employer = looked_back(HostFactory(), party="employer")
    with pytest.raises(Blocked):
        services.hide_evaluation(evaluation=employer, reason="names a person", actor=desk)
    services.hide_evaluation(evaluation=evaluation, reason="names a person", actor=desk)
    with pytest.raises(StaleTransition):
        services.hide_evaluation(evaluation=evaluation, reason="names a person", actor=desk)
    assert Notification.objects.filter(kind="trainees.evaluation_hidden").count() == 1


def test_desk_hides_and_shows_from_the_page() -> None:
    host, desk = HostFactory(), signed_in(person("helpdesk"))
    evaluation, *_others = [looked_back(host) for _at in range(3)]
    card = reverse("hosts:host_detail", args=[host.public_id])
    hide = reverse("trainees:evaluation_hide", args=[evaluation.public_id])
    show = reverse("trainees:evaluation_show", args=[evaluation.public_id])
    assert desk.post(hide, {"comment": "names a person"}).headers["Location"] == f"{card}#stays"
    assert show in page(desk, host)
    assert desk.post(hide, {"comment": "again"}).status_code == 302
    assert evaluation.log.count() == 1
    desk.post(show)
    assert hide in page(desk, host)
    assert desk.post(hide, {"comment": "x" * 201}).status_code == 422


def test_author_reads_before_that_her_words_will_be_public() -> None:
    stay = confirmed_internship()
    text = (
        signed_in(stay.project.trainee)
        .get(reverse("trainees:look_back", args=[stay.public_id]))
        .content.decode()
    )
    assert "s card, without your name" in text


def test_a_card_with_many_looks_back_asks_as_much_as_one_with_few(client: Client) -> None:
    few, many = HostFactory(country="SE"), HostFactory(country="SE")
    for host, count in ((few, 3), (many, 30)):
        for _at in range(count):
            looked_back(host)
    asked = []
    for host in (few, many):
        page(client, host)
        with CaptureQueriesContext(connection) as queries:
            page(client, host)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_reasons_of_cancelled_stays_are_for_those_whom_they_concern() -> None:
    home = OrganisationFactory(kind="hosting")
    host = HostFactory(organisation=home)
    stay = InternshipFactory(host=host)
    services.cancel_internship(internship=stay, actor=stay.project.trainee, comment="My mother is ill.")
    assert "My mother is ill." in page(signed_in(person("host", organisation=home)), host)
    assert "My mother is ill." in page(signed_in(person("helpdesk")), host)
    for reader in (Client(), signed_in(person("trainee")), signed_in(person("host"))):
        text = page(reader, host)
        assert "My mother is ill." not in text
        assert "1 stay agreed, 1 called off by the trainee" in text
