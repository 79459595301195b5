"""Signing an agreement, by link and by account, and what an altered or foreign link opens."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.core.clock import now
from ecett.core.models import Notification
from tests.factories import OrganisationFactory, person
from tests.trainees.conftest import agreed_stay, path_of, planned_stay, signed_in, signing
from trainees import links, services
from trainees.models import Internship, Signature

pytestmark = pytest.mark.django_db


# ── Signing ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_sign_by_link_without_an_account() -> None:
    agreement = signing()
    host = agreement.signatures.get(party="host")
    url = path_of(links.sign_url(host))
    visitor = Client()
    page = visitor.get(url)
    assert page.status_code == 200
    assert agreement.internship.project.goals.get().text in page.text
    assert "You sign as" in page.text
    assert visitor.post(url, {"typed_name": "Maja Lind"}).status_code == 422
    assert visitor.post(url, {"typed_name": "", "agree": "on"}).status_code == 422
    host.refresh_from_db()
    assert host.signed_at is None
    assert visitor.post(url, {"typed_name": "Maja Lind", "agree": "on"}).status_code == 302
    again = visitor.post(url, {"typed_name": "Other", "agree": "on"}, follow=True)
    assert "your signature is saved" in again.text
    host.refresh_from_db()
    assert host.signed_name == "Maja Lind"


def test_sign_speaks_the_language_of_the_letter() -> None:
    agreement = signing()
    Signature.objects.filter(agreement=agreement, party="host").update(language="nl")
    page = Client().get(path_of(links.sign_url(agreement.signatures.get(party="host"))))
    assert '<html lang="nl"' in page.text


def test_agreement_is_marked_as_being_in_its_own_language() -> None:
    """Made in French, read by a Dutch host: the page is hers, the agreement's words are said as French."""
    stay = planned_stay()
    agreement = services.make_agreement(internship=stay, actor=stay.project.trainee, language="fr")
    Signature.objects.filter(agreement=agreement, party="host").update(language="nl")
    page = Client().get(path_of(links.sign_url(agreement.signatures.get(party="host")))).text
    assert agreement.document is not None
    said = agreement.document.context
    assert '<html lang="nl"' in page
    assert f'<p class="lead"><span lang="fr">{said["lead"]}</span></p>' in page
    assert said["parties"][1]["label"] in page.split('<div lang="fr">')[1]


def test_sign_while_the_document_is_made_keeps_the_name() -> None:
    stay = planned_stay()
    agreement = services.make_agreement(internship=stay, actor=stay.project.trainee)
    url = path_of(links.sign_url(agreement.signatures.get(party="host")))
    page = Client().post(url, {"typed_name": "Maja Lind", "agree": "on"})
    assert page.status_code == 422
    assert "still being made" in page.text
    assert 'value="Maja Lind"' in page.text


def test_sign_a_void_version_is_told_clearly() -> None:
    agreement = signing()
    url = path_of(links.sign_url(agreement.signatures.get(party="host")))
    stay = Internship.objects.get(pk=agreement.internship_id)
    services.replan(internship=stay, actor=stay.project.trainee)
    page = Client().get(url)
    assert page.status_code == 200
    assert "can no longer be signed" in page.text
    assert Client().post(url, {"typed_name": "Maja", "agree": "on"}).status_code == 409


def test_altered_and_expired_links(monkeypatch: pytest.MonkeyPatch) -> None:
    agreement = signing()
    host = agreement.signatures.get(party="host")
    url = path_of(links.sign_url(host))
    assert Client().get(url[:-6] + "xxxxx/").status_code == 404
    with monkeypatch.context() as patched:
        patched.setattr(links, "ACT_DAYS", -1)
        old = path_of(links.sign_url(host))
    page = Client().get(old)
    assert page.status_code == 410
    token = old.removeprefix("/trainee/sign/").rstrip("/")
    renew = reverse("trainees:link_renew", args=["sign_agreement", token])
    assert renew in page.text
    before = Notification.objects.filter(kind="trainees.sign_reminder").count()
    assert "on its way" in Client().post(renew).text
    assert "on its way" in Client().post(renew).text
    sent = Notification.objects.filter(kind="trainees.sign_reminder")
    assert sent.count() == before + 1
    assert sent.get().email == host.email


def test_a_link_opens_nothing_else() -> None:
    agreement = signing()
    host = agreement.signatures.get(party="host")
    token = path_of(links.sign_url(host)).removeprefix("/trainee/sign/").rstrip("/")
    assert Client().get(reverse("trainees:attendance", args=[token])).status_code == 404
    assert Client().get(reverse("trainees:look_back_by_link", args=["host", token])).status_code == 404


def test_sign_with_an_account() -> None:
    agreement = signing()
    stay = agreement.internship
    host = agreement.signatures.get(party="host")
    url = reverse("trainees:signature", args=[host.public_id])
    assert signed_in(person(Role.HOST, organisation=OrganisationFactory())).get(url).status_code == 404
    assert signed_in(stay.project.trainee).get(url).status_code == 403
    client = signed_in(person(Role.HOST, organisation=stay.host.organisation))
    assert client.get(url).status_code == 200
    assert client.post(url, {"typed_name": "Maja", "agree": "on"}).status_code == 302
    host.refresh_from_db()
    assert host.signed_at is not None


def test_remind_button_says_when_it_may_be_used_again() -> None:
    agreement = signing()
    stay = agreement.internship
    trainee = agreement.signatures.get(party="trainee")
    services.sign(signature=trainee, typed_name="Ada", actor=stay.project.trainee)
    client = signed_in(stay.project.trainee)
    page = client.get(reverse("trainees:project_detail", args=[stay.project.public_id]))
    assert "Ann Boss" in page.text
    assert "Remind now" in page.text
    employer = agreement.signatures.get(party="employer")
    url = reverse("trainees:signature_remind", args=[employer.public_id])
    assert "You can remind again from" in client.post(url, follow=True).text
    Signature.objects.filter(pk=employer.pk).update(asked_at=now() - dt.timedelta(days=4))
    assert "has been sent to" in client.post(url, follow=True).text


# ── Who sees what ───────────────────────────────────────────────────────────────────────────────────────────
def test_the_sealed_agreement_opens_from_the_letter_without_an_account() -> None:
    stay = agreed_stay()
    agreement = stay.agreements.get()
    letter = Notification.objects.get(kind="trainees.agreement_sealed", email=stay.host_email)
    url = next(word for word in letter.text.split() if "/documents/" in word)
    page = Client().get(path_of(url))
    assert page.status_code == 200
    assert agreement.sealed_document.code in page.text
    assert Client().get(path_of(url).partition("?")[0]).status_code == 302
    other = agreed_stay().agreements.get().sealed_document
    foreign = reverse("core:document_page", args=[other.public_id])
    assert Client().get(f"{foreign}?{path_of(url).partition('?')[2]}").status_code == 404
