"""The line on top of a request: what the desk does, or whom it waits for, said once."""

import pytest
from django.urls import reverse

from helpdesk.enums import RequestState
from tests.factories import ProposalFactory, RequestFactory

pytestmark = pytest.mark.django_db


def test_waiting_for_a_host_names_it_once_and_asks_nothing_of_the_desk(log_in, desk):
    proposal = ProposalFactory(host__name="Kotisatama", request__state=RequestState.PROPOSED)
    answer = log_in(desk).get(reverse("helpdesk:request_detail", args=[proposal.request.public_id]))
    assert answer.context["next_text"] == "a host answers. You need not do anything."
    assert answer.context["waiting"].text.startswith("Kotisatama: answer by ")
    assert answer.content.decode().count("Kotisatama: answer by ") == 1


def test_a_request_nobody_was_asked_for_asks_the_desk_to_choose(log_in, desk):
    request = RequestFactory(state=RequestState.FILED)
    answer = log_in(desk).get(reverse("helpdesk:request_detail", args=[request.public_id]))
    assert answer.context["next_text"] == "choose the hosts to ask."
