"""A host answers by link: good, expired, altered, too late, twice, and by a mail scanner."""

import datetime as dt

import pytest
from django.urls import reverse

from ecett.core import clock, links
from ecett.core.clock import today
from ecett.core.models import Notification
from helpdesk import services
from helpdesk.enums import ProposalState
from helpdesk.links import PROPOSAL, answer_url
from helpdesk.models import HelpRequest, Proposal
from tests.factories import GoalFactory, HostFactory, ProposalFactory, RequestFactory
from trainees.models import Internship

pytestmark = pytest.mark.django_db


def day(offset: int) -> dt.date:
    return today() + dt.timedelta(days=offset)


def path_of(proposal: Proposal) -> str:
    url = answer_url(proposal)
    return url[url.index("/helpdesk/") :]


def renew_of(path: str) -> str:
    return reverse("helpdesk:proposal_renew", args=[path.removesuffix("/").rpartition("/")[2]])


@pytest.fixture
def proposal(desk):
    request = RequestFactory(project=GoalFactory().project, state="proposed")
    return ProposalFactory(
        request=request,
        sent_by=desk,
        message="Could she join you?",
        reasons=[
            {
                "rule": "language",
                "points": 20,
                "template": "working language {language}, {level}",
                "params": {"language": "en", "level": "C1"},
            },
            {
                "rule": "busy",
                "points": -8,
                "template": "already hosts {people} in these days",
                "params": {"people": 1},
            },
        ],
    )


def test_page_shows_who_when_and_why_and_changes_nothing(client, proposal):
    for method in (client.get, client.head):
        assert method(path_of(proposal)).status_code == 200
    text = client.get(path_of(proposal)).content.decode()
    assert str(proposal.request.project.trainee) in text
    assert "Could she join you?" in text
    assert "working language English, C1" in text
    assert "already hosts" not in text
    assert "every resident who leaves has a contact person" in text
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SENT
    assert not proposal.log.exists()


@pytest.mark.parametrize("shared", [True, False])
def test_problem_is_shown_only_when_the_trainee_shares_it(client, proposal, shared):
    HelpRequest.objects.update(share_problem=shared)
    assert (proposal.request.project.problem in client.get(path_of(proposal)).content.decode()) is shared


def test_page_speaks_the_hosts_language(client, proposal):
    Proposal.objects.update(contact_language="fr")
    assert '<html lang="fr"' in client.get(path_of(Proposal.objects.get())).content.decode()


def test_yes_makes_the_stay_and_says_what_comes_next(client, proposal):
    answer = client.post(path_of(proposal), {"choice": "accept", "words": "Welcome"}, follow=True)
    assert "It is agreed" in answer.content.decode()
    assert "Can you receive" not in answer.content.decode()
    stay = Internship.objects.get()
    assert (stay.host_email, stay.start) == (proposal.contact_email, proposal.start)
    log = proposal.log.get()
    assert (log.actor_role, log.actor_name) == ("host", proposal.contact_name)


def test_yes_twice_is_one_yes(client, proposal):
    for _n in range(2):
        assert client.post(path_of(proposal), {"choice": "accept", "words": ""}).status_code == 302
    assert Internship.objects.count() == 1
    assert proposal.log.count() == 1


def test_no_needs_a_reason_and_keeps_what_was_typed(client, proposal):
    answer = client.post(path_of(proposal), {"choice": "decline", "words": " "})
    assert answer.status_code == 422
    assert "Please say why" in answer.content.decode()
    client.post(path_of(proposal), {"choice": "decline", "words": "Building work"})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DECLINED
    assert proposal.log.get().comment == "Building work"


def test_other_days_are_offered(client, proposal):
    data = {"choice": "counter", "start": day(90).isoformat(), "end": day(94).isoformat(), "words": ""}
    answer = client.post(path_of(proposal), data, follow=True)
    assert "says whether" in answer.content.decode()
    proposal.refresh_from_db()
    assert (proposal.counter_start, proposal.counter_end) == (day(90), day(94))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "choice"),
        ({"choice": "maybe"}, "choice"),
        ({"choice": "counter"}, "start"),
        ({"choice": "counter", "start": "2030-05-09", "end": "2030-05-01"}, "end"),
        ({"choice": "counter", "start": "2020-05-01", "end": "2020-05-05"}, "start"),
        ({"choice": "counter", "start": "2030-01-01", "end": "2030-12-31"}, "end"),
        ({"choice": "accept", "words": "x" * 1_000_000}, "words"),
        ({"choice": "accept", "words": "a\x00b"}, "words"),
    ],
)
def test_wrong_answers_come_back_with_their_field(client, proposal, data, field):
    answer = client.post(path_of(proposal), {"words": "", **data})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Proposal.objects.get().state == ProposalState.SENT


def test_same_days_are_no_counter_and_the_page_says_so(client, proposal):
    data = {
        "choice": "counter",
        "start": proposal.start.isoformat(),
        "end": proposal.end.isoformat(),
        "words": "",
    }
    answer = client.post(path_of(proposal), data)
    assert answer.status_code == 422
    assert "you can simply accept" in answer.content.decode()


def test_somebody_else_was_faster_is_said_kindly(client, proposal):
    other = ProposalFactory(request=proposal.request, host=HostFactory())
    services.accept_proposal(proposal=other, actor=_link(other))
    text = client.get(path_of(proposal)).content.decode()
    assert "somebody else was faster" in text.lower()
    answer = client.post(path_of(proposal), {"choice": "accept", "words": ""}, follow=True)
    assert "somebody else was faster" in answer.content.decode().lower()
    assert Internship.objects.count() == 1


def test_faster_while_answering_is_409(client, proposal, monkeypatch):
    """The row changes between reading the page and writing the answer."""
    other = ProposalFactory(request=proposal.request, host=HostFactory())
    accept = services.accept_proposal

    def slow(*, proposal, actor, answer):
        accept(proposal=other, actor=_link(other))
        return accept(proposal=proposal, actor=actor, answer=answer)

    monkeypatch.setattr("helpdesk.views.answer.services.accept_proposal", slow)
    answer = client.post(path_of(proposal), {"choice": "accept", "words": ""})
    assert answer.status_code == 409
    assert "somebody else was faster" in answer.content.decode().lower()


def _link(proposal):
    from ecett.core.actors import Actor

    return Actor.link(
        purpose=PROPOSAL, subject=proposal.pk, name="Host", role="host", email="host@example.org"
    )


def test_altered_link_and_link_of_another_purpose_open_nothing(client, proposal):
    path = path_of(proposal)
    assert client.get(path[:-4] + "xx/").status_code == 404
    token = links.make(purpose="sign_agreement", subject=proposal, email="a@b.example", days=3)
    assert client.get(reverse("helpdesk:proposal_answer", args=[token])).status_code == 404


def test_expired_link_offers_a_new_one_to_the_same_address_only(client, proposal, monkeypatch):
    path, later = path_of(proposal), clock.now() + dt.timedelta(days=100)
    renew = renew_of(path)
    assert client.post(renew).url == path
    monkeypatch.setattr(clock, "now", lambda: later)
    page = client.get(path)
    assert page.status_code == 410
    assert renew in page.content.decode()
    for _n in range(2):
        assert client.post(renew).status_code == 200
    letter = Notification.objects.get(kind="helpdesk.proposal_reminder")
    assert letter.email == proposal.contact_email
    assert Proposal.objects.get().state == ProposalState.SENT


def test_renewing_an_altered_link_is_404(client, proposal):
    assert client.post(renew_of(path_of(proposal)[:-4] + "xx/")).status_code == 404
