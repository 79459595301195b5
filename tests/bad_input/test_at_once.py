"""Two at the same moment: the same form from two tabs, two hosts who both say yes. One effect, two friendly answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from certification.models import Dossier, JuryVote
from ecett.accounts.enums import Role
from ecett.core.clock import now, today
from ecett.core.models import Document, Notification
from helpdesk.links import PROPOSAL
from helpdesk.models import HelpRequest, Message, Proposal
from tests.bad_input.at_once import at_once
from tests.bad_input.conftest import signed_in
from tests.certification.scene import before_jury, full_candidate, jury
from tests.factories import (
    GoalFactory,
    HostFactory,
    ProjectFactory,
    ProposalFactory,
    RequestFactory,
    WorkshopFactory,
    authored_practice,
    person,
)
from tests.permissions.world import token
from tests.trainees.conftest import agreed_stay, planned_stay, signing
from trainees import links
from trainees.models import Agreement, Goal, Internship, Project

pytestmark = pytest.mark.django_db(transaction=True)


def twice(user: Any, path: str, data: dict[str, Any]) -> list[int]:
    """The same form from two tabs of one person."""
    tabs = [signed_in(user) for _tab in range(2)]
    return at_once(*(lambda client=client: client.post(path, data) for client in tabs))


def friendly(statuses: list[int]) -> bool:
    """A page or a way to one: nothing that reads like an accident."""
    return all(status in (200, 302, 409, 422) for status in statuses)


def test_two_hosts_accept_at_once_and_one_stay_exists() -> None:
    request = RequestFactory(project=GoalFactory().project, state="proposed")
    proposals = [ProposalFactory(request=request, host=HostFactory()) for _host in range(2)]
    paths = [reverse("helpdesk:proposal_answer", args=[token(PROPOSAL, one)]) for one in proposals]
    said = {"choice": "accept", "words": ""}
    statuses = at_once(*(lambda path=path: Client().post(path, said) for path in paths))
    assert sorted(statuses) in ([302, 409], [302, 302]), statuses
    assert Internship.objects.count() == 1
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["accepted", "withdrawn"]
    loser = paths[[one.state for one in Proposal.objects.order_by("pk")].index("withdrawn")]
    page = Client().get(loser)
    assert page.status_code == 200
    assert "another" in page.content.decode().lower()


def test_one_host_accepts_and_declines_at_once() -> None:
    proposal = ProposalFactory(request=RequestFactory(project=GoalFactory().project, state="proposed"))
    path = reverse("helpdesk:proposal_answer", args=[token(PROPOSAL, proposal)])
    statuses = at_once(
        lambda: Client().post(path, {"choice": "accept", "words": ""}),
        lambda: Client().post(path, {"choice": "decline", "words": "Building work"}),
    )
    assert friendly(statuses), statuses
    proposal.refresh_from_db()
    assert proposal.state in ("accepted", "declined")
    assert Internship.objects.count() == (1 if proposal.state == "accepted" else 0)
    assert proposal.log.count() == 1


def test_project_is_begun_once() -> None:
    trainee = person(Role.TRAINEE)
    assert twice(trainee, reverse("trainees:project_start"), {"title": "Aftercare", "problem": ""}) == [
        302,
        302,
    ]
    assert Project.objects.count() == 1


def test_goal_is_written_once() -> None:
    project = ProjectFactory()
    path = reverse("trainees:goal_add", args=[project.public_id])
    data = {"text": "By June every resident has a contact person.", "deadline": "2027-06-30"}
    assert friendly(twice(project.trainee, path, data))
    assert Goal.objects.count() == 1


def test_request_is_sent_once() -> None:
    desk = person(Role.HELPDESK, email="desk@example.org")
    request = RequestFactory(project=GoalFactory().project, state="draft", filed_at=None)
    path = reverse("helpdesk:request_edit", args=[request.project.public_id])
    data = {
        "language": "en", "sectors": ["addiction"], "expertise": "aftercare", "start": request.start.isoformat(),
        "end": request.end.isoformat(), "days": "5", "people": "1", "do": "send",
    }  # fmt: skip
    statuses = twice(request.project.trainee, path, data)
    assert friendly(statuses), statuses
    assert HelpRequest.objects.get().state == "filed"
    assert request.log.filter(to_state="filed").count() == 1
    assert Notification.objects.filter(email=desk.email).count() == 1


def test_message_is_written_once() -> None:
    request = RequestFactory()
    path = reverse("helpdesk:message_post", args=[request.public_id])
    assert friendly(twice(request.project.trainee, path, {"text": "Is there news?"}))
    assert Message.objects.count() == 1


def test_agreement_is_made_once() -> None:
    stay = planned_stay()
    path = reverse("trainees:agreement_make", args=[stay.public_id])
    statuses = twice(stay.project.trainee, path, {"language": "en"})
    assert friendly(statuses), statuses
    agreement = Agreement.objects.get()
    assert agreement.signatures.count() == 3
    assert Document.objects.filter(kind="agreement").count() == 1
    assert Notification.objects.filter(email=stay.host_email).count() == 1


def test_two_last_signatures_at_once_seal_once() -> None:
    agreement = signing()
    own, *others = agreement.signatures.order_by("pk")
    trainee = own.user
    assert trainee is not None
    agree = {"agree": "on"}
    calls = [
        lambda one=one: Client().post(
            reverse("trainees:sign", args=[token(links.SIGN, one)]), {"typed_name": one.name, **agree}
        )
        for one in others
    ]
    path = reverse("trainees:signature", args=[own.public_id])
    calls.append(lambda: signed_in(trainee).post(path, {"typed_name": own.name, **agree}))
    statuses = at_once(*calls)
    assert friendly(statuses), statuses
    agreement.refresh_from_db()
    assert agreement.signatures.filter(signed_at=None).count() == 0
    assert agreement.state == "sealed"
    assert agreement.internship.state == "agreed"
    assert Document.objects.filter(object_id=agreement.pk, kind__contains="agreement").count() <= 2


def test_attendance_is_confirmed_once() -> None:
    stay = agreed_stay()
    path = reverse("trainees:attendance", args=[token(links.ATTENDANCE, stay)])
    from tests.bad_input.crawl import forms_of

    page = Client().get(path).content.decode()
    form = next(form for form in forms_of(page, path) if form.action.startswith(path))
    statuses = at_once(*(lambda: Client().post(path, form.data()) for _tab in range(2)))
    assert friendly(statuses), statuses
    stay.refresh_from_db()
    assert stay.state == "confirmed"
    assert stay.confirmed_days == 5
    assert stay.log.filter(to_state="confirmed").count() == 1


def test_dossier_is_submitted_once() -> None:
    candidate = full_candidate()
    found = jury()
    client = signed_in(candidate)
    assert client.post(reverse("certification:dossier_open", args=["B"])).status_code == 302
    assert friendly(twice(candidate, reverse("certification:dossier_open", args=["B"]), {}))
    dossier = Dossier.objects.get(candidate=candidate)
    statuses = twice(candidate, reverse("certification:dossier_submit", args=[dossier.public_id]), {})
    assert friendly(statuses), statuses
    dossier.refresh_from_db()
    assert dossier.state == "submitted"
    assert dossier.log.filter(to_state="submitted").count() == 1
    assert found.session.pk


def test_vote_is_cast_once() -> None:
    found = jury()
    dossier = before_jury(found)
    path = reverse("certification:vote", args=[dossier.public_id])
    statuses = twice(found.second, path, {"vote": "yes", "reason": ""})
    assert friendly(statuses), statuses
    assert JuryVote.objects.filter(dossier=dossier, juror=found.second, vote="yes").count() == 1


def test_workshop_and_presentation_are_announced_once() -> None:
    desk = person(Role.HELPDESK)
    data = {"title": "Spring", "day": today().isoformat(), "city": "Lyon", "country": "FR", "language": "fr"}
    assert friendly(twice(desk, reverse("network:workshop_new"), data))
    from network.models import Presentation, Workshop

    assert Workshop.objects.count() == 1
    trainee = person(Role.TRAINEE)
    workshop, practice = WorkshopFactory(), authored_practice(trainee, published_at=now())
    path = reverse("network:present", args=[workshop.public_id])
    assert friendly(twice(trainee, path, {"practice": practice.public_id}))
    assert Presentation.objects.count() == 1
