"""One door for every change of state."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from ecett.accounts.enums import Role
from ecett.core import workflow
from ecett.core.actors import Actor
from ecett.core.clock import now
from ecett.core.workflow import Blocked, Denied, StaleTransition, available, perform
from goodpractices.models import GoodPractice, PracticeAuthor
from tests.factories import PracticeFactory, ProposalFactory, person

pytestmark = pytest.mark.django_db


def draft(author, **fields):
    practice = PracticeFactory(kind="trainee", state="draft", **fields)
    PracticeAuthor.objects.create(practice=practice, user=author)
    return practice


def test_perform_changes_state_and_writes_log():
    author = person(Role.TRAINEE, first_name="Ioanna", last_name="Makri")
    practice = perform(draft(author), "submit", actor=author, comment="  ready ")
    row = practice.log.get()
    assert practice.state == "submitted"
    assert (row.step, row.from_state, row.to_state, row.comment) == ("submit", "draft", "submitted", "ready")
    assert (row.actor, row.actor_name, row.actor_role) == (author, "Ioanna Makri", "trainee")


def test_state_cannot_be_assigned_past_the_door():
    practice = draft(person(Role.TRAINEE))
    with pytest.raises(AttributeError):
        practice.state = "published"


def test_perform_denied_for_stranger_changes_nothing():
    practice = draft(person(Role.TRAINEE))
    with pytest.raises(Denied):
        perform(practice, "submit", actor=person(Role.TRAINEE))
    practice = GoodPractice.objects.get(pk=practice.pk)
    assert practice.state == "draft"
    assert practice.log.count() == 0


def test_perform_blocked_says_every_reason():
    author = person(Role.TRAINEE)
    practice = draft(author, description="", anonymity_declared=False)
    with pytest.raises(Blocked) as caught:
        perform(practice, "submit", actor=author)
    assert len(caught.value.reasons) == 2
    assert "client" in caught.value.reasons[1]


def test_perform_stale_when_somebody_was_faster():
    author = person(Role.TRAINEE)
    seen_by_first, desk = draft(author), person(Role.HELPDESK)
    perform(seen_by_first, "submit", actor=author)
    with pytest.raises(StaleTransition):
        perform(seen_by_first, "submit", actor=author)
    fresh = GoodPractice.objects.get(pk=seen_by_first.pk)
    perform(fresh, "ask_changes", actor=desk, comment="Please name the town.")
    with pytest.raises(StaleTransition):
        perform(fresh, "reject", actor=desk, comment="no")


def test_required_comment_is_asked_for():
    author = person(Role.TRAINEE)
    practice = perform(draft(author), "submit", actor=author)
    with pytest.raises(Blocked, match="say why"):
        perform(practice, "ask_changes", actor=person(Role.HELPDESK), comment="  ")


def test_available_gives_buttons_with_reasons():
    author, desk = person(Role.TRAINEE), person(Role.HELPDESK)
    practice = draft(author, anonymity_declared=False)
    submit = {action.name: action for action in available(practice, author)}["submit"]
    assert not submit.enabled
    assert len(submit.reasons) == 1
    assert [action.name for action in available(practice, person(Role.JUROR))] == []
    assert "submit" in [action.name for action in available(practice, desk)]


def test_link_opens_only_the_object_it_was_made_for():
    mine, other = ProposalFactory(), ProposalFactory()
    actor = Actor.link(purpose="proposal", subject=mine.pk, name="Maja", role="host", email="m@example.org")
    assert perform(mine, "accept", actor=actor, at=now()).state == "accepted"
    with pytest.raises(Denied):
        perform(other, "accept", actor=actor, at=now())


@pytest.mark.django_db(transaction=True)
def test_two_at_once_only_one_wins():
    author, desk = person(Role.TRAINEE), person(Role.HELPDESK)
    practice = perform(draft(author), "submit", actor=author)
    results: list[str] = []
    barrier = threading.Barrier(2)

    def race(step: str) -> None:
        try:
            mine = GoodPractice.objects.get(pk=practice.pk)
            barrier.wait()
            perform(mine, step, actor=desk, comment="why")
            results.append("done")
        except StaleTransition:
            results.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=race, args=(step,)) for step in ("ask_changes", "reject")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["done", "stale"]
    assert practice.log.count() == 2


def test_steps_lists_each_transition_once():
    found = [(name, step.source) for _field, name, step in workflow.steps(GoodPractice)]
    assert list(dict.fromkeys(name for name, _source in found)) == [
        "submit",
        "pass_on",
        "publish",
        "ask_changes",
        "reject",
        "take_back",
        "withdraw",
        "reopen",
    ]
    # A step from several states is several transitions.
    assert [source for name, source in found if name == "take_back"] == ["submitted", "with_expert"]
    assert len(set(found)) == len(found)
