"""Letters: in the recipient's language, none lost, none sent twice, no value taken for markup."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecett.core import clock
from ecett.core.models import Notification
from ecett.core.models.notification import NotificationState
from ecett.core.notifications import letters, registry, services
from ecett.core.notifications.letters import linked
from ecett.core.notifications.registry import NotificationKind
from ecett.core.notifications.services import Address, notify
from tests.factories import UserFactory

NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)
URL = "https://portal.example/proposals/xyz~sig/"
MAJA = Address("maja@host.example", "Maja Lindqvist", "en")
TEMPLATE = """{% load i18n %}{% translate "November" %}: {{ name }}

{{ name }} asks for five days.
Please answer.

More: https://portal.example/help?a=1&b=2.

Answer here: {{ action_url }}
"""


@pytest.fixture(autouse=True)
def kind(settings: Any, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """The kind "test" with a template of its own; call it to give the template another text."""
    templates = [dict(settings.TEMPLATES[0])]
    templates[0]["DIRS"] = [tmp_path, *templates[0]["DIRS"]]
    settings.TEMPLATES = templates
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PORTAL_URL = "https://portal.example"

    def write(text: str) -> None:
        (tmp_path / "letter.txt").write_text(text)

    write(TEMPLATE)
    registry.register(NotificationKind("test", "letter", _("Monday")))
    yield write
    registry.unregister("test")


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Stop the clock; call it to put it forward."""
    now = [NOW]
    monkeypatch.setattr(clock, "now", lambda: now[0])

    def forward(**span: float) -> None:
        now[0] += dt.timedelta(**span)

    return forward


@pytest.fixture(autouse=True)
def sent_tasks(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    tasks: list[tuple[Any, ...]] = []
    monkeypatch.setattr("ecett.core.dispatch.send_task", lambda *args: tasks.append(args) or True)
    return tasks


def write_letter(to: Any = MAJA, **context: Any) -> Notification:
    return notify(kind="test", to=to, context={"name": "Lotte Claes", **context}, action_url=URL)


# ── Writing ─────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_notify_makes_subject_text_and_html_from_one_template() -> None:
    letter = write_letter()
    assert letter.subject_line == "November: Lotte Claes"
    assert letter.text == (
        "Hello Maja Lindqvist,\n\nLotte Claes asks for five days.\nPlease answer.\n\n"
        "More: https://portal.example/help?a=1&b=2.\n\n"
        f"Answer here: {URL}\n\n"
        "-- \nYou get this e-mail because Monday.\nSent by the ECETT portal: https://portal.example\n"
    )
    assert f'<a href="{URL}"' in letter.html
    assert ">Answer here</a>" in letter.html
    assert 'href="https://portal.example/help?a=1&amp;b=2"' in letter.html
    assert "five days.<br>\nPlease answer." in letter.html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "month", "kept"),
    [("fr", "novembre", "fr"), ("nl-be", "november", "nl"), ("sv", "November", "en"), ("", "November", "en")],
)
def test_notify_speaks_the_recipients_language(language: str, month: str, kept: str) -> None:
    letter = write_letter(Address("x@y.example", "", language))
    assert letter.subject_line == f"{month}: Lotte Claes"
    assert letter.language == kept
    assert f'<html lang="{kept}">' in letter.html


@pytest.mark.django_db
def test_address_of_the_button_is_punctuated_as_its_language_does() -> None:
    assert f"Answer here: {URL}" in write_letter(to=Address("a@example.org", "An", "nl")).text
    assert (
        f"Answer here\N{NO-BREAK SPACE}: {URL}" in write_letter(to=Address("a@example.org", "An", "fr")).text
    )


@pytest.mark.django_db
def test_notify_of_a_person_takes_her_address_name_and_language() -> None:
    user = UserFactory(first_name="An", last_name="De Wilde", language="fr")
    letter = write_letter(user)
    assert (letter.recipient, letter.email, letter.name) == (user, user.email, "An De Wilde")
    assert letter.subject_line.startswith("novembre")


@pytest.mark.django_db
def test_script_in_a_value_is_text_in_both_parts() -> None:
    letter = write_letter(name='<script>alert("x")</script>')
    assert '<script>alert("x")</script> asks' in letter.text
    assert "<script" not in letter.html
    assert "&lt;script&gt;" in letter.html


@pytest.mark.django_db
def test_line_break_in_a_value_is_no_new_header(time: Callable[..., None]) -> None:
    letter = write_letter(
        Address("x@y.example", "Maja\r\nBcc: all@y.example"), name="Lotte\r\nBcc: all@y.example"
    )
    assert services.send(letter.pk)
    (message,) = mail.outbox
    assert message.to == ['"Maja Bcc: all@y.example" <x@y.example>']
    assert message.message()["Bcc"] is None


