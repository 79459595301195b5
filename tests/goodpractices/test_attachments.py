"""Documents of a practice: who adds them, who must look at them first, who gets them, and what is kept of them."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ecett.core.models import Notification
from ecett.core.workflow import Blocked, Denied, perform
from goodpractices.documents import practice_paper
from goodpractices.models import Attachment, GoodPractice
from goodpractices.selectors.attachments import compare_attachments
from goodpractices.services import publish_practice, submit_practice
from goodpractices.services.attachments import file_name, sweep_files
from tests.core.documents_sent import WHO, openxml, pdf
from tests.factories import attachment, authored_practice, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> Any:
    return person("trainee")


@pytest.fixture
def desk() -> Any:
    return person("helpdesk")


@pytest.fixture
def expert() -> Any:
    return person("juror")


@pytest.fixture
def draft(author: Any) -> GoodPractice:
    return authored_practice(author, state="draft", anonymity_declared=True)


@pytest.fixture
def card(author: Any) -> GoodPractice:
    return authored_practice(author, state="published", anonymity_declared=True)


def page(practice: GoodPractice) -> str:
    return reverse("goodpractices:practice_attachments", args=[practice.public_id])


def detail(practice: GoodPractice) -> str:
    return reverse("goodpractices:practice_detail", args=[practice.public_id])


def send(client: Client, practice: GoodPractice, **data: Any) -> Any:
    fields = {
        "intent": "add", "title": "Plan for the first week", "language": "en", "anonymity_declared": "on",
        "file": SimpleUploadedFile("plan.pdf", pdf()), **data,
    }  # fmt: skip
    return client.post(page(practice), {name: value for name, value in fields.items() if value is not None})


def status(client: Client, address: str) -> int:
    answer: Any = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


# ── adding ──
def test_an_author_adds_a_document_and_it_is_kept_without_her_name(author: Any, draft: GoodPractice) -> None:
    client = signed_in(author)
    answer = send(client, draft, file=SimpleUploadedFile("Mein Plan.DOCX", openxml("docx")), language="de")
    assert (answer.status_code, answer["Location"]) == (302, page(draft))
    one = draft.attachments.get()
    assert (one.title, one.language, one.kind, one.state) == (
        "Plan for the first week",
        "de",
        "docx",
        "waiting",
    )
    with default_storage.open(file_name(one.sha256, one.kind)) as file:
        data = file.read()
    assert (len(data), WHO.encode() in data) == (one.size, False)


def test_sent_twice_it_is_one(author: Any, draft: GoodPractice) -> None:
    client = signed_in(author)
    for _time in range(2):
        assert send(client, draft).status_code == 302
    assert draft.attachments.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("file", None),
        ("file", SimpleUploadedFile("plan.pdf", b"<script>alert(1)</script>")),
        ("file", SimpleUploadedFile("plan.exe", b"MZ")),
        ("title", ""),
        ("title", "x" * 201),
        ("title", "\x00"),
        ("language", "xx"),
        ("anonymity_declared", None),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_the_words_stay(
    author: Any, draft: GoodPractice, field: str, value: Any
) -> None:
    answer = send(signed_in(author), draft, **{"title": "My own title", field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert draft.attachments.count() == 0
    if field != "title":
        assert "My own title" in answer.content.decode()


def test_a_title_that_may_say_who_somebody_is_is_asked_about(author: Any, draft: GoodPractice) -> None:
    client = signed_in(author)
    answer = send(client, draft, title="Week plan of Mr Jan Peeters")
    assert answer.status_code == 422
    assert "Jan Peeters" in str(answer.context["form"].errors["no_client"])
    assert "choose it once more" in str(answer.context["form"].errors["file"])
    assert send(client, draft, title="Week plan of Mr Jan Peeters", no_client="on").status_code == 302
    assert draft.attachments.get().cleared != []


def test_no_more_than_a_card_takes(author: Any, draft: GoodPractice, settings: Any) -> None:
    settings.PRACTICE_ATTACHMENTS = 2
    client = signed_in(author)
    assert "At most 2 documents" in client.get(page(draft)).content.decode()
    for number in (1, 2):
        assert send(client, draft, file=SimpleUploadedFile("a.pdf", pdf(pages=number))).status_code == 302
    answer = send(client, draft, file=SimpleUploadedFile("a.pdf", pdf(pages=3)))
    assert (answer.status_code, draft.attachments.count()) == (422, 2)
    assert "There are 2 attachments already" in answer.content.decode()


def test_nothing_changes_under_the_eyes_of_readers(author: Any, desk: Any, draft: GoodPractice) -> None:
    submitted = submit_practice(practice=draft, actor=author)
    client = signed_in(author)
    assert send(client, submitted)["Location"] == detail(draft)
    assert draft.attachments.count() == 0
    with pytest.raises(Denied):
        attachment(submitted, author)
    assert attachment(submitted, desk).state == "waiting"


def test_names_order_and_removal(author: Any, draft: GoodPractice) -> None:
    first, second, third = (attachment(draft, author) for _number in range(3))
    client = signed_in(author)

    def press(intent: str, one: Attachment, **data: str) -> int:
        return client.post(page(draft), {"intent": intent, "attachment": one.public_id, **data}).status_code

    def order() -> list[int]:
        return list(draft.attachments.exclude(state="removed").values_list("pk", flat=True))

    press("up", first)
    press("up", third)
    press("down", first)
    assert order() == [third.pk, first.pk, second.pk]
    name = first.public_id
    assert press("describe", first, **{f"{name}-title": "", f"{name}-language": "fr"}) == 422
    assert press("describe", first, **{f"{name}-title": "Le plan", f"{name}-language": "fr"}) == 302
    first.refresh_from_db()
    assert (first.title, first.language) == ("Le plan", "fr")
    assert status(client, third.file_url) == 200
    assert press("remove", third) == 302
    assert order() == [first.pk, second.pk]
    assert status(client, third.file_url) == 404
    assert press("remove", third) == 302
    assert press("sideways", first) == 302


def test_a_draft_is_kept_on_the_way_to_its_attachments(author: Any) -> None:
    client = signed_in(author)
    answer = client.post(
        reverse("goodpractices:practice_create"),
        {"intent": "attach", "title": "One phone number", "language": "en"},
    )
    practice = GoodPractice.objects.get(authors__user=author)
    assert (practice.title, answer["Location"]) == ("One phone number", page(practice))


# ── the desk looks ──
def test_a_card_goes_on_only_when_each_attachment_is_looked_at(
    author: Any, desk: Any, expert: Any, draft: GoodPractice
) -> None:
    shown, not_needed = attachment(draft, author), attachment(draft, author)
    read = submit_practice(practice=draft, actor=author)
    with pytest.raises(Blocked, match="Look at each attachment first"):
        perform(read, "pass_on", actor=desk)
    perform(shown, "show", actor=desk)
    with pytest.raises(Blocked, match="Please say why"):
        perform(not_needed, "leave_out", actor=desk)
    left_out = perform(not_needed, "leave_out", actor=desk, comment="The same as the text")
    published = publish_practice(practice=perform(read, "pass_on", actor=desk), actor=expert)
    assert published.state == "published"
    shown.refresh_from_db()
    assert (status(Client(), shown.file_url), status(Client(), left_out.file_url)) == (200, 404)
    assert (
        Notification.objects.filter(kind="goodpractices.attachment_left_out", recipient=author).count() == 1
    )
    assert not Notification.objects.filter(kind="goodpractices.attachment_shown").exists()


def test_only_the_desk_clears(author: Any, expert: Any, card: GoodPractice) -> None:
    one = attachment(card, author)
    for who in (author, expert):
        with pytest.raises(Denied):
            perform(one, "show", actor=who)
    address = reverse("goodpractices:attachment_step", args=[one.public_id, "show"])
    assert signed_in(author).post(address).status_code == 403
    assert signed_in(expert).post(address).status_code == 404


def test_a_new_one_on_a_published_card_waits(author: Any, desk: Any, card: GoodPractice) -> None:
    one = attachment(card, author, title="Plan for the first week")
    visitor, writer, reader = Client(), signed_in(author), signed_in(desk)
    assert one.title not in visitor.get(detail(card)).content.decode()
    assert (status(visitor, one.file_url), status(writer, one.file_url)) == (404, 200)
    queue = reader.get(reverse("goodpractices:practice_moderation")).content.decode()
    assert one.title in queue
    address = reverse("goodpractices:attachment_step", args=[one.public_id, "show"])
    assert reader.post(address)["Location"] == f"{detail(card)}#attachments"
    assert one.title in visitor.get(detail(card)).content.decode()
    assert status(visitor, one.file_url) == 200
    assert Notification.objects.get(kind="goodpractices.attachment_shown").recipient == author
    one.refresh_from_db()
    perform(one, "look_again", actor=desk)
    assert status(visitor, one.file_url) == 404


def test_the_reader_is_told_what_stands_in_it(author: Any, desk: Any, card: GoodPractice) -> None:
    data = openxml("docx", word__comments_dot_xml='<w:comments><w:comment w:author="Jan"/></w:comments>')
    send(signed_in(author), card, file=SimpleUploadedFile("a.docx", data))
    words = "Comments stand in it"
    assert words in signed_in(desk).get(detail(card)).content.decode()
    assert words in signed_in(author).get(page(card)).content.decode()


def test_the_database_shows_none_without_the_declaration(author: Any, card: GoodPractice) -> None:
    one = attachment(card, author)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=one.pk).update(state="shown", anonymity_declared=False)


# ── the file ──
def test_a_file_is_to_be_kept_and_never_shown_inside_the_portal(
    author: Any, desk: Any, card: GoodPractice
) -> None:
    one = perform(attachment(card, author, title="Πλάνο της εβδομάδας"), "show", actor=desk)
    answer: Any = Client().get(one.file_url)
    b"".join(answer.streaming_content)
    heads = answer.headers
    assert heads["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert (heads["Content-Type"], heads["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert heads["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert heads["Cache-Control"] == "private, max-age=31536000, immutable"
    for other in (one.file_url.replace(".pdf", ".html"), one.file_url.replace(one.sha256, "0" * 64)):
        assert status(Client(), other) == 404


def test_who_may_not_see_the_card_does_not_get_its_files(
    author: Any, desk: Any, expert: Any, draft: GoodPractice
) -> None:
    one = perform(attachment(draft, author), "show", actor=desk)
    others = {"visitor": Client(), "colleague": signed_in(person("trainee")), "expert": signed_in(expert)}
    assert {status(client, one.file_url) for client in others.values()} == {404}
    assert {status(signed_in(who), one.file_url) for who in (author, desk)} == {200}
    perform(submit_practice(practice=draft, actor=author), "pass_on", actor=desk)
    assert {who: status(client, one.file_url) for who, client in others.items()} == {
        "visitor": 404, "colleague": 404, "expert": 200,
    }  # fmt: skip


def test_a_withdrawn_card_takes_its_files_along(author: Any, desk: Any, card: GoodPractice) -> None:
    one = perform(attachment(card, author), "show", actor=desk)
    perform(card, "withdraw", actor=author, comment="We do it otherwise now")
    assert status(Client(), one.file_url) == 404


def test_the_sweep_takes_the_files_of_removed_ones_only(author: Any, card: GoodPractice) -> None:
    gone, stays = attachment(card, author), attachment(card, author)
    perform(gone, "remove", actor=author)
    old = time.time() - 2 * 24 * 3600
    for one in (gone, stays):
        os.utime(default_storage.path(file_name(one.sha256, one.kind)), (old, old))
    assert sweep_files() >= 1
    assert default_storage.exists(file_name(stays.sha256, stays.kind))
    assert not default_storage.exists(file_name(gone.sha256, gone.kind))


# ── what is kept and told of them ──
def test_versions_say_what_came_and_went(author: Any, desk: Any, draft: GoodPractice) -> None:
    stays, goes = attachment(draft, author, title="Plan"), attachment(draft, author, title="Old form")
    read = submit_practice(practice=draft, actor=author)
    asked = perform(read, "ask_changes", actor=desk, comment="Another form, please")
    perform(goes, "remove", actor=author)
    Attachment.objects.filter(pk=stays.pk).update(title="Plan for a week")
    attachment(asked, author, title="New form")
    submit_practice(practice=asked, actor=author)
    first, second = draft.versions.all()
    changes = compare_attachments(first.attachments, second.attachments)
    assert [(one.what, one.title, one.before) for one in changes] == [
        ("renamed", "Plan for a week", "Plan"), ("new", "New form", ""), ("gone", "Old form", ""),
    ]  # fmt: skip
    html = (
        signed_in(author)
        .get(reverse("goodpractices:version_compare", args=[draft.public_id]))
        .content.decode()
    )
    assert "<ins>New form</ins>" in html
    assert "<del>Old form</del>" in html
    history = signed_in(author).get(detail(draft)).content.decode()
    assert "Attachment “Old form”: Removed" in history


def test_programmes_learn_of_shown_ones_only(author: Any, desk: Any, card: GoodPractice) -> None:
    shown, waits = attachment(card, author, title="Plan"), attachment(card, author)
    perform(shown, "show", actor=desk)
    record = Client().get(reverse("api:practice_detail", args=[card.public_id])).json()
    told = record.get("attachments")
    assert told == [
        {
            "title": "Plan", "language": "en", "kind": "pdf", "size": shown.size,
            "url": told[0]["url"],
        }
    ]  # fmt: skip
    assert told[0]["url"].endswith(shown.file_url)
    assert waits.title not in str(record)


def test_on_paper_and_in_print_stands_what_can_be_had(author: Any, desk: Any, card: GoodPractice) -> None:
    shown, waits = attachment(card, author, title="Plan"), attachment(card, author, title="Not yet")
    perform(shown, "show", actor=desk)
    listed = practice_paper(card)["attachments"]
    assert [(one["title"], one["kind"]) for one in listed] == [("Plan", "PDF")]
    html = (
        signed_in(author).get(reverse("goodpractices:practice_print", args=[card.public_id])).content.decode()
    )
    assert ("Plan</span> · PDF" in html, waits.title in html, "QR code" in html) == (True, False, True)


@pytest.mark.parametrize("role", ["visitor", "author", "desk"])
def test_a_card_asks_as_much_with_thirty_attachments_as_with_one(
    author: Any, desk: Any, card: GoodPractice, settings: Any, role: str
) -> None:
    settings.PRACTICE_ATTACHMENTS = 30
    client = {"visitor": Client(), "author": signed_in(author), "desk": signed_in(desk)}[role]
    counts = []
    for more in (1, 29):
        for _number in range(more):
            one = perform(attachment(card, author), "show", actor=desk)
            if role != "visitor":
                perform(one, "leave_out", actor=desk, comment="Not needed")
        addresses = [detail(card)] if role == "visitor" else [detail(card), page(card)]
        with CaptureQueriesContext(connection) as queries:
            for address in addresses:
                assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
