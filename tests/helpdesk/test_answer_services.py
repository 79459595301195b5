"""Answers of hosts: yes, no, other days; also two at the same moment."""

import datetime as dt
import threading

import pytest
from django.db import connection

from ecett.accounts.enums import Role
from ecett.core.clock import now
from ecett.core.models import Notification
from ecett.core.workflow import Blocked, Denied, StaleTransition
from helpdesk import services
from helpdesk.enums import ProposalState, RequestState
from helpdesk.models import HelpRequest, Proposal
from helpdesk.tasks import expire_proposals
from tests.factories import (
    AHEAD,
    HostFactory,
    ProposalFactory,
    RequestFactory,
    person,
)
from tests.helpdesk.conftest import ask, by_link, day, letters
from tests.patience import PATIENCE
from trainees.models import Internship

pytestmark = pytest.mark.django_db


# ── Answers ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_accept_makes_the_internship_and_tells_everybody(desk):
    request = RequestFactory(people=2, companions="Ann Boss, ann@example.org")
    first, second = services.propose(request=request, hosts=[ask(), ask()], one_by_one=False, actor=desk)
    services.accept_proposal(proposal=first, actor=by_link(first), answer="Welcome!")
    stay = Internship.objects.get()
    assert (stay.host, stay.start, stay.end) == (first.host, day(AHEAD), day(AHEAD + 4))
    assert [(row.name, row.email) for row in stay.companions.all()] == [("Ann Boss", "ann@example.org")]
    request.refresh_from_db()
    second.refresh_from_db()
    assert (request.state, second.state) == (RequestState.MATCHED, ProposalState.WITHDRAWN)
    assert letters("host_found") == [request.project.trainee.email]
    assert letters("host_found_desk") == [desk.email]
    assert letters("host_thanked") == [first.contact_email]
    assert letters("proposal_withdrawn") == [second.contact_email]


def test_accept_twice_makes_one_internship(desk):
    proposal = ProposalFactory()
    services.accept_proposal(proposal=proposal, actor=by_link(proposal))
    services.accept_proposal(proposal=proposal, actor=by_link(proposal))
    assert Internship.objects.count() == 1
    proposal.host.refresh_from_db()
    assert proposal.host.replied_count == 1


def test_accept_on_the_first_day_itself_is_too_late():
    proposal = ProposalFactory(start=day(0), end=day(3))
    with pytest.raises(Blocked, match="too near"):
        services.accept_proposal(proposal=proposal, actor=by_link(proposal))
    assert not Internship.objects.exists()


def test_accept_after_somebody_else_is_stale(desk):
    first = ProposalFactory()
    second = ProposalFactory(request=first.request)
    services.accept_proposal(proposal=first, actor=by_link(first))
    with pytest.raises(StaleTransition):
        services.accept_proposal(proposal=second, actor=by_link(second))
    assert Internship.objects.count() == 1


def test_link_of_one_proposal_does_not_accept_another():
    first, second = ProposalFactory(), ProposalFactory()
    with pytest.raises(Denied):
        services.accept_proposal(proposal=first, actor=by_link(second))


def test_decline_asks_the_next_in_line(desk):
    request = RequestFactory()
    first, second = services.propose(request=request, hosts=[ask(), ask()], actor=desk)
    services.decline_proposal(proposal=first, actor=by_link(first), reason="Building work")
    second.refresh_from_db()
    request.refresh_from_db()
    assert (second.state, request.state) == (ProposalState.SENT, RequestState.PROPOSED)
    letter = Notification.objects.get(kind="helpdesk.proposal_over")
    assert "Building work" in letter.text
    assert second.host.name in letter.text


def test_decline_of_the_last_gives_the_request_back_to_the_desk(desk):
    request = RequestFactory()
    (only,) = services.propose(request=request, hosts=[ask()], actor=desk)
    services.decline_proposal(proposal=only, actor=by_link(only), reason="No room")
    services.decline_proposal(proposal=only, actor=by_link(only), reason="No room")
    request.refresh_from_db()
    assert request.state == RequestState.FILED
    assert len(letters("proposal_over")) == 1
    only.host.refresh_from_db()
    assert (only.host.asked_count, only.host.replied_count) == (1, 1)


def test_decline_needs_a_reason(desk):
    proposal = ProposalFactory()
    with pytest.raises(Blocked):
        services.decline_proposal(proposal=proposal, actor=by_link(proposal), reason=" ")


