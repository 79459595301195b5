"""Who may read a document, and what its page says at each moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecett.accounts.models import User
from ecett.core import links
from ecett.core.documents import services
from ecett.core.models import Document
from ecett.core.models.document import DocumentState
from tests.core.document_kinds import test_kind
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kind(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.KEYS_DIR = tmp_path / "keys"
    monkeypatch.setattr("ecett.core.dispatch.send_task", lambda *_args: True)
    monkeypatch.setattr(services.rendering, "render_pdf", lambda **_kw: b"%PDF-1.7 a document")
    monkeypatch.setattr(services.sealing, "seal", lambda pdf, **_kw: pdf)
    with test_kind():
        yield


@pytest.fixture
def owner() -> User:
    return UserFactory(first_name="Marta", last_name="Zielińska")


@pytest.fixture
def document(owner: User) -> Document:
    return services.request_document(kind="test", subject=owner, language="en")


@pytest.fixture
def ready(document: Document) -> Document:
    services.render(document.pk)
    document.refresh_from_db()
    return document


def url(document: Document, name: str = "page", key: str = "") -> str:
    path = reverse(f"core:document_{name}", args=[document.public_id])
    return f"{path}?key={key}" if key else path


def key_for(document: Document, **changes: Any) -> str:
    return links.make(
        **{"purpose": "document", "subject": document, "email": "e@x.example", "days": 9, **changes}
    )


def test_file_comes_with_a_good_name_and_stays_a_pdf(client: Client, owner: User, ready: Document) -> None:
    client.force_login(owner)
    response = client.get(url(ready, "file"))
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"%PDF-1.7 a document"  # type: ignore[attr-defined]
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        f'inline; filename="certificate-marta-zielinska-{ready.code}.pdf"'
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    response.close()


@pytest.mark.parametrize("name", ["page", "file", "progress"])
def test_document_of_somebody_else_does_not_exist(name: str, client: Client, ready: Document) -> None:
    client.force_login(UserFactory())
    assert client.get(url(ready, name)).status_code == 404


@pytest.mark.parametrize("name", ["page", "file", "progress"])
def test_visitor_is_asked_to_sign_in(name: str, client: Client, ready: Document) -> None:
    response = client.get(url(ready, name))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_document_that_is_not_there_is_404(client: Client, owner: User) -> None:
    client.force_login(owner)
    assert client.get("/documents/bcdfghjkmnpq/").status_code == 404


def test_signed_link_opens_page_and_file_of_its_document(client: Client, ready: Document) -> None:
    key = key_for(ready)
    page = client.get(url(ready, "page", key))
    assert page.status_code == 200
    assert f"/file/?key={key}" in page.content.decode()
    response = client.get(url(ready, "file", key))
    assert response.status_code == 200
    response.close()


def test_signed_link_opens_no_other_document(client: Client, ready: Document, owner: User) -> None:
    other = services.request_document(kind="test", subject=owner, language="en")
    assert client.get(url(ready, "file", key_for(other))).status_code == 404
    assert client.get(url(ready, "file", key_for(ready, purpose="proposal"))).status_code == 404
    assert client.get(url(ready, "file", key_for(owner))).status_code == 404


def test_expired_link_says_so(client: Client, ready: Document) -> None:
    response = client.get(url(ready, "file", key_for(ready, days=-1)))
    assert response.status_code == 410
    assert "This link has expired" in response.content.decode()


def test_page_while_it_is_made_looks_again_by_itself(client: Client, owner: User, document: Document) -> None:
    client.force_login(owner)
    page = client.get(url(document)).content.decode()
    assert "Your document is being made" in page
    assert f'hx-get="{url(document, "progress")}"' in page
    assert '<meta http-equiv="refresh"' in page
    response = client.get(url(document, "file"))
    assert (response.status_code, response["Location"]) == (302, url(document))


def test_progress_is_a_part_for_htmx_and_the_page_for_everyone_else(
    client: Client, owner: User, document: Document
) -> None:
    client.force_login(owner)
    part = client.get(url(document, "progress"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Your document is being made" in part
    services.render(document.pk)
    part = client.get(url(document, "progress"), headers={"HX-Request": "true"}).content.decode()
    assert url(document, "file") in part
    assert "hx-get" not in part
    assert client.get(url(document, "progress"))["Location"] == url(document)


def test_failed_document_can_be_tried_again_from_its_page(
    client: Client, owner: User, document: Document
) -> None:
    Document.objects.filter(pk=document.pk).update(
        state=DocumentState.FAILED, attempts=5, error="KeyError: 'x'"
    )
    client.force_login(owner)
    page = client.get(url(document)).content.decode()
    assert "This document could not be made" in page
    assert "KeyError" not in page
    assert client.get(url(document, "file")).status_code == 503
    assert client.get(url(document, "retry")).status_code == 405
    assert client.post(url(document, "retry"))["Location"] == url(document)
    document.refresh_from_db()
    assert (document.state, document.attempts) == (DocumentState.QUEUED, 0)


def test_machine_without_pdf_library_is_explained(client: Client, owner: User, document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(
        state=DocumentState.FAILED, error="PdfUnavailable: no pango"
    )
    client.force_login(owner)
    assert "lacks a part that makes PDF files" in client.get(url(document)).content.decode()
    assert client.get(url(document, "file")).status_code == 503


def test_file_that_is_gone_from_the_disk_is_503(client: Client, owner: User, ready: Document) -> None:
    Path(ready.file.path).unlink()
    client.force_login(owner)
    response = client.get(url(ready, "file"))
    assert response.status_code == 503
    assert "cannot be found" in response.content.decode()


def test_page_tells_of_revocation_and_of_a_newer_version(
    client: Client, owner: User, ready: Document
) -> None:
    newer = services.supersede(document=ready)
    client.force_login(owner)
    assert url(newer) in client.get(url(ready)).content.decode()
    services.revoke(document=ready, reason="Wrong <b>name</b>", actor=owner)
    page = client.get(url(ready)).content.decode()
    assert "This document has been revoked" in page
    assert "Wrong &lt;b&gt;name&lt;/b&gt;" in page


def test_page_shows_the_code_and_where_to_check_it(client: Client, owner: User, ready: Document) -> None:
    client.force_login(owner)
    page = client.get(url(ready)).content.decode()
    assert f'<a href="/verify/{ready.code}/">{ready.code}</a>' in page
