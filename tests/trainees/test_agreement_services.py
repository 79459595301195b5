"""The agreement from its first version to the last signature: what is written, what is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from ecett.accounts.enums import Role
from ecett.core.clock import now, today
from ecett.core.models import Notification
from ecett.core.workflow import Blocked, Denied, StaleTransition
from tests.factories import (
    InternshipFactory,
    OrganisationFactory,
    person,
)
from tests.trainees.conftest import agreed_stay, by_link, letters, planned_stay, signing
from trainees import services
from trainees.models import Agreement, Internship, Project, Signature

pytestmark = pytest.mark.django_db


def test_agreement_says_everything_that_is_missing() -> None:
    stay = InternshipFactory(project__employer=None, project__employer_email="")
    with pytest.raises(Blocked) as refused:
        services.make_agreement(internship=stay, actor=stay.project.trainee)
    assert refused.value.reasons == [
        "Set at least one goal.",
        "Say in your profile who employs you.",
        "Say who approves your departure, with an e-mail address.",
        "Write the programme of the days.",
        "Say how you are insured during the stay.",
    ]
    assert not Agreement.objects.exists()


def test_agreement_asks_the_outsiders_in_their_language_and_once() -> None:
    stay = planned_stay(employer_language="nl", employer_email="an@oever.example")
    stay.host_language = "fr"
    stay.save()
    first = services.make_agreement(internship=stay, actor=stay.project.trainee)
    second = services.make_agreement(
        internship=Internship.objects.get(pk=stay.pk), actor=stay.project.trainee
    )
    assert first == second
    assert first.version == 1
    assert letters("sign_request") == [("an@oever.example", "nl"), ("maja@example.org", "fr")]
    assert first.document.context["parties"][0]["name"] == stay.project.trainee.get_full_name()
    assert first.language == "en"


def test_only_the_trainee_makes_the_agreement() -> None:
    stay = planned_stay()
    with pytest.raises(Denied):
        services.make_agreement(internship=stay, actor=person(Role.TRAINEE))


def test_last_signature_seals_and_begins_the_stay() -> None:
    agreement = signing()
    trainee, employer, host = agreement.signatures.order_by("pk")
    services.sign(signature=host, typed_name="Maja Lind", actor=by_link(host))
    services.sign(signature=trainee, typed_name="Ada", actor=trainee.user)
    agreement.refresh_from_db()
    assert agreement.state == "signing"
    services.sign(signature=employer, typed_name="Ann Boss", actor=by_link(employer))
    agreement = Agreement.objects.get(pk=agreement.pk)
    stay = agreement.internship
    assert (agreement.state, stay.state, stay.project.state) == ("sealed", "agreed", "do")
    assert set(agreement.signatures.values_list("signed_sha256", flat=True)) == {"a" * 64}
    assert agreement.sealed_document.supersedes == agreement.document
    said = agreement.sealed_document.context
    assert [row["hand"] for row in said["signatures"]] == ["Ada", "Ann Boss", "Maja Lind"]
    assert said["signed_text"] == "a" * 64
    assert len(letters("agreement_sealed")) == 3


def test_sign_twice_changes_nothing() -> None:
    agreement = signing()
    signature = agreement.signatures.get(party="host")
    first = services.sign(signature=signature, typed_name="Maja Lind", actor=by_link(signature))
    again = services.sign(signature=signature, typed_name="Somebody Else", actor=by_link(signature))
    assert (again.signed_name, again.signed_at) == ("Maja Lind", first.signed_at)


def test_sign_is_refused_to_everybody_else() -> None:
    agreement = signing()
    trainee, employer, host = agreement.signatures.order_by("pk")
    for actor in (by_link(employer), trainee.user, person(Role.HOST, organisation=OrganisationFactory())):
        with pytest.raises(Denied):
            services.sign(signature=host, typed_name="X", actor=actor)
    spokesperson = person(Role.HOST, organisation=agreement.internship.host.organisation)
    assert services.sign(signature=host, typed_name="Maja", actor=spokesperson).signed_at is not None


def test_sign_waits_for_the_document() -> None:
    stay = planned_stay()
    agreement = services.make_agreement(internship=stay, actor=stay.project.trainee)
    signature = agreement.signatures.get(party="host")
    with pytest.raises(Blocked, match="still being made"):
        services.sign(signature=signature, typed_name="Maja", actor=by_link(signature))


def test_replan_voids_the_agreement_tells_the_signers_and_allows_a_new_version() -> None:
    agreement = signing()
    host = agreement.signatures.get(party="host")
    services.sign(signature=host, typed_name="Maja", actor=by_link(host))
    stay = Internship.objects.get(pk=agreement.internship_id)
    services.replan(internship=stay, actor=stay.project.trainee)
    agreement.refresh_from_db()
    assert agreement.state == "void"
    assert agreement.document.__class__.objects.get(pk=agreement.document_id).revoked_at is not None
    assert len(letters("agreement_void")) == 2
    employer = agreement.signatures.get(party="employer")
    with pytest.raises(StaleTransition, match="withdrawn"):
        services.sign(signature=employer, typed_name="Ann", actor=by_link(employer))
    new = services.make_agreement(internship=Internship.objects.get(pk=stay.pk), actor=stay.project.trainee)
    assert new.version == 2


def test_remind_signer_once_in_three_days() -> None:
    agreement = signing()
    host = agreement.signatures.get(party="host")
    trainee = agreement.internship.project.trainee
    with pytest.raises(Blocked, match="You can remind again from"):
        services.remind_signer(signature=host, actor=trainee)
    Signature.objects.filter(pk=host.pk).update(asked_at=now() - dt.timedelta(days=4))
    services.remind_signer(signature=host, actor=trainee)
    assert letters("sign_reminder") == [("maja@example.org", "en")]
    with pytest.raises(Blocked, match="You can remind again from"):
        services.remind_signer(signature=host, actor=trainee)


def test_cancel_after_sealing_tells_everybody_and_reopens_planning() -> None:
    stay = agreed_stay(start=today() + dt.timedelta(days=20))
    services.cancel_internship(internship=stay, actor=stay.project.trainee, comment="I am ill.")
    stay.refresh_from_db()
    assert (stay.state, Project.objects.get(pk=stay.project_id).state) == ("cancelled", "plan")
    assert stay.agreements.get().state == "void"
    row = stay.log.get(step="cancel")
    assert (row.actor, row.comment) == (stay.project.trainee, "I am ill.")
    assert len(letters("stay_cancelled")) == 2
    assert "I am ill." in Notification.objects.filter(kind="trainees.stay_cancelled")[0].text


def test_drop_cancels_the_open_stay() -> None:
    stay = agreed_stay(start=today() + dt.timedelta(days=20))
    services.drop_project(project=stay.project, actor=stay.project.trainee, comment="New job")
    stay.refresh_from_db()
    project = Project.objects.get(pk=stay.project_id)
    assert (stay.state, project.state) == ("cancelled", "dropped")
    assert services.resume_project(project=project, actor=project.trainee).state == "plan"
