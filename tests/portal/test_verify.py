"""Checking a document: each state, each kind of file, typed codes, too many questions."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from certification import services
from certification.models import Certificate
from ecett.accounts.enums import Role
from ecett.core.documents import services as documents
from ecett.core.models import Document
from ecett.portal.views import verify
from tests.certification.scene import stay_of
from tests.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.KEYS_DIR = tmp_path / "keys"
    cache.clear()


def issued() -> Certificate:
    """A certificate whose row says that the file is there."""
    trainee = person(Role.TRAINEE, first_name="Marta", last_name="Zielińska")
    certificate = services.issue_internship_certificate(internship=stay_of(trainee), holder=trainee)
    Document.objects.filter(pk=certificate.document_id).update(state="ready", sha256="0" * 64, sealed=True)
    assert certificate.document is not None
    certificate.document.refresh_from_db()
    return certificate


def page(certificate: Certificate) -> str:
    assert certificate.document is not None
    return f"/verify/{certificate.document.code}/"


def test_valid_certificate_says_no_more_than_the_paper(client: Client) -> None:
    certificate = issued()
    html = client.get(page(certificate)).content.decode()
    for words in (
        "Valid",
        "Marta Zielińska",
        "Vågbrytaren, Göteborg, Sweden",
        certificate.number,
        "A: a visit",
    ):
        assert words in html
    assert certificate.holder.email not in html
    assert "Maja Lind" not in html


def test_words_of_the_paper_are_marked_as_being_in_its_language(client: Client) -> None:
    """A French certificate on an English page: labels are the reader's, what the paper says is marked French."""
    trainee = person(Role.TRAINEE, first_name="Marta", last_name="Zielińska")
    trainee.language = "fr"
    trainee.save()
    certificate = services.issue_internship_certificate(internship=stay_of(trainee), holder=trainee)
    assert certificate.document is not None
    assert certificate.document.language == "fr"
    said = certificate.document.context
    html = client.get(page(certificate)).content.decode()
    assert f'<h1><span lang="fr">{certificate.document.title}</span></h1>' in html
    assert f'<dt>Awarded on</dt><dd><span lang="fr">{said["awarded_on"]}</span></dd>' in html
    for label, value in said["told"]:
        assert f'<dt><span lang="fr">{label}</span></dt><dd><span lang="fr">{value}</span></dd>' in html
    assert "<dt>Holder</dt><dd>Marta Zielińska</dd>" in html, "a name is of no language"
    client.cookies["language"] = "fr"
    assert 'lang="fr">' + certificate.document.title not in client.get(page(certificate)).content.decode()


def test_certificate_under_review_is_not_called_valid(client: Client) -> None:
    certificate = issued()
    services.change_certificate(
        certificate=certificate, step="question", actor=person(Role.SECRETARY), comment="Secret doubts"
    )
    html = client.get(page(certificate)).content.decode()
    assert "Under review" in html
    assert "being looked into since" in html
    assert ">Valid<" not in html
    assert "Secret doubts" not in html


def test_revoked_certificate_says_since_when_and_why(client: Client) -> None:
    certificate = issued()
    services.change_certificate(
        certificate=certificate, step="revoke", actor=person(Role.SECRETARY), comment="Issued by mistake."
    )
    html = client.get(page(certificate)).content.decode()
    assert "Revoked on" in html
    assert "Issued by mistake." in html
    assert ">Valid<" not in html


def test_replaced_certificate_leads_to_the_newer(client: Client) -> None:
    certificate = issued()
    old = page(certificate)
    fresh = services.reissue_certificate(certificate=certificate, actor=person(Role.SECRETARY))
    html = client.get(old).content.decode()
    assert "Replaced" in html
    assert page(fresh) in html
    assert "Being made" in client.get(page(fresh)).content.decode()


def test_typed_code_with_spaces_and_small_letters_is_found(client: Client) -> None:
    certificate = issued()
    assert certificate.document is not None
    typed = certificate.document.code.lower().replace("-", " ")
    assert client.get("/verify/", {"code": f"  {typed} "}).url == page(certificate)
    assert client.get(f"/verify/{typed}/").url == page(certificate)


def test_unknown_code_is_explained(client: Client) -> None:
    answer = client.get("/verify/KKKKK-KKKKK-KKKKK/")
    assert answer.status_code == 404
    assert "never issued a document" in answer.content.decode()
    assert client.get("/verify/<script>/").status_code == 404
    assert b"<script>/" not in client.get("/verify/<script>/").content
    typed = client.get("/verify/", {"code": "nonsense"})
    assert typed.status_code == 404
    assert "No document has this code" in typed.content.decode()
    assert client.get("/verify/", {"code": "\x00" * 5}).status_code == 404
    assert client.get("/verify/").status_code == 200


def test_too_many_questions_are_asked_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "MOST", 3)
    codes = [client.get("/verify/KKKKK-KKKKK-KKKKK/").status_code for _n in range(4)]
    assert codes == [404, 404, 404, 429]
    assert client.get("/verify/", REMOTE_ADDR="10.0.0.9").status_code == 200
    assert client.get("/verify/KKKKK-KKKKK-KKKKK/", REMOTE_ADDR="10.0.0.9").status_code == 404


def test_cache_that_is_away_stops_nobody(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionError("no cache")

    monkeypatch.setattr(cache, "incr", away)
    assert client.get("/verify/KKKKK-KKKKK-KKKKK/").status_code == 404


def send(client: Client, certificate: Certificate, content: bytes, name: str = "certificate.pdf") -> Any:
    return client.post(page(certificate), {"file": SimpleUploadedFile(name, content)})


@pytest.mark.slow
def test_file_is_compared_with_the_one_we_made(client: Client, assets: Any) -> None:
    first, second = issued(), issued()
    contents = []
    for certificate in (first, second):
        Document.objects.filter(pk=certificate.document_id).update(state="queued", sha256="")
        assert documents.render(certificate.document_id) is True
        document = Document.objects.get(pk=certificate.document_id)
        with document.file.open("rb") as file:
            contents.append(file.read())
    assert "Intact" in send(client, first, contents[0]).content.decode()

    other = send(client, first, contents[1]).content.decode()
    assert "Another document" in other
    assert page(second) in other

    # One bit of the version in the head of the file.
    altered = contents[0][:7] + bytes([contents[0][7] ^ 1]) + contents[0][8:]
    assert "Altered" in send(client, first, altered).content.decode()
    assert "Altered" in send(client, first, contents[0] + b"\n% added\n").content.decode()
    assert "Not our file" in send(client, first, b"%PDF-1.7\nnot much of one\n%%EOF\n").content.decode()


def test_file_that_is_no_pdf_or_too_large_is_refused_in_words(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = issued()
    refused = send(client, certificate, b"just words", "certificate.pdf")
    assert refused.status_code == 422
    assert "but its content is not" in refused.content.decode()
    assert "Accepted: .pdf" in send(client, certificate, b"x", "photo.png").content.decode()
    monkeypatch.setattr(verify, "MAX_BYTES", 10)
    assert "at most" in send(client, certificate, b"%PDF-1.7 and more").content.decode()
