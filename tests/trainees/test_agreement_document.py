"""The agreement as a file, letters in every language, and two people who sign at the same moment."""

from __future__ import annotations

import datetime as dt
import io
import json
import threading
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from ecett.core import clock
from ecett.core.actors import Actor
from ecett.core.documents import registry
from ecett.core.documents import services as documents
from ecett.core.documents.selectors import Standing, verification
from ecett.core.models import Document, Notification
from ecett.core.notifications.registry import kinds
from tests.trainees.conftest import make_ready, planned_stay, sign_all
from trainees import links, services
from trainees.documents import agreement_context
from trainees.models import Agreement, Internship, Project


def text_of(document: Document) -> str:
    """The words of the made file, spaces joined."""
    with document.file.open("rb") as file:
        pages = PdfReader(io.BytesIO(file.read())).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.django_db
def test_agreement_and_its_sealed_copy_say_what_was_agreed(
    settings: Any, tmp_path: Any, client: Client
) -> None:
    settings.MEDIA_ROOT = tmp_path
    stay = planned_stay(problem="Only for the helpdesk")
    services.add_goal(project=stay.project, text="Łódź & Ελλάδα <b>bold</b>")
    agreement = services.make_agreement(internship=stay, actor=stay.project.trainee)
    assert documents.render(agreement.document_id)
    shown = Document.objects.get(pk=agreement.document_id)
    said = text_of(shown)
    for words in ("Learning agreement", stay.host.name, "Ann Boss", "Welcome, house rules", "<b>bold</b>"):
        assert words in said
    # What she told the helpdesk of her workplace is not the host's to read.
    assert "Only for the helpdesk" not in said
    # The file carries the portal's seal, the agreement lacks signatures: the page that checks it says so.
    assert shown.sealed
    page = client.get(reverse("portal:verify", args=[shown.code])).content.decode()
    assert "without signatures" in page
    assert "Not signed" in page
    assert ">Valid<" not in page
    sign_all(Agreement.objects.get(pk=agreement.pk))
    agreement.refresh_from_db()
    assert documents.render(agreement.sealed_document_id)
    sealed = Document.objects.get(pk=agreement.sealed_document_id)
    assert sealed.sealed
    assert shown.sha256 in text_of(sealed).replace(" ", "")
    assert verification(Document.objects.get(pk=shown.pk)).standing == Standing.SUPERSEDED
    facts = registry.get("agreement").verify(sealed)  # type: ignore[misc]
    assert facts.note == ""
    assert [value for _label, value in facts.facts][:2] == [stay.project.number, "1"]
    assert len(facts.facts) == 5
    assert ">Valid<" in client.get(reverse("portal:verify", args=[sealed.code])).content.decode()


@pytest.mark.django_db
def test_agreement_context_speaks_the_active_language() -> None:
    stay = planned_stay()
    agreement = services.make_agreement(internship=stay, actor=stay.project.trainee, language="fr")
    assert agreement.document.language == "fr"
    with translation.override("en"):
        said = agreement_context(agreement)
    assert [party["label"] for party in said["parties"]] == [
        "Trainee",
        "Employer and sending organisation",
        "Host",
    ]
    assert said["signatures"][0]["open"] is True
    assert said["signatures"][0]["hand"] == ""
    json.dumps(said)


