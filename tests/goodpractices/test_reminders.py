"""Cards that wait: after two weeks whoever is waited for gets one letter, in her language."""

import datetime as dt
from typing import Any

import pytest

from ecett.core.clock import now
from ecett.core.models import Notification
from ecett.core.workflow import perform
from goodpractices.enums import READING_DAYS
from goodpractices.models import GoodPractice, GoodPracticeLog
from goodpractices.services.reminders import remind_readers
from tests.factories import authored_practice, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> GoodPractice:
    card = authored_practice(person("trainee"), title="A phone stays open", language="nl", state="draft")
    return perform(card, "submit", actor=card.authors.get().user)


def waits(practice: GoodPractice, days: int) -> None:
    last = practice.log.order_by("-pk").values("pk")[:1]
    GoodPracticeLog.objects.filter(pk__in=last).update(at=now() - dt.timedelta(days=days))


def letters() -> list[tuple[str, str]]:
    rows = Notification.objects.filter(kind="goodpractices.reading_late")
    return sorted(rows.values_list("email", "language"))


@pytest.fixture
def desk() -> Any:
    return person("helpdesk", language="nl")


def test_desk_of_the_language_hears_once_after_two_weeks(practice: GoodPractice, desk: Any) -> None:
    person("helpdesk", language="fr")
    waits(practice, READING_DAYS - 1)
    assert (remind_readers(), letters()) == (0, [])
    waits(practice, READING_DAYS + 1)
    assert remind_readers() == 1
    assert letters() == [(desk.email, desk.language)]
    letter = Notification.objects.get(kind="goodpractices.reading_late")
    assert practice.title in letter.subject_line
    assert f"/good-practices/{practice.public_id}/" in letter.text
    assert (remind_readers(), len(letters())) == (0, 1)


def test_experts_hear_in_their_stage_but_not_who_read_it_or_wrote_it(
    practice: GoodPractice, desk: Any
) -> None:
    expert, chair = person("juror"), person("chair")
    author = practice.authors.get().user
    waits(practice, READING_DAYS + 1)
    remind_readers()
    read = perform(practice, "pass_on", actor=desk)
    assert remind_readers() == 0, "the second stage has its own two weeks"
    waits(read, READING_DAYS + 1)
    Notification.objects.update(created_at=now() - dt.timedelta(days=READING_DAYS + 2))
    assert remind_readers() == 1
    told = {email for email, _language in letters()}
    assert told == {desk.email, expert.email, chair.email}
    assert author.email not in told


def test_without_a_desk_of_the_language_every_desk_hears_and_nobody_else_is_written_to(
    practice: GoodPractice,
) -> None:
    waits(practice, READING_DAYS + 1)
    assert (remind_readers(), letters()) == (0, [])
    other = person("helpdesk", language="el")
    assert remind_readers() == 1
    assert letters() == [(other.email, other.language)]
