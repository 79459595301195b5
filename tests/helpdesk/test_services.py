"""Requests, proposals and answers: what is written, with values."""

import datetime as dt
import threading

import pytest
from django.db import connection

from ecett.accounts.enums import Role
from ecett.core.actors import Actor
from ecett.core.clock import now, today
from ecett.core.models import Notification
from ecett.core.workflow import Blocked, Denied, StaleTransition
from helpdesk import services
from helpdesk.companions import parse_companions
from helpdesk.enums import ProposalState, RequestState
from helpdesk.models import HelpRequest, Proposal
from helpdesk.services import Ask
from helpdesk.tasks import expire_proposals
from tests.factories import (
    AHEAD,
    GoalFactory,
    HostFactory,
    ProjectFactory,
    ProposalFactory,
    RequestFactory,
    person,
)
from tests.patience import PATIENCE
from trainees.models import Internship
from trainees.services import create_internship, drop_project

pytestmark = pytest.mark.django_db


def day(offset: int) -> dt.date:
    return today() + dt.timedelta(days=offset)


def by_link(proposal: Proposal) -> Actor:
    return Actor.link(
        purpose="proposal", subject=proposal.pk, name="Maja Lind", role="host", email=proposal.contact_email
    )


def ask(host=None, start: int = AHEAD, days: int = 5, **fields) -> Ask:
    return Ask(host or HostFactory(), day(start), day(start + days - 1), **fields)


def letters(kind: str) -> list[str]:
    rows = Notification.objects.filter(kind=f"helpdesk.{kind}").order_by("pk")
    return [row.email for row in rows]


@pytest.fixture
def desk():
    return person(Role.HELPDESK, email="ruth@example.org", first_name="Ruth", last_name="Ellery")


def draft(**fields) -> HelpRequest:
    project = fields.pop("project", None) or GoalFactory().project
    return RequestFactory(project=project, state="draft", filed_at=None, **fields)


# ── The request ─────────────────────────────────────────────────────────────────────────────────────────
def test_start_request_twice_gives_the_same_draft(desk):
    project = ProjectFactory()
    first = services.start_request(project=project, sectors=["youth"], days=3)
    second = services.start_request(project=project)
    assert first.pk == second.pk
    assert (second.sectors, second.days, second.language, second.state) == (["youth"], 3, "en", "draft")
    assert first.number.startswith(f"{today().year}-")


def test_start_request_with_a_stay_is_blocked():
    project = ProjectFactory()
    create_internship(
        project=project, host=HostFactory(), start=day(60), end=day(64), host_contact="M",
        host_email="m@example.org",
        host_language="en",
    )  # fmt: skip
    with pytest.raises(Blocked, match="already has a host"):
        services.start_request(project=project)


def test_save_request_refuses_somebody_else_and_wrong_order(desk):
    request = draft()
    with pytest.raises(Denied):
        services.save_request(request=request, actor=desk, remarks="mine now")
    with pytest.raises(Blocked, match="before the first day"):
        services.save_request(request=request, actor=request.project.trainee, start=day(9), end=day(8))


def test_file_request_says_what_is_missing(desk):
    request = draft(project=ProjectFactory(problem=" "), start=None, end=None)
    with pytest.raises(Blocked) as caught:
        services.file_request(request=request, actor=request.project.trainee)
    assert len(caught.value.reasons) == 3


def test_file_request_without_a_desk_in_the_language_is_blocked(desk):
    request = draft(language="el")
    with pytest.raises(Blocked, match="no helpdesk in this language"):
        services.file_request(request=request, actor=request.project.trainee)


def test_file_request_twice_writes_to_each_of_the_desk_once(desk):
    colleague, french = person(Role.HELPDESK), person(Role.HELPDESK, language="fr")
    request = draft()
    filed = services.file_request(request=request, actor=request.project.trainee)
    again = services.file_request(request=request, actor=request.project.trainee)
    assert (filed.state, again.state) == (RequestState.FILED, RequestState.FILED)
    assert sorted(letters("request_filed")) == sorted([desk.email, colleague.email])
    assert french.email not in letters("request_filed")
    assert filed.log.count() == 1