@pytest.mark.django_db
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_letter_can_be_written_in_every_language(language: str) -> None:
    from decimal import Decimal

    stay = planned_stay(start=clock.today() - dt.timedelta(days=4), employer_language=language)
    trainee = stay.project.trainee
    trainee.language = language
    trainee.save()
    Internship.objects.filter(pk=stay.pk).update(host_language=language)
    stay = Internship.objects.get(pk=stay.pk)
    agreement = services.make_agreement(internship=stay, actor=trainee)
    services.replan(internship=Internship.objects.get(pk=stay.pk), actor=trainee)
    agreement = services.make_agreement(internship=Internship.objects.get(pk=stay.pk), actor=trainee)
    make_ready(agreement.document)
    sign_all(agreement)
    stay = Internship.objects.get(pk=stay.pk)
    assert services.ask_attendance(internship=stay)
    host = Actor.link(purpose="attendance", subject=stay.pk, name="M", role="host", email=stay.host_email)
    services.confirm_attendance(internship=stay, days={stay.start: Decimal("0.5")}, actor=host)
    written = Notification.objects.filter(kind__startswith="trainees.")
    assert set(written.values_list("language", flat=True)) == {language}
    wanted = {kind.name for kind in kinds() if kind.name.startswith("trainees.")}
    never = {"sign_reminder", "stay_cancelled", "project_dropped", "all_looked_back", "evaluation_hidden"}
    assert set(written.values_list("kind", flat=True)) == wanted - {f"trainees.{name}" for name in never}
    for letter in written:
        assert "{{" not in letter.text
        assert letter.subject_line


@pytest.mark.django_db(transaction=True)
def test_two_last_signatures_at_once_seal_once() -> None:
    stay = planned_stay()
    agreement = services.make_agreement(internship=stay, actor=stay.project.trainee)
    make_ready(agreement.document)
    trainee, employer, host = agreement.signatures.order_by("pk")
    services.sign(signature=trainee, typed_name="Ada", actor=trainee.user)
    barrier = threading.Barrier(4)
    errors: list[BaseException] = []

    def run(signature: Any) -> None:
        actor = Actor.link(
            purpose=links.SIGN,
            subject=signature.pk,
            name=signature.name,
            role=signature.party,
            email=signature.email,
        )
        try:
            barrier.wait(10)
            services.sign(signature=signature, typed_name=signature.name, actor=actor)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    # Each of the two clicks twice.
    threads = [threading.Thread(target=run, args=(row,)) for row in (employer, host, employer, host)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert errors == []
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert agreement.state == "sealed"
    assert agreement.log.filter(step="seal").count() == 1
    assert Project.objects.get(pk=stay.project_id).state == "do"
    assert Document.objects.filter(supersedes=agreement.document_id).count() == 1
    assert Notification.objects.filter(kind="trainees.agreement_sealed").count() == 3


@pytest.mark.django_db(transaction=True)
def test_changing_the_plan_while_somebody_signs_never_deadlocks() -> None:
    for _round in range(3):
        stay = planned_stay()
        agreement = services.make_agreement(internship=stay, actor=stay.project.trainee)
        make_ready(agreement.document)
        host = agreement.signatures.get(party="host")
        actor = Actor.link(purpose=links.SIGN, subject=host.pk, name="M", role="host", email=host.email)
        barrier = threading.Barrier(2)
        outcome: list[str] = []

        def work(name: str, change: Any, barrier: Any = barrier, outcome: Any = outcome) -> None:
            try:
                barrier.wait(10)
                change()
                outcome.append(name)
            except Exception as error:
                outcome.append(f"{name}: {type(error).__name__}")
            finally:
                connection.close()

        fresh = Internship.objects.get(pk=stay.pk)
        changes = {
            "sign": lambda host=host, actor=actor: services.sign(signature=host, typed_name="M", actor=actor),
            "replan": lambda fresh=fresh: services.replan(internship=fresh, actor=fresh.project.trainee),
        }
        threads = [threading.Thread(target=work, args=item) for item in changes.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sorted(outcome) in (["replan", "sign"], ["replan", "sign: StaleTransition"])
        assert Agreement.objects.get(pk=agreement.pk).state == "void"


def test_check_goals_answers_line_by_line(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    lines = [
        {
            "id": 1,
            "lang": "en",
            "text": "By 30 June 2027 every resident has a contact person within 14 days.",
        },
        {"id": 2, "lang": "xx", "text": "x"},
    ]
    text = "\n".join(json.dumps(line) for line in lines)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    with pytest.raises(SystemExit) as ended:
        call_command("check_goals")
    first, second = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ended.value.code == 1
    assert (first["id"], first["M"]) == (1, "ok")
    assert second["id"] == 2
    assert "lang" in second["text"]
