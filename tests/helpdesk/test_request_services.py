"""A request from its draft to its end, and what is written about it."""

import pytest

from ecett.accounts.enums import Role
from ecett.core.clock import today
from ecett.core.models import Notification
from ecett.core.workflow import Blocked, Denied
from helpdesk import services
from helpdesk.companions import parse_companions
from helpdesk.enums import ProposalState, RequestState
from helpdesk.models import HelpRequest
from tests.factories import (
    GoalFactory,
    HostFactory,
    ProjectFactory,
    RequestFactory,
    person,
)
from tests.helpdesk.conftest import ask, day, letters
from trainees.services import create_internship, drop_project

pytestmark = pytest.mark.django_db


def draft(**fields) -> HelpRequest:
    project = fields.pop("project", None) or GoalFactory().project
    return RequestFactory(project=project, state="draft", filed_at=None, **fields)


# ── The request ─────────────────────────────────────────────────────────────────────────────────────────────
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


# ── Conversation ────────────────────────────────────────────────────────────────────────────────────────────
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
