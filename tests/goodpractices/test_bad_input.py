"""What people and machines send: addresses of cards that are not to be seen, pictures that are none, odd words.

Two editors of one card: `tests/hosts/test_two_editors.py`.
"""

from __future__ import annotations

import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ecett.core.workflow import perform
from goodpractices.models import Adoption, GoodPractice, Innovation
from goodpractices.services import begin_translation
from tests.factories import PracticeFactory, attachment, authored_practice, person

pytestmark = pytest.mark.django_db
PAGES = (
    "practice_detail", "practice_print", "practice_edit", "practice_attachments", "version_compare",
    "translation_new", "adoption_report",
)  # fmt: skip


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def statuses(client: Client, public_id: str) -> dict[str, int]:
    return {
        name: client.get(reverse(f"goodpractices:{name}", args=[public_id])).status_code for name in PAGES
    }


# ── addresses ──
@pytest.mark.parametrize("state", ["draft", "submitted", "with_expert", "changes", "rejected"])
def test_a_hidden_card_has_no_address_for_others_and_tells_nothing(state: str) -> None:
    practice = authored_practice(person("trainee"), state=state, title="Only for its readers")
    for client in (signed_in(person("trainee")), Client()):
        found = statuses(client, practice.public_id)
        # Whoever is not signed in is asked to, before anything is looked up.
        assert set(found.values()) <= ({404} if "_auth_user_id" in client.session else {404, 302})
        assert found["practice_detail"] == found["practice_print"] == 404
        missing = client.get(reverse("goodpractices:practice_detail", args=[practice.public_id]))
        assert practice.title not in missing.content.decode()
    assert Client().get(reverse("api:practice_detail", args=[practice.public_id])).status_code == 404


def test_a_withdrawn_card_says_so_on_paper_too() -> None:
    author = person("trainee")
    practice = authored_practice(author, state="published", anonymity_declared=True)
    perform(practice, "withdraw", actor=author, comment="We do it otherwise now")
    for name in ("practice_detail", "practice_print"):
        answer = Client().get(reverse(f"goodpractices:{name}", args=[practice.public_id]))
        assert (answer.status_code, "We do it otherwise now" in answer.content.decode()) == (410, True)


@pytest.mark.parametrize("public_id", ["0" * 12, "x", "-", "9" * 300])
def test_an_address_of_nothing_is_not_there(public_id: str) -> None:
    assert set(statuses(signed_in(person("admin")), public_id).values()) == {404}


def test_a_deleted_card_takes_all_its_addresses_along() -> None:
    author, desk = person("trainee"), person("helpdesk")
    practice = authored_practice(author, state="published", anonymity_declared=True)
    document = perform(attachment(practice, author), "show", actor=desk)
    translation = begin_translation(
        practice=practice, actor=author, language="fr", texts={"title": "…"}, read=""
    )
    public_id = practice.public_id
    practice.delete()
    assert set(statuses(signed_in(desk), public_id).values()) == {404}
    for address in (
        document.file_url,
        reverse("goodpractices:translation_edit", args=[translation.public_id]),
        reverse("api:practice_detail", args=[public_id]),
    ):
        assert signed_in(desk).get(address).status_code == 404


# ── pictures of an innovation ──
def bomb(side: int = 40_000) -> bytes:
    """A PNG that says it has so many pixels a side; the file is small."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = zlib.compress(b"\x00" * 10_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.jpg", b"<script>alert(1)</script>", "its content is not"),
        ("a.png", b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", "damaged"),
        ("a.svg", b"<svg onload='alert(1)'/>", "not accepted here"),
        ("a.png", bomb(), "enormous"),
    ],
)
@pytest.mark.parametrize("where", ["innovation", "attachment"])
def test_a_disguised_picture_or_a_bomb_is_refused_beside_its_field(
    where: str, name: str, data: bytes, words: str
) -> None:
    author = person("trainee")
    practice = authored_practice(author, state="published")
    adoption = Adoption.objects.create(
        practice=practice, reported_by=author, reporter_name="Ada", organisation="De Oever", country="BE",
        since="2026-01-01", outcome="kept",
    )  # fmt: skip
    innovation = Innovation.objects.create(adoption=adoption, title="A phone", answers={"done": "It rings."})
    upload = SimpleUploadedFile(name, data)
    if where == "innovation":
        address = reverse("goodpractices:innovation_pictures", args=[adoption.public_id])
        sent = {"alt": "Typed with care"}
    else:
        address = reverse("goodpractices:practice_attachments", args=[practice.public_id])
        sent = {"title": "Typed with care", "language": "en", "anonymity_declared": "on"}
    answer = signed_in(author).post(address, {"intent": "add", "file": upload, **sent})
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors["file"])
    assert "Typed with care" in answer.content.decode()
    assert (innovation.pictures.count(), practice.attachments.count()) == (0, 0)


# ── the list ──
@pytest.mark.parametrize(
    "words",
    [
        "AND OR NOT ( | & !", "\"'`´", "x" * 10_000, "'; DROP TABLE x; --", "<script>x()</script>", "🙂🙂",
        "\u202eأهلا", "\x01\x02", ":*",
    ],
)  # fmt: skip
def test_the_search_box_of_practices_takes_what_people_paste(words: str) -> None:
    PracticeFactory(title="One phone for a year")
    answer = Client().get(reverse("goodpractices:practice_list"), {"q": words})
    assert answer.status_code == 200
    assert "<script>x()" not in answer.content.decode()


def test_a_filter_nobody_knows_shows_nothing_and_is_named() -> None:
    practice = PracticeFactory(title="One phone for a year")
    for name in ("sector", "target", "kind", "language", "country", "evidence"):
        html = Client().get(reverse("goodpractices:practice_list"), {name: "n0nsense"}).content.decode()
        assert practice.title not in html, name
        assert "n0nsense" in html, name
    assert GoodPractice.objects.count() == 1
