"""The desk's pages: who may, what each request needs, how hosts are ranked."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.core.clock import now
from helpdesk import services
from helpdesk.enums import RequestState
from hosts.services import index_hosts
from tests.factories import (
    GoalFactory,
    HostFactory,
    OrganisationFactory,
    ProjectFactory,
    ProposalFactory,
    RequestFactory,
    person,
)
from tests.helpdesk.conftest import page_of

pytestmark = pytest.mark.django_db


def test_desk_of_another_language_never_sees_the_request(log_in, french):
    request = RequestFactory()
    client = log_in(french)
    assert client.get(page_of(request)).status_code == 404
    assert request.project.title not in client.get(reverse("helpdesk:inbox")).content.decode()
    for name in ("request_assign", "request_read", "message_post"):
        assert client.post(reverse(f"helpdesk:{name}", args=[request.public_id])).status_code == 404
    assert client.get(reverse("helpdesk:propose", args=[request.public_id])).status_code == 404


def test_drafts_stay_the_trainees(log_in, desk):
    request = RequestFactory(state="draft")
    assert log_in(desk).get(page_of(request)).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.TRAINEE, 403), (Role.HOST, 403), (Role.JUROR, 403), (Role.COORDINATOR, 403),
        (Role.HELPDESK, 200), (Role.ADMIN, 200),
    ],
)  # fmt: skip
def test_inbox_and_archive_by_role(log_in, role, status):
    client = log_in(person(role))
    assert client.get(reverse("helpdesk:inbox")).status_code == status
    assert client.get(reverse("helpdesk:request_archive")).status_code == status


def test_inbox_says_what_each_request_needs_oldest_first(log_in, desk):
    old = now() - dt.timedelta(days=6)
    waits = RequestFactory(filed_at=old)
    fresh = RequestFactory()
    declined = RequestFactory(filed_at=now() - dt.timedelta(days=9))
    ProposalFactory(request=declined, state="declined")
    wrote = RequestFactory(state="proposed", filed_at=old)
    ProposalFactory(request=wrote)
    services.post_message(request=wrote, author=wrote.project.trainee, text="Hello?")
    other = ProposalFactory(sent_at=old).request
    context = log_in(desk).get(reverse("helpdesk:inbox")).context["desk"]
    assert (context.mine[0].request.pk, context.mine[0].text) == (waits.pk, "No host proposed yet")
    said = {item.request.pk: item.text for item in context.mine}
    assert said[fresh.pk] == "Received today"
    assert said[declined.pk] == "Host declined: propose another"
    assert said[wrote.pk] == "Wrote to you"
    assert [item.request.pk for item in context.others] == [other.pk]


def test_nothing_to_answer_takes_a_message_off_the_desk(log_in, desk):
    request = ProposalFactory().request
    services.post_message(request=request, author=request.project.trainee, text="Thank you!")
    client = log_in(desk)
    assert len(client.get(reverse("helpdesk:inbox")).context["desk"].mine) == 1
    client.post(reverse("helpdesk:request_read", args=[request.public_id]))
    assert client.get(reverse("helpdesk:inbox")).context["desk"].mine == []


def test_filters_by_text_and_state_and_an_unknown_one_shows_nothing(log_in, desk):
    found = RequestFactory(project=ProjectFactory(title="Night shelters"))
    RequestFactory()
    client, url = log_in(desk), reverse("helpdesk:inbox")
    rows = client.get(url, {"q": "shelter"}).context["desk"].mine
    assert [item.request.pk for item in rows] == [found.pk]
    assert client.get(url, {"state": "proposed"}).context["desk"].mine == []
    unknown = client.get(url, {"state": "perhaps"})
    assert unknown.context["desk"].mine == []
    assert "We do not know this filter" in unknown.content.decode()


def test_archive_lists_what_is_over_with_its_host(log_in, desk):
    proposal = ProposalFactory(state="accepted", request__state="matched")
    RequestFactory()
    page = log_in(desk).get(reverse("helpdesk:request_archive"))
    assert page.context["total"] == 1
    assert proposal.host.name in page.content.decode()


def queries(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", ["inbox", "request_archive"])
def test_lists_ask_the_same_questions_for_1_and_30(log_in, desk, name):
    client, url = log_in(desk), reverse(f"helpdesk:{name}")

    def add(count: int) -> None:
        for _n in range(count):
            request = ProposalFactory(request__project__employer=OrganisationFactory()).request
            services.post_message(request=request, author=request.project.trainee, text="Hello")
            RequestFactory(assigned_to=desk)
            ProposalFactory(state="accepted", request__state="matched", request__assigned_to=desk)

    add(1)
    one = queries(client, url)
    add(29)
    assert queries(client, url) == one
    assert one <= 14


def test_request_page_asks_the_same_questions_for_1_and_30_hosts(log_in, desk):
    request = RequestFactory(project=GoalFactory().project)
    HostFactory()
    index_hosts()
    client = log_in(desk)
    one = queries(client, page_of(request))
    for _n in range(29):
        HostFactory()
    index_hosts()
    assert queries(client, page_of(request) + "?more=1") == one


def test_request_page_ranks_hosts_with_reasons_and_says_why_not(log_in, desk):
    request = RequestFactory(project=GoalFactory().project, countries=["SE"], people=2)
    good = HostFactory(name="Kotisatama", capacity=4)
    HostFactory(name="Small House", capacity=1)
    HostFactory(name="Elsewhere", sectors=["youth"])
    index_hosts()
    page = log_in(desk).get(page_of(request))
    ranked = page.context["ranked"]
    assert [fit.host.pk for fit in ranked.fits] == [good.pk]
    assert sum(row["points"] for row in ranked.fits[0].reasons) == ranked.fits[0].score
    assert (ranked.found, ranked.total) == (1, 3)
    assert [(miss.host.name, miss.reason) for miss in ranked.near] == [
        ("Small House", "takes fewer visitors at once")
    ]
    assert ranked.near[0].score > 0
    assert dict(ranked.excluded) == {"works in another sector": 1, "takes fewer visitors at once": 1}
    text = page.content.decode()
    assert "in a country you wish: Sweden" in text
    assert "sees “Received”" in text


def test_host_by_name_says_what_leaves_it_out(log_in, desk):
    request = RequestFactory()
    HostFactory(name="Elsewhere", sectors=["youth"])
    page = log_in(desk).get(page_of(request), {"host": "elsew"})
    assert [(item.host.name, item.reason) for item in page.context["by_name"]] == [
        ("Elsewhere", "works in another sector")
    ]


def test_assign_to_me_and_back(log_in, desk):
    request = RequestFactory()
    client, url = log_in(desk), reverse("helpdesk:request_assign", args=[request.public_id])
    client.post(url, {"to": "me"})
    request.refresh_from_db()
    assert request.assigned_to == desk
    client.post(url, {"to": ""})
    request.refresh_from_db()
    assert request.assigned_to is None


def test_pages_of_a_closed_request_say_why_and_what_one_can_do(log_in, desk):
    request = RequestFactory()
    services.close_request(request=request, actor=desk, comment="We asked twelve hosts.")
    for reader in (desk, request.project.trainee):
        page = log_in(reader).get(page_of(request))
        assert "We asked twelve hosts." in page.content.decode()
        assert "send" in page.context["ending"]["text"]


def test_history_names_hosts_and_people(log_in, desk):
    proposal = ProposalFactory(host__name="Kotisatama")
    services.withdraw_proposal(proposal=proposal, actor=desk)
    rows = log_in(desk).get(page_of(proposal.request)).context["history"]
    assert [text for _at, text in rows] == ["Kotisatama no longer asked · Ruth Ellery"]


def test_close_asks_for_a_reason(log_in, desk):
    request = RequestFactory()
    client, url = log_in(desk), reverse("helpdesk:request_step", args=[request.public_id, "close"])
    assert "Please say why" in client.post(url, follow=True).content.decode()
    client.post(url, {"comment": "Nobody was free."})
    request.refresh_from_db()
    assert request.state == RequestState.CLOSED
