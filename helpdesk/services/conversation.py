"""What trainee and helpdesk write to each other about a request."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from ecett.accounts.models import User
from ecett.core.clock import now
from ecett.core.workflow import Blocked, Denied
from helpdesk.enums import RequestState
from helpdesk.models import HelpRequest, Message
from helpdesk.services import letters
from helpdesk.services.locks import lock_request

#: The same words by the same person within this time are a second click.
ECHO = dt.timedelta(minutes=5)


@transaction.atomic
def post_message(*, request: HelpRequest, author: User, text: str) -> Message:
    """Write to the other side, which is told by e-mail. What the desk writes answers everything before it."""
    fresh = lock_request(request)
    if not author.has_perm("helpdesk.write_message", fresh):
        raise Denied(_("Only the trainee and her helpdesk write here."))
    if not text.strip():
        raise Blocked(_("Write something first."))
    if fresh.state == RequestState.DRAFT:
        raise Blocked(_("Send the request first: then the helpdesk can answer."))
    moment = now()
    said = fresh.messages.filter(author=author, text=text, created_at__gt=moment - ECHO).first()
    if said is not None:
        return said
    from_desk = fresh.project.trainee_id != author.pk
    message = Message.objects.create(
        request=fresh, author=author, author_name=str(author)[:200], from_desk=from_desk, text=text
    )
    if from_desk:
        fresh.read_by_desk_at = moment
        fresh.save()
    letters.message_written(fresh, message)
    return message


@transaction.atomic
def mark_read(*, request: HelpRequest, actor: User) -> HelpRequest:
    """The desk has read what the trainee wrote and has nothing to answer."""
    fresh = lock_request(request)
    if not actor.has_perm("helpdesk.propose", fresh):
        raise Denied(_("Only the helpdesk of this language can do this."))
    fresh.read_by_desk_at = now()
    fresh.save()
    return fresh