def test_next_in_line_is_passed_over_when_its_days_are_too_near(desk):
    request = RequestFactory()
    first = ProposalFactory(request=request, position=1)
    late = ProposalFactory(
        request=request, state="queued", sent_at=None, start=day(0), end=day(3), position=2
    )
    good = ProposalFactory(request=request, state="queued", sent_at=None, position=3)
    HelpRequest.objects.filter(pk=request.pk).update(state="proposed")
    services.decline_proposal(proposal=first, actor=by_link(first), reason="No")
    late.refresh_from_db()
    good.refresh_from_db()
    assert (late.state, good.state) == (ProposalState.WITHDRAWN, ProposalState.SENT)


def test_counter_then_agree_makes_the_stay_on_the_hosts_days(desk):
    proposal = ProposalFactory()
    countered = services.counter_proposal(
        proposal=proposal, actor=by_link(proposal), start=day(90), end=day(93), answer="Better in spring"
    )
    assert letters("dates_proposed") == [proposal.request.project.trainee.email]
    assert letters("dates_proposed_desk") == [desk.email]
    services.agree_dates(proposal=countered, actor=proposal.request.project.trainee)
    stay = Internship.objects.get()
    assert (stay.start, stay.end) == (day(90), day(93))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(9, 8, "before"), (0, 3, "after today"), (90, 150, "60 days"), (AHEAD, AHEAD + 4, "simply accept")],
)
def test_counter_refuses_impossible_days(start, end, words):
    proposal = ProposalFactory()
    with pytest.raises(Blocked, match=words):
        services.counter_proposal(proposal=proposal, actor=by_link(proposal), start=day(start), end=day(end))


def test_refused_dates_tell_the_host_and_give_back_to_the_desk(desk):
    proposal = ProposalFactory()
    row = services.counter_proposal(proposal=proposal, actor=by_link(proposal), start=day(90), end=day(93))
    services.refuse_dates(proposal=row, actor=proposal.request.project.trainee, comment="Exams")
    assert letters("dates_refused") == [proposal.contact_email]
    assert "Exams" in Notification.objects.get(kind="helpdesk.dates_refused").text
    assert HelpRequest.objects.get().state == RequestState.FILED


def test_stranger_may_not_agree_for_the_trainee(desk):
    proposal = ProposalFactory()
    row = services.counter_proposal(proposal=proposal, actor=by_link(proposal), start=day(90), end=day(93))
    with pytest.raises(Denied):
        services.agree_dates(proposal=row, actor=person(Role.TRAINEE))


def test_reply_figures_of_a_host(desk):
    host = HostFactory()
    for days in (2, 4, 9):
        proposal = ProposalFactory(host=host, sent_at=now() - dt.timedelta(days=days))
        services.decline_proposal(proposal=proposal, actor=by_link(proposal), reason="No")
    host.refresh_from_db()
    assert (host.replied_count, host.median_reply_days) == (3, 4.0)


# ── At the same moment ──────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db(transaction=True)
def test_two_hosts_accept_at_the_same_moment_and_one_internship_is_made():
    person(Role.HELPDESK)
    first = ProposalFactory()
    second = ProposalFactory(request=first.request)
    gate, outcomes = threading.Barrier(2), []

    def accept(pk: int) -> None:
        try:
            proposal = Proposal.objects.get(pk=pk)
            gate.wait(PATIENCE)
            services.accept_proposal(proposal=proposal, actor=by_link(proposal))
            outcomes.append("accepted")
        except StaleTransition:
            outcomes.append("somebody else was faster")
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=(row.pk,)) for row in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(outcomes) == ["accepted", "somebody else was faster"]
    assert Internship.objects.count() == 1
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["accepted", "withdrawn"]


@pytest.mark.django_db(transaction=True)
def test_a_host_clicks_twice_at_the_same_moment():
    person(Role.HELPDESK)
    proposal = ProposalFactory()
    gate, outcomes = threading.Barrier(2), []

    def accept() -> None:
        try:
            row = Proposal.objects.get(pk=proposal.pk)
            gate.wait(PATIENCE)
            outcomes.append(services.accept_proposal(proposal=row, actor=by_link(row)).state)
        finally:
            connection.close()

    threads = [threading.Thread(target=accept) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert outcomes == ["accepted", "accepted"]
    assert Internship.objects.count() == 1


def test_the_hourly_task_reminds_and_expires(desk):
    late = ProposalFactory(answer_by=day(-1))
    soon = ProposalFactory(answer_by=day(1), sent_at=now() - dt.timedelta(days=8))
    expire_proposals()
    late.refresh_from_db()
    soon.refresh_from_db()
    assert late.state == ProposalState.EXPIRED
    assert soon.reminded_at is not None
    assert letters("proposal_reminder") == [soon.contact_email]
