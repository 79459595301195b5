"""Asking hosts: the form, its preview, what a press sends; spokespersons with an account."""

import pytest
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.core.models import Notification
from ecett.core.todo import todos
from helpdesk.enums import ProposalState
from helpdesk.models import Proposal
from hosts.services import index_hosts
from tests.factories import (
    AHEAD,
    HostFactory,
    OrganisationFactory,
    ProposalFactory,
    RequestFactory,
    person,
)
from tests.helpdesk.conftest import day, page_of
from trainees.models import Internship

pytestmark = pytest.mark.django_db


# ── Proposing ───────────────────────────────────────────────────────────────────────────────────────────────
def ask_data(*hosts, **changes) -> dict:
    data = {"host": [host.public_id for host in hosts], "order": "one", "answer_days": "10", "do": "send"}
    for host in hosts:
        prefix = f"host-{host.public_id}"
        data |= {
            f"{prefix}-message": "Could she join you?",
            f"{prefix}-start": day(AHEAD).isoformat(),
            f"{prefix}-end": day(AHEAD + 4).isoformat(),
            f"{prefix}-contact_name": "Maja Lind",
            f"{prefix}-contact_email": "maja@example.org",
            f"{prefix}-contact_language": "fr",
        }
    return data | changes


def test_propose_form_starts_with_card_and_best_free_days(log_in, desk):
    request, host = RequestFactory(), HostFactory(spokesperson_email="")
    url = reverse("helpdesk:propose", args=[request.public_id])
    page = log_in(desk).get(url, {"host": host.public_id})
    form = page.context["drafts"][0].form
    assert form["start"].value() == request.start
    assert form["contact_name"].value() == "Maja Lind"
    answer = log_in(desk).post(url, ask_data(host, **{f"host-{host.public_id}-contact_email": ""}))
    assert answer.status_code == 422
    assert "type the one of the person who answers" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_preview_shows_each_letter_in_its_language_and_sends_nothing(log_in, desk):
    request, one, two = RequestFactory(), HostFactory(), HostFactory()
    url = reverse("helpdesk:propose", args=[request.public_id])
    page = log_in(desk).post(url, ask_data(one, two, do="preview"))
    assert page.status_code == 200
    assert [draft.host.pk for draft in page.context["now"]] == [one.pk]
    assert [draft.host.pk for draft in page.context["later"]] == [two.pk]
    assert "Could she join you?" in page.context["drafts"][0].letter.text
    assert "French" in page.content.decode()
    assert not Proposal.objects.exists()
    assert not Notification.objects.exists()
    again = log_in(desk).post(url, ask_data(one, two, do="change"))
    assert again.context["drafts"][0].form["message"].value() == "Could she join you?"


def test_send_asks_and_a_second_click_sends_nothing_more(log_in, desk):
    request, one, two = RequestFactory(), HostFactory(), HostFactory()
    url = reverse("helpdesk:propose", args=[request.public_id])
    client = log_in(desk)
    index_hosts()
    client.post(url, ask_data(one, two))
    assert client.post(url, ask_data(one, two)).status_code == 302
    rows = list(Proposal.objects.order_by("position"))
    assert [(row.host.pk, row.state) for row in rows] == [(one.pk, "sent"), (two.pk, "queued")]
    assert rows[0].score == sum(reason["points"] for reason in rows[0].reasons) > 0
    assert Notification.objects.get(kind="helpdesk.proposal_sent").language == "fr"


def test_end_before_start_is_refused_at_its_field(log_in, desk):
    request, host = RequestFactory(), HostFactory()
    wrong = {f"host-{host.public_id}-end": day(3).isoformat()}
    url = reverse("helpdesk:propose", args=[request.public_id])
    page = log_in(desk).post(url, ask_data(host, **wrong))
    assert page.status_code == 422
    assert "before the first day" in str(page.context["drafts"][0].form.errors["end"])


def test_propose_without_a_tick_goes_back(log_in, desk):
    request = RequestFactory()
    answer = log_in(desk).get(reverse("helpdesk:propose", args=[request.public_id]), follow=True)
    assert "Tick at least one host" in answer.content.decode()


def test_trainee_agrees_to_the_hosts_days(log_in, desk):
    proposal = ProposalFactory(state="countered", counter_start=day(90), counter_end=day(94))
    client = log_in(proposal.request.project.trainee)
    assert "offers other days" in client.get(page_of(proposal.request)).content.decode()
    url = reverse("helpdesk:proposal_step", args=[proposal.public_id, "agree_dates"])
    assert client.post(url).status_code == 302
    client.post(url)
    assert Internship.objects.get().start == day(90)


def test_strangers_do_not_reach_a_proposal(log_in, desk, french):
    proposal = ProposalFactory(state="countered", counter_start=day(90), counter_end=day(94))
    url = reverse("helpdesk:proposal_step", args=[proposal.public_id, "agree_dates"])
    assert log_in(french).post(url).status_code == 404
    assert log_in(person(Role.TRAINEE)).post(url).status_code == 404
    assert Proposal.objects.get().state == ProposalState.COUNTERED


# ── Spokespersons with an account, and what needs one now ───────────────────────────────────────────────────
@pytest.fixture
def spokesperson():
    return person(Role.HOST, organisation=OrganisationFactory(kind="hosting"))


def test_host_person_sees_and_answers_her_own_proposals_only(log_in, desk, spokesperson):
    host = HostFactory(organisation=spokesperson.hat.organisation)
    mine, other = ProposalFactory(host=host), ProposalFactory()
    queued = ProposalFactory(host=host, state="queued", sent_at=None)
    client = log_in(spokesperson)
    assert [row.pk for row in client.get(reverse("helpdesk:proposal_list")).context["waiting"]] == [mine.pk]
    for hidden in (other, queued):
        assert client.get(reverse("helpdesk:proposal_detail", args=[hidden.public_id])).status_code == 404
    url = reverse("helpdesk:proposal_detail", args=[mine.public_id])
    assert client.post(url, {"choice": "accept", "words": "Welcome"}).status_code == 302
    assert Internship.objects.get().host == host
    assert mine.log.get().actor == spokesperson


def test_trainee_has_no_list_of_visits_asked_for(log_in):
    assert log_in(person(Role.TRAINEE)).get(reverse("helpdesk:proposal_list")).status_code == 403


def test_todo_of_desk_and_host(desk, spokesperson, french):
    request = RequestFactory()
    ProposalFactory(host=HostFactory(organisation=spokesperson.hat.organisation))
    assert [item.url for item in todos(desk)] == [page_of(request)]
    assert todos(french) == []
    assert any("may come" in str(item.title) for item in todos(spokesperson))