def test_only_the_one_who_takes_care_is_written_to(desk):
    colleague = person(Role.HELPDESK)
    request = RequestFactory()
    services.assign_request(request=request, to=colleague, actor=desk)
    services.post_message(request=request, author=request.project.trainee, text="One more thing")
    assert letters("message") == [colleague.email]


def test_close_needs_a_reason_and_tells_the_trainee(desk):
    request = RequestFactory()
    with pytest.raises(Blocked):
        services.close_request(request=request, actor=desk, comment=" ")
    services.close_request(request=request, actor=desk, comment="We asked twelve hosts.")
    letter = Notification.objects.get(kind="helpdesk.request_closed")
    assert letter.email == request.project.trainee.email
    assert "We asked twelve hosts." in letter.text


def test_withdraw_tells_hosts_that_were_asked_and_only_them(desk):
    request = RequestFactory()
    first, second = services.propose(request=request, hosts=[ask(), ask()], actor=desk)
    services.withdraw_request(request=HelpRequest.objects.get(pk=request.pk), actor=request.project.trainee)
    assert letters("proposal_withdrawn") == [first.contact_email]
    assert set(request.proposals.values_list("state", flat=True)) == {"withdrawn"}
    assert second.state == ProposalState.QUEUED


def test_reopen_while_another_request_is_open_is_blocked():
    old = RequestFactory(state="closed")
    RequestFactory(project=old.project)
    with pytest.raises(Blocked, match="Another request"):
        services.reopen_request(request=old, actor=old.project.trainee)


def test_dropping_the_project_withdraws_its_request(desk):
    request = RequestFactory()
    drop_project(project=request.project, actor=request.project.trainee, comment="New job")
    request.refresh_from_db()
    assert request.state == RequestState.WITHDRAWN


# ── Asking ──────────────────────────────────────────────────────────────────────────────────────────────
def test_one_by_one_asks_only_the_first(desk):
    request = RequestFactory()
    first, second = services.propose(request=request, hosts=[ask(), ask()], actor=desk, answer_days=7)
    assert (first.state, second.state) == (ProposalState.SENT, ProposalState.QUEUED)
    assert first.answer_by == day(7)
    assert letters("proposal_sent") == [first.contact_email]
    request.refresh_from_db()
    assert request.state == RequestState.PROPOSED
    first.host.refresh_from_db()
    second.host.refresh_from_db()
    assert (first.host.asked_count, second.host.asked_count) == (1, 0)


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


# ── Answers ─────────────────────────────────────────────────────────────────────────────────────────────
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


# ── Deadlines ───────────────────────────────────────────────────────────────────────────────────────────
def test_expire_asks_the_next_and_leaves_those_in_time(desk):
    request = RequestFactory(state="proposed")
    late = ProposalFactory(request=request, answer_by=day(-1), position=1)
    following = ProposalFactory(request=request, state="queued", sent_at=None, position=2)
    in_time = ProposalFactory(answer_by=day(0))
    assert services.expire_due() == 1
    assert services.expire_due() == 0
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


# ── Conversation ────────────────────────────────────────────────────────────────────────────────────────
def test_message_twice_is_one_and_answers_are_marked(desk):
    request = RequestFactory()
    trainee = request.project.trainee
    services.post_message(request=request, author=trainee, text="May I bring my dog?")
    services.post_message(request=request, author=trainee, text="May I bring my dog?")
    assert request.messages.count() == 1
    services.post_message(request=request, author=desk, text="Ask the host.")
    request.refresh_from_db()
    assert request.read_by_desk_at is not None
    assert letters("message") == [desk.email, trainee.email]


def test_stranger_may_not_write():
    request = RequestFactory()
    with pytest.raises(Denied):
        services.post_message(request=request, author=person(Role.HELPDESK, language="fr"), text="Hello")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Ann Boss, ann@example.org", [("Ann Boss", "ann@example.org")]),
        ("Ann Boss <ann@example.org>\n\nBob", [("Ann Boss", "ann@example.org"), ("Bob", "")]),
        ("ann@example.org", [("ann@example.org", "ann@example.org")]),
    ],
)
def test_companions_as_typed(text, found):
    assert parse_companions(text) == found


# ── At the same moment ──────────────────────────────────────────────────────────────────────────────────
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
