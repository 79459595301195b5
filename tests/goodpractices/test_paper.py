"""A practice as a file: the words in the reader's language, tagged, with the way back to the card."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from ecett.core.documents.services import render
from ecett.core.models import Document
from ecett.core.workflow import perform
from goodpractices.documents import ask_for_paper
from goodpractices.models import GoodPractice
from goodpractices.passages import fingerprint
from goodpractices.services import begin_translation, update_practice
from tests.factories import authored_practice, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> GoodPractice:
    return authored_practice(
        person("trainee"), title="A phone stays open", description="One number.\n\nFor a year.", language="en"
    )


def signed_in(user: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def test_pressing_twice_makes_one_paper_and_a_changed_card_another(practice: GoodPractice) -> None:
    client = signed_in(person("trainee"))
    address = reverse("goodpractices:practice_pdf", args=[practice.public_id])
    first = client.post(address)
    assert client.post(address).headers["Location"] == first.headers["Location"]
    paper = Document.objects.get()
    assert paper.context["url"].endswith(f"/good-practices/{practice.public_id}/")
    update_practice(practice=practice, actor=None, description="Two numbers.")
    assert client.post(address).headers["Location"] != first.headers["Location"]
    assert Document.objects.count() == 2


def test_who_may_not_read_the_card_may_not_read_its_paper(practice: GoodPractice) -> None:
    reader, author = person("trainee"), practice.authors.get().user
    paper = ask_for_paper(practice=practice, language="en", actor=reader)
    page = reverse("core:document_page", args=[paper.public_id])
    assert signed_in(reader).get(page).status_code == 200
    perform(practice, "withdraw", actor=author, comment="It is out of date.")
    assert signed_in(reader).get(page).status_code == 404
    address = reverse("goodpractices:practice_pdf", args=[practice.public_id])
    assert signed_in(reader).post(address).status_code == 404
    assert Client().post(address).status_code == 302


def test_paper_is_tagged_and_speaks_the_readers_language(practice: GoodPractice) -> None:
    reader, desk = person("trainee"), person("helpdesk", language="fr")
    texts = {"title": "Un téléphone reste ouvert", "description": "Un seul numéro."}
    begun = begin_translation(
        practice=practice, actor=reader, language="fr", texts=texts, read=fingerprint(practice.texts())
    )
    perform(perform(begun, "submit", actor=reader), "publish", actor=desk)
    paper = ask_for_paper(practice=practice, language="fr", actor=reader)
    assert paper.title == texts["title"]
    assert render(paper.pk)
    paper.refresh_from_db()
    with paper.file.open() as file:
        pdf = PdfReader(io.BytesIO(file.read()))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "fr"
    text = "".join(page.extract_text() for page in pdf.pages)
    assert texts["description"] in text
    assert practice.public_id in text