@pytest.mark.django_db
def test_notify_without_the_address_in_its_text_adds_it(kind: Callable[[str], None]) -> None:
    kind("A subject\n\nA text.\n")
    letter = write_letter()
    assert f"Open it in the portal: {URL}" in letter.text
    assert ">Open it in the portal</a>" in letter.html


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "Only a subject", "\n\n"])
def test_notify_refuses_a_template_without_subject_or_text(text: str, kind: Callable[[str], None]) -> None:
    kind(text)
    with pytest.raises(letters.TemplateFaulty):
        write_letter()


@pytest.mark.django_db
def test_notify_refuses_half_an_address() -> None:
    with pytest.raises(ValueError, match="whole address"):
        notify(kind="test", to=MAJA, context={"name": "x"}, action_url="/proposals/")


@pytest.mark.django_db
def test_notify_of_an_unknown_kind_names_those_that_exist() -> None:
    with pytest.raises(registry.KindUnknown, match="test"):
        notify(kind="nothing", to=MAJA, context={})


@pytest.mark.django_db(transaction=True)
def test_letter_of_a_transaction_that_fails_is_never_written(sent_tasks: list[Any]) -> None:
    def fail() -> None:
        with transaction.atomic():
            write_letter()
            raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"):
        fail()
    assert (Notification.objects.count(), sent_tasks) == (0, [])
    letter = write_letter()
    assert sent_tasks == [(services.SEND_TASK, letter.pk)]


# ── Sending ─────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_send_hands_over_both_parts_once(time: Callable[..., None]) -> None:
    letter = write_letter()
    assert [services.send(letter.pk), services.send(letter.pk)] == [True, False]
    (message,) = mail.outbox
    whole = message.message()
    assert [part.get_content_type() for part in whole.get_payload()] == ["text/plain", "text/html"]
    assert whole["Message-ID"] == f"<{letter.public_id}@portal.example>"
    assert whole["Auto-Submitted"] == "auto-generated"
    assert whole["To"] == "Maja Lindqvist <maja@host.example>"
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, letter.attempts) == (NotificationState.SENT, NOW, 1)


