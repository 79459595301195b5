"""Certificates: issued once, told once, questioned, revoked, made again."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from certification import receivers, services
from certification.models import Certificate
from certification.services import kinds
from certification.tasks import announce_certificate
from ecett.accounts.enums import Role
from ecett.core.actors import Actor
from ecett.core.documents.selectors import Standing, verification
from ecett.core.documents.signals import document_ready
from ecett.core.models import Document, Notification
from ecett.core.workflow import Blocked, Denied
from tests.certification.scene import full_candidate, stay_of
from tests.factories import InternshipFactory, ProjectFactory, person
from trainees.models import Companion
from trainees.services import confirm_attendance

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_confirmed_attendance_issues_a_certificate_to_trainee_and_companion() -> None:
    trainee, colleague = person(Role.TRAINEE), person(Role.TRAINEE)
    stay = InternshipFactory(
        project=ProjectFactory(trainee=trainee, state="do"),
        state="agreed",
        start="2026-10-05",
        end="2026-10-06",
    )
    stay.refresh_from_db()
    Companion.objects.create(internship=stay, name="Colleague", user=colleague)
    Companion.objects.create(internship=stay, name="Without account")
    host = Actor.link(purpose="attendance", subject=stay.pk, name="Maja", role="host", email=stay.host_email)

    confirm_attendance(internship=stay, days={stay.start: Decimal(1)}, actor=host)

    found = Certificate.objects.order_by("number")
    assert {one.holder for one in found} == {trainee, colleague}
    assert {one.level for one in found} == {"A"}
    year = found[0].awarded_on.year
    assert [one.number for one in found] == [f"A-{year}-1", f"A-{year}-2"]
    assert all(one.document is not None and one.document.kind == "certificate" for one in found)


def test_certificate_is_issued_once() -> None:
    trainee = person(Role.TRAINEE)
    stay = stay_of(trainee)
    first = services.issue_internship_certificate(internship=stay, holder=trainee)
    again = services.issue_internship_certificate(internship=stay, holder=trainee)
    assert first.pk == again.pk
    assert Certificate.objects.count() == 1
    assert first.document_id == again.document_id


def test_certificate_needs_a_confirmed_stay_and_somebody_who_was_there() -> None:
    planned = InternshipFactory()
    with pytest.raises(Blocked, match="not confirmed"):
        services.issue_internship_certificate(internship=planned, holder=planned.project.trainee)
    with pytest.raises(Blocked, match="did not take part"):
        services.issue_internship_certificate(
            internship=stay_of(person(Role.TRAINEE)), holder=person(Role.TRAINEE)
        )


def test_certificate_speaks_the_holders_language() -> None:
    trainee = person(Role.TRAINEE, first_name="Éva", last_name="Kovács")
    trainee.language = "fr"
    trainee.save()
    stay = stay_of(trainee)
    Companion.objects.create(internship=stay, name="Ελένη Παπαδοπούλου")
    certificate = services.issue_internship_certificate(internship=stay, holder=trainee)
    assert certificate.document is not None
    said = certificate.document.context
    assert certificate.document.language == "fr"
    assert said["holder"] == "Éva Kovács"
    assert said["facts"][0]["lines"] == ["Vågbrytaren", "Göteborg, Suède"]
    assert said["facts"][2]["lines"] == ["Ελένη Παπαδοπούλου"]


def test_holder_is_told_once_when_the_file_is_there() -> None:
    trainee = person(Role.TRAINEE)
    stay = stay_of(trainee)
    certificate = services.issue_internship_certificate(internship=stay, holder=trainee)
    assert services.announce(certificate_id=certificate.pk) is False
    certificate.document.state = "ready"
    certificate.document.save()

    assert services.announce_waiting() == 1
    assert services.announce(certificate_id=certificate.pk) is False

    letter = Notification.objects.get(kind=kinds.CERTIFICATE_READY)
    assert letter.email == trainee.email
    assert certificate.document.code in letter.text
    assert f"/documents/{certificate.document.public_id}/" in letter.text


def test_news_of_a_ready_certificate_and_of_no_other_document_tells_its_holder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[tuple[str, int]] = []
    monkeypatch.setattr(receivers, "send_task", lambda task, pk: sent.append((task, pk)))
    certificate = _issued()
    document = certificate.document
    document_ready.send(sender=Document, document=document)
    document.kind = kinds.MINUTES
    document_ready.send(sender=Document, document=document)
    assert sent == [(announce_certificate.name, certificate.pk)]


def _issued() -> Certificate:
    trainee = person(Role.TRAINEE)
    certificate = services.issue_internship_certificate(internship=stay_of(trainee), holder=trainee)
    assert certificate.document is not None
    certificate.document.state = "ready"
    certificate.document.save()
    return certificate


def test_questioned_certificate_is_under_review_until_confirmed() -> None:
    secretary, certificate = person(Role.SECRETARY), _issued()
    asked = services.change_certificate(
        certificate=certificate, step="question", actor=secretary, comment="Dates differ."
    )
    found = verification(asked.document)
    assert found.standing == Standing.VALID
    assert found.facts.under_review
    assert "being looked into since" in str(found.facts.note)
    back = services.change_certificate(
        certificate=asked, step="confirm", actor=secretary, comment="A typing error."
    )
    assert not verification(back.document).facts.under_review
    assert Notification.objects.filter(kind=kinds.CERTIFICATE_CHANGED, email=back.holder.email).count() == 2


def test_revoked_certificate_says_so_to_whoever_checks_it() -> None:
    secretary, certificate = person(Role.SECRETARY), _issued()
    with pytest.raises(Blocked):
        services.change_certificate(certificate=certificate, step="revoke", actor=secretary, comment=" ")
    services.change_certificate(
        certificate=certificate, step="revoke", actor=secretary, comment="Issued by mistake."
    )
    certificate.document.refresh_from_db()
    found = verification(certificate.document)
    assert (found.standing, found.revoked_reason) == (Standing.REVOKED, "Issued by mistake.")


def test_only_the_secretary_revokes() -> None:
    certificate = _issued()
    with pytest.raises(Denied):
        services.change_certificate(
            certificate=certificate, step="revoke", actor=certificate.holder, comment="No"
        )


def test_certificate_made_again_replaces_the_old_paper() -> None:
    certificate, secretary = _issued(), person(Role.SECRETARY)
    old = certificate.document
    holder = certificate.holder
    holder.first_name, holder.last_name, holder.language = "Ada", "Byron", "nl"
    holder.save()
    fresh = services.reissue_certificate(certificate=certificate, actor=secretary)
    again = services.reissue_certificate(certificate=fresh, actor=secretary)
    assert fresh.document_id == again.document_id != old.pk
    assert (fresh.holder_name, fresh.document.language) == ("Ada Byron", "nl")
    assert verification(old).standing == Standing.SUPERSEDED
    assert verification(old).superseded_by == fresh.document.code


def test_holder_sees_her_certificates_with_code_and_file(client: Client) -> None:
    certificate = _issued()
    client.force_login(certificate.holder)
    html = client.get("/certification/").content.decode()
    assert certificate.number in html
    assert f"/verify/{certificate.document.code}/" in html
    client.force_login(full_candidate())
    assert certificate.number not in client.get("/certification/").content.decode()
    assert client.get(f"/certification/certificates/{certificate.public_id}/").status_code == 404
