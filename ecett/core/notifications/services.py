"""Letters are written with `notify` and sent by the worker; a lost task, a full mailbox or a mail server
that is away delays them and loses none."""

from __future__ import annotations

import datetime as dt
import secrets
import smtplib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formataddr
from typing import Any, Protocol
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Model, Q

from ecett.core import clock
from ecett.core.dispatch import send_task_on_commit
from ecett.core.models import Notification
from ecett.core.models.notification import NotificationState
from ecett.core.notifications import registry
from ecett.core.notifications.letters import compose, known_language

log = structlog.get_logger(__name__)

SEND_TASK = "ecett.core.tasks.send_notification"
# How long a run may take to hand one letter to the mail server.
LEASE = dt.timedelta(seconds=90)
# A letter that nobody has begun to send after this long has lost its task.
PATIENCE = dt.timedelta(seconds=10)
# After each failure the next try waits longer; after the last one the letter has failed.
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
SWEEP_LIMIT = 200
SWEEP_SECONDS = 15.0


@dataclass(frozen=True)
class Address:
    """Somebody without an account."""

    email: str
    name: str = ""
    language: str = ""


class Person(Protocol):
    """Somebody with an account."""

    email: str
    language: str

    def get_full_name(self) -> str: ...


def notify(
    *,
    kind: str,
    to: Person | Address,
    context: Mapping[str, Any],
    subject: Model | None = None,
    action_url: str | None = None,
    unsubscribe_url: str = "",
) -> Notification:
    """Write a letter in the recipient's language, in the caller's transaction, and send it once that is
    committed.

    ``subject`` is the object it is about; ``action_url`` the absolute address behind its button;
    ``unsubscribe_url`` takes a POST that stops letters of this sort.
    Raises `KindUnknown`, `TemplateFaulty`, and what the template raises.
    """
    if action_url and not urlsplit(action_url).scheme:
        raise ValueError(f"{action_url}: a letter needs a whole address; see ecett.core.links.absolute")
    recipient: Any = to if isinstance(to, Model) else None
    name = to.name if isinstance(to, Address) else to.get_full_name()
    language = known_language(to.language)
    letter = compose(
        kind=registry.get(kind), language=language, name=name, context=context, action_url=action_url or ""
    )
    row = Notification.objects.create(
        kind=kind,
        recipient=recipient,
        email=to.email,
        name=name[:200],
        language=language,
        subject_line=letter.subject_line,
        text=letter.text,
        html=letter.html,
        content_type=ContentType.objects.get_for_model(subject) if subject else None,
        object_id=subject.pk if subject else None,
        unsubscribe_url=unsubscribe_url,
    )
    send_task_on_commit(SEND_TASK, row.pk)
    return row


def send(notification_id: int, *, connection: BaseEmailBackend | None = None) -> bool:
    """Hand one letter to the mail server. True when this run sent it; False when there was nothing to do or
    it failed.

    A worker that dies between the mail server's yes and our row sends it twice under the same Message-ID.
    """
    now = clock.now()
    token = secrets.token_hex(16)
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    taken = Notification.objects.filter(free, pk=notification_id, state=NotificationState.QUEUED).update(
        lease=token, leased_until=now + LEASE, attempts=F("attempts") + 1
    )
    if not taken:
        return False
    row = Notification.objects.get(pk=notification_id)
    try:
        message(row, connection).send()
    except Exception as error:
        _note_failure(row, token, error)
        return False
    Notification.objects.filter(pk=row.pk, lease=token).update(
        state=NotificationState.SENT,
        sent_at=clock.now(),
        changed_at=clock.now(),
        lease="",
        leased_until=None,
        error="",
    )
    return True


def message(row: Notification, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The e-mail of a row: text and HTML parts, and headers that keep robots from answering it."""
    host = urlsplit(settings.PORTAL_URL).hostname or "portal.invalid"
    # A name comes from people: line breaks have no place in a header.
    name = " ".join(row.name.split())
    stop = (
        {
            "List-Unsubscribe": f"<{row.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        if row.unsubscribe_url
        else {}
    )
    mail = EmailMultiAlternatives(
        subject=row.subject_line,
        body=row.text,
        to=[formataddr((name, row.email)) if name else row.email],
        headers={
            "Message-ID": f"<{row.public_id}@{host}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": row.language,
            **stop,
        },
        connection=connection,
    )
    mail.attach_alternative(row.html, "text/html")
    return mail


def _note_failure(row: Notification, token: str, error: Exception) -> None:
    hopeless = isinstance(error, smtplib.SMTPRecipientsRefused | ValueError) and not _temporary(error)
    final = hopeless or row.attempts > len(PAUSES)
    log.warning(
        "letter_failed", notification=row.public_id, attempt=row.attempts, final=final, error=str(error)
    )
    Notification.objects.filter(pk=row.pk, lease=token).update(
        state=NotificationState.FAILED if final else NotificationState.QUEUED,
        error=f"{type(error).__name__}: {error}"[:2000],
        lease="",
        leased_until=None if final else clock.now() + PAUSES[row.attempts - 1],
    )


def _temporary(error: Exception) -> bool:
    """Whether a mail server said "not now" (codes 4xx) rather than "never"."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return any(code < 500 for code, _text in error.recipients.values())


def retry(*, notification: Notification) -> bool:
    """Send a failed letter again from the first attempt; False when it is not a failed one (any more)."""
    again = Notification.objects.filter(pk=notification.pk, state=NotificationState.FAILED).update(
        state=NotificationState.QUEUED, attempts=0, error="", lease="", leased_until=None
    )
    if again:
        send_task_on_commit(SEND_TASK, notification.pk)
    return bool(again)


def sweep() -> int:
    """Send the letters whose task was lost or whose pause is over; how many. One connection for all."""
    now = clock.now()
    due = Notification.objects.filter(
        Q(leased_until__lt=now) | Q(leased_until=None, created_at__lt=now - PATIENCE),
        state=NotificationState.QUEUED,
    )
    waiting = list(due.order_by("created_at").values_list("pk", flat=True)[:SWEEP_LIMIT])
    if not waiting:
        return 0
    until = time.monotonic() + SWEEP_SECONDS
    sent = 0
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        # A mail server that is away is no letter's fault: none of its tries is used up.
        log.warning("mail_server_away", waiting=len(waiting), error=str(error))
        return 0
    try:
        for pk in waiting:
            if time.monotonic() > until:
                break
            sent += send(pk, connection=connection)
    finally:
        connection.close()
    return sent


def forget(*, before: dt.datetime) -> int:
    """Delete letters that have left before a moment: they hold names and links. Returns how many."""
    with transaction.atomic():
        return Notification.objects.filter(state=NotificationState.SENT, sent_at__lt=before).delete()[0]