@pytest.mark.django_db
def test_send_that_fails_pauses_longer_each_time_and_then_gives_up(
    time: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = write_letter()
    monkeypatch.setattr(EmailBackend, "send_messages", _raise(smtplib.SMTPServerDisconnected("gone")))
    pauses = []
    for _attempt in range(len(services.PAUSES) + 1):
        assert not services.send(letter.pk)
        assert not services.send(letter.pk), "a pause is kept"
        letter.refresh_from_db()
        pauses.append(letter.leased_until - clock.now() if letter.leased_until else None)
        time(days=1)
    assert pauses == [*services.PAUSES, None]
    assert (letter.state, letter.error) == (NotificationState.FAILED, "SMTPServerDisconnected: gone")


def _raise(error: Exception) -> Callable[..., int]:
    def send_messages(*_args: Any) -> int:
        raise error

    return send_messages


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "state"),
    [(550, NotificationState.FAILED), (451, NotificationState.QUEUED)],
    ids=["never", "not now"],
)
def test_address_that_is_refused_for_good_is_not_tried_again(
    code: int, state: str, time: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = write_letter()
    refused = smtplib.SMTPRecipientsRefused({"maja@host.example": (code, b"no such user")})
    monkeypatch.setattr(EmailBackend, "send_messages", _raise(refused))
    services.send(letter.pk)
    letter.refresh_from_db()
    assert letter.state == state


@pytest.mark.django_db
def test_sweep_sends_what_lost_its_task_and_what_has_paused(time: Callable[..., None]) -> None:
    lost = write_letter()
    paused = write_letter()
    Notification.objects.filter(pk=lost.pk).update(created_at=NOW)
    Notification.objects.filter(pk=paused.pk).update(leased_until=NOW + dt.timedelta(minutes=5), attempts=2)
    assert services.sweep() == 0
    time(seconds=11)
    assert services.sweep() == 1
    time(minutes=6)
    assert services.sweep() == 1
    assert services.sweep() == 0
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_sweep_without_a_mail_server_uses_up_no_try(
    time: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = write_letter()
    time(days=1)

    def away(_backend: object) -> None:
        raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr(EmailBackend, "open", away)
    assert services.sweep() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (NotificationState.QUEUED, 0)


@pytest.mark.django_db
def test_retry_sends_a_failed_letter_again(
    time: Callable[..., None], django_capture_on_commit_callbacks: Any, sent_tasks: list[Any]
) -> None:
    letter = write_letter()
    assert not services.retry(notification=letter)
    Notification.objects.filter(pk=letter.pk).update(state=NotificationState.FAILED, attempts=7)
    with django_capture_on_commit_callbacks(execute=True):
        assert services.retry(notification=letter)
    assert sent_tasks[-1] == (services.SEND_TASK, letter.pk)
    assert services.send(letter.pk)


@pytest.mark.django_db
def test_forget_deletes_what_has_left_and_nothing_that_waits(time: Callable[..., None]) -> None:
    gone, waiting = write_letter(), write_letter()
    services.send(gone.pk)
    assert services.forget(before=NOW) == 0
    assert services.forget(before=NOW + dt.timedelta(days=1)) == 1
    assert list(Notification.objects.all()) == [waiting]


# ── The demo's letter box ───────────────────────────────────────────────────
@pytest.mark.django_db
def test_demo_mail_lists_letters_newest_first_and_by_address(client: Client) -> None:
    write_letter(Address("first@host.example", "Erste", "en"), name="Number one")
    write_letter(Address("second@host.example", "Zweite", "en"), name="Number two")
    page = client.get(reverse("core:demo_mail")).content.decode()
    assert page.index("Number two") < page.index("Number one")
    narrowed = client.get(reverse("core:demo_mail"), {"to": "first@"}).content.decode()
    assert "Number one" in narrowed
    assert "Number two" not in narrowed
    assert (
        "No e-mail to this address"
        in client.get(reverse("core:demo_mail"), {"to": "nobody"}).content.decode()
    )


@pytest.mark.django_db
def test_demo_mail_shows_a_letter_with_links_that_work(client: Client) -> None:
    letter = write_letter(name="<script>alert(1)</script>")
    page = client.get(reverse("core:demo_mail_detail", args=[letter.public_id])).content.decode()
    assert f'href="{URL}"' in page
    assert "<script>alert(1)" not in page
    part = client.get(reverse("core:demo_mail_html", args=[letter.public_id]))
    assert part.content.decode() == letter.html
    assert "sandbox" in part["Content-Security-Policy"]
    assert part["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("(see https://a.example/b).", '(see <a href="https://a.example/b">https://a.example/b</a>).'),
        (
            "https://a.example/?x=1&y=2, and",
            '<a href="https://a.example/?x=1&amp;y=2">https://a.example/?x=1&amp;y=2</a>, and',
        ),
        ("two\nlines <b>", "two\nlines &lt;b&gt;"),
        ("no address (at all).", "no address (at all)."),
    ],
)
def test_addresses_become_links_and_the_marks_behind_them_stay(text: str, html: str) -> None:
    assert linked(text) == html


@pytest.mark.django_db
def test_demo_mail_does_not_exist_outside_the_demo(client: Client, settings: Any) -> None:
    settings.DEMO_MODE = False
    letter = write_letter()
    for name, args in (
        ("demo_mail", []),
        ("demo_mail_detail", [letter.public_id]),
        ("demo_mail_html", ["x"]),
    ):
        assert client.get(reverse(f"core:{name}", args=args)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 30])
def test_demo_mail_takes_the_same_number_of_queries(
    count: int, client: Client, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        write_letter()
    with django_assert_num_queries(2):
        assert client.get(reverse("core:demo_mail")).status_code == 200


@pytest.mark.django_db
def test_pages_of_ours_are_links_with_words_and_the_addresses_of_others_are_seen(
    kind: Callable[[str], None],
) -> None:
    kind(
        "Subject\n\nNew:\n\nA day centre <b>\nMalmö\nhttps://portal.example/hosts/abc/\n\n"
        "Stop: https://portal.example/stop/x~y/\n\nSign in: https://evil.example/\n\nHere\nhttps://evil.example/a\n\n"
        "Answer: {{ action_url }}"
    )
    letter = write_letter()
    html = letter.html
    assert 'href="https://portal.example/hosts/abc/"' in html
    assert ">A day centre &lt;b&gt;</a>" in html
    assert "Malmö</span>" in html
    assert ">Stop</a>" in html
    assert ">https://evil.example/</a>" in html
    assert ">https://evil.example/a</a>" in html
    for ours in (">https://portal.example/hosts", ">https://portal.example/stop"):
        assert ours not in html, "nobody reads a signed address"
    assert "Malmö\nhttps://portal.example/hosts/abc/" in letter.text
    assert "Stop: https://portal.example/stop/x~y/" in letter.text
