"""The trainee writes and follows her request: what its pages show, what typing and pressing can break."""

import pytest
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.core.models import Notification
from ecett.core.slots import first
from helpdesk import services
from helpdesk.enums import RequestState
from helpdesk.models import HelpRequest
from hosts.models import Concept
from tests.factories import (
    GoalFactory,
    ProjectFactory,
    ProposalFactory,
    RequestFactory,
    person,
)
from tests.helpdesk.conftest import day, page_of

pytestmark = pytest.mark.django_db


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
