"""Asking hosts, and what happens while they are silent."""

import datetime as dt

import pytest

from ecett.accounts.enums import Role
from ecett.core.clock import now
from ecett.core.models import Notification
from ecett.core.workflow import Blocked, Denied
from helpdesk import services
from helpdesk.enums import ProposalState, RequestState
from helpdesk.models import Proposal
from tests.factories import (
    AHEAD,
    HostFactory,
    ProposalFactory,
    RequestFactory,
    person,
)
from tests.helpdesk.conftest import ask, day, letters

pytestmark = pytest.mark.django_db


# ── Asking ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_one_by_one_asks_only_the_first(desk):
    request = RequestFactory()
    first, second = services.propose(request=request, hosts=[ask(), ask()], actor=desk, answer_days=7)
    assert (first.state, second.state) == (ProposalState.SENT, ProposalState.QUEUED)
    assert first.answer_by == day(7)
    assert letters("proposal_sent") == [first.contact_email]
    request.refresh_from_db()
    assert request.state == RequestState.PROPOSED
    first.host.refresh_from_db()
    # Nobody is silent before the date to answer by.
    assert first.host.asked_count == 0


def test_all_at_once_asks_everybody(desk):
    request = RequestFactory()
    rows = services.propose(request=request, hosts=[ask(), ask(), ask()], one_by_one=False, actor=desk)
    assert [row.state for row in rows] == ["sent"] * 3
    assert len(letters("proposal_sent")) == 3


def test_propose_twice_gives_the_same_proposals(desk):
    request, host = RequestFactory(), HostFactory()
    first = services.propose(request=request, hosts=[ask(host)], actor=desk)
    second = services.propose(request=request, hosts=[ask(host)], actor=desk)
    assert [row.pk for row in first] == [row.pk for row in second]
    assert len(letters("proposal_sent")) == 1


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"start": AHEAD, "days": 0}, "before the first day"),
        ({"start": -3, "days": 2}, "in the past"),
        ({"start": AHEAD, "days": 61}, "at most 60 days"),
        ({"host": {"spokesperson_email": ""}}, "e-mail address"),
        ({"host": {"status": "inactive"}}, "receives nobody"),
        ({"host": {"moderation": "draft"}}, "receives nobody"),
        ({"contact_email": "not an address"}, "e-mail address"),
    ],
)
def test_propose_refuses_what_cannot_be_asked(desk, entry, words):
    host = HostFactory(**entry.pop("host", {}))
    with pytest.raises(Blocked, match=words):
        services.propose(request=RequestFactory(), hosts=[ask(host, **entry)], actor=desk)
    assert not Proposal.objects.exists()


def test_propose_refuses_more_hosts_than_one_can_use(desk):
    with pytest.raises(Blocked, match="At most 5"):
        services.propose(request=RequestFactory(), hosts=[ask() for _n in range(6)], actor=desk)


def test_desk_of_another_language_may_not_propose():
    with pytest.raises(Denied):
        services.propose(request=RequestFactory(), hosts=[ask()], actor=person(Role.HELPDESK, language="fr"))


def test_answer_is_due_before_the_stay_would_begin(desk):
    (row,) = services.propose(request=RequestFactory(), hosts=[ask(start=4)], actor=desk)
    assert row.answer_by == day(3)


def test_contact_comes_from_the_card_unless_typed(desk):
    host = HostFactory(
        spokesperson_name="Maja", spokesperson_email="maja@example.org", spokesperson_language="sv"
    )
    (row,) = services.propose(
        request=RequestFactory(), hosts=[ask(host, contact_email="new@example.org")], actor=desk
    )
    assert (row.contact_name, row.contact_email, row.contact_language) == ("Maja", "new@example.org", "sv")


# ── Deadlines ───────────────────────────────────────────────────────────────────────────────────────────────
def test_expire_asks_the_next_and_leaves_those_in_time(desk):
    request = RequestFactory(state="proposed")
    late = ProposalFactory(request=request, answer_by=day(-1), position=1)
    following = ProposalFactory(request=request, state="queued", sent_at=None, position=2)
    in_time = ProposalFactory(answer_by=day(0))
    assert services.expire_due() == 1
    assert services.expire_due() == 0
    late.host.refresh_from_db()
    assert (late.host.asked_count, late.host.replied_count) == (1, 0)
    for row in (late, following, in_time):
        row.refresh_from_db()
    assert [row.state for row in (late, following, in_time)] == ["expired", "sent", "sent"]
    assert "has not answered" in Notification.objects.get(kind="helpdesk.proposal_over").subject_line


def test_remind_once_three_days_before_not_on_the_first_day():
    due = ProposalFactory(answer_by=day(3), sent_at=now() - dt.timedelta(days=5))
    ProposalFactory(answer_by=day(4), sent_at=now() - dt.timedelta(days=5))
    ProposalFactory(answer_by=day(2), sent_at=now())
    assert services.remind_due() == 1
    assert services.remind_due() == 0
    assert letters("proposal_reminder") == [due.contact_email]
