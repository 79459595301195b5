"""The helpdesk's pages: who may, what they show, what typing and pressing can break."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.core.clock import now, today
from ecett.core.models import Notification
from ecett.core.slots import first
from ecett.core.todo import todos
from helpdesk import services
from helpdesk.enums import ProposalState, RequestState
from helpdesk.models import HelpRequest, Proposal
from hosts.models import Concept
from hosts.services import index_hosts
from tests.factories import (
    AHEAD,
    GoalFactory,
    HostFactory,
    OrganisationFactory,
    ProjectFactory,
    ProposalFactory,
    RequestFactory,
    person,
)
from trainees.models import Internship

pytestmark = pytest.mark.django_db


def day(offset: int) -> dt.date:
    return today() + dt.timedelta(days=offset)


def wish(**changes) -> dict:
    """What a complete request form sends."""
    data = {
        "language": "en",
        "sectors": ["addiction"],
        "expertise": "How others keep in touch after discharge",
        "concepts": ["aftercare", ""],
        "target_groups": ["adolescents"],
        "countries": ["Sweden", "EL"],
        "start": day(60).isoformat(),
        "end": day(90).isoformat(),
        "days": "5",
        "slack_days": "3",
        "people": "1",
        "companions": "",
        "remarks": "",
        "do": "send",
    }
    return {**data, **changes}


@pytest.fixture
def concept():
    return Concept.objects.create(scheme="ecett", code="aftercare", group="methods")


@pytest.fixture
def project():
    return GoalFactory().project


def edit_url(project):
    return reverse("helpdesk:request_edit", args=[project.public_id])


def page_of(request):
    return reverse("helpdesk:request_detail", args=[request.public_id])


# ── The trainee writes ──────────────────────────────────────────────────────────────────────────────────
def test_opening_the_form_writes_nothing(log_in, desk, project):
    answer = log_in(project.trainee).get(edit_url(project))
    assert answer.status_code == 200
    assert not HelpRequest.objects.exists()


def test_save_draft_asks_nothing(log_in, desk, project):
    answer = log_in(project.trainee).post(edit_url(project), {"language": "en", "do": "save"})
    assert answer.status_code == 302
    draft = HelpRequest.objects.get()
    assert (draft.state, draft.days, draft.people, draft.sectors) == (RequestState.DRAFT, 5, 1, [])


def test_send_files_the_request_with_what_was_typed(log_in, desk, project, concept):
    answer = log_in(project.trainee).post(edit_url(project), wish())
    filed = HelpRequest.objects.get()
    assert answer.url == page_of(filed)
    assert filed.state == RequestState.FILED
    assert (filed.countries, filed.target_groups, filed.slack_days) == (["SE", "GR"], ["adolescents"], 3)
    assert [one.code for one in filed.concepts.all()] == ["aftercare"]
    assert Notification.objects.get(kind="helpdesk.request_filed").email == desk.email


def test_second_click_on_send_says_already_sent(log_in, desk, project):
    client = log_in(project.trainee)
    client.post(edit_url(project), wish())
    answer = client.post(edit_url(project), wish(), follow=True)
    assert "already been sent" in answer.content.decode()
    assert HelpRequest.objects.count() == 1
    assert Notification.objects.filter(kind="helpdesk.request_filed").count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"start": "2027-05-10", "end": "2027-05-01"}, "end", "before the first day"),
        (
            {"start": day(60).isoformat(), "end": day(62).isoformat(), "days": "9"},
            "days",
            "longer than the period",
        ),
        ({"start": "", "end": ""}, "start", "between which dates"),
        ({"start": day(-9).isoformat(), "end": day(-3).isoformat()}, "end", "This period is over"),
        ({"start": "32.13.2027"}, "start", "Enter a valid date"),
        ({"sectors": []}, "sectors", "at least one sector"),
        ({"sectors": ["astrology"]}, "sectors", "Select a valid choice"),
        ({"expertise": "  "}, "expertise", "which expertise"),
        ({"expertise": "x" * 1_000_000}, "expertise", "at most 10000 characters"),
        ({"remarks": "a\x00b"}, "remarks", "Null characters"),
        ({"concepts": ["perpetual motion"]}, "concepts", "perpetual motion"),
        ({"countries": ["Atlantis"]}, "countries", "Atlantis"),
        ({"days": "0"}, "days", "greater than or equal to 1"),
        ({"people": "1", "companions": "Ann\nBob"}, "people", "you are 3"),
        ({"language": "xx"}, "language", "Select a valid choice"),
    ],
)
def test_wrong_input_stands_beside_its_field_and_nothing_is_lost(
    log_in, desk, project, changes, field, words
):
    answer = log_in(project.trainee).post(edit_url(project), wish(**changes))
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors[field])
    assert answer.context["form"]["slack_days"].value() == "3"
    assert not HelpRequest.objects.exclude(state="draft").exists()


def test_unknown_words_stay_in_their_boxes(log_in, desk, project):
    answer = log_in(project.trainee).post(edit_url(project), wish(concepts=["perpetual motion"]))
    assert 'value="perpetual motion"' in answer.content.decode()


def test_script_text_is_shown_as_text(log_in, desk, project):
    evil = "<script>alert(1)</script>"
    client = log_in(project.trainee)
    client.post(edit_url(project), wish(expertise=evil, remarks=evil, companions="", do="save"))
    page = client.get(edit_url(project)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_sending_without_problem_and_goals_says_so(log_in, desk):
    project = ProjectFactory(problem="")
    answer = log_in(project.trainee).post(edit_url(project), wish())
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Describe the problem" in text
    assert "at least one goal" in text
    assert HelpRequest.objects.get().expertise == "How others keep in touch after discharge"


def test_only_the_trainee_writes_her_request(log_in, desk, project):
    assert log_in(desk).get(edit_url(project)).status_code == 403
    assert log_in(person(Role.TRAINEE)).get(edit_url(project)).status_code == 404


def test_withdraw_and_reopen_and_edit_again(log_in, desk):
    request = RequestFactory(project=GoalFactory().project)
    client = log_in(request.project.trainee)
    client.post(reverse("helpdesk:request_step", args=[request.public_id, "withdraw"]))
    request.refresh_from_db()
    assert request.state == RequestState.WITHDRAWN
    answer = client.post(reverse("helpdesk:request_step", args=[request.public_id, "reopen"]))
    assert answer.url == edit_url(request.project)
    assert client.get(answer.url).context["form"]["expertise"].value() == "aftercare"


def test_project_page_shows_the_request_and_what_happens_next(log_in, desk, project):
    page = reverse("trainees:project_detail", args=[project.public_id])
    client = log_in(project.trainee)
    assert "Write the request" in client.get(page).content.decode()
    RequestFactory(project=project)
    text = client.get(page).content.decode()
    assert "Received" in text
    assert "Needs screening" not in text
    assert "reads your request and looks for hosts" in text


def test_next_step_is_hers_when_a_host_offers_other_days(desk):
    proposal = ProposalFactory(state="countered", counter_start=day(90), counter_end=day(94))
    found = first("project_next", proposal.request.project, proposal.request.project.trainee)
    assert found.mine
    assert proposal.host.name in str(found.text)


def test_next_step_says_that_the_helpdesk_wrote(desk, django_assert_num_queries):
    request = RequestFactory()
    project, trainee = request.project, request.project.trainee
    assert first("project_next", project, trainee).note == ""
    services.post_message(request=request, author=desk, text="Which dates?")
    with django_assert_num_queries(3):
        step = first("project_next", project, trainee)
    assert (step.mine, str(step.note)) == (False, "The helpdesk wrote to you.")


# ── The desk ────────────────────────────────────────────────────────────────────────────────────────────
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


# ── Proposing ───────────────────────────────────────────────────────────────────────────────────────────
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


# ── Spokespersons with an account, and what needs one now ───────────────────────────────────────────────
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
    assert "would like to visit" in str(todos(spokesperson)[0].text)
