"""Two people change the same thing: what their pages share. The choosing itself: `ecett.core.editing`."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ecett.core.editing import Meeting, seen_of
from ecett.core.versions import last_editor

SAVED = "saved_card"


def meeting_context(request: HttpRequest, obj: Any, form: Any, meeting: Meeting | None) -> dict[str, Any]:
    """What `core/_two_editors.html` needs; for a new object nothing."""
    if obj is None:
        return {}
    context: dict[str, Any] = {"seen": meeting.seen if meeting else seen_of(form), "meeting": meeting}
    if meeting and meeting.clashes:
        context |= {"changed_by": last_editor(obj, reader=request.user), "changed_at": obj.changed_at}
    return context


def note_saved(request: HttpRequest, meeting: Meeting) -> None:
    """After saving: this form has arrived, and what somebody else changed meanwhile stands beside it."""
    request.session[SAVED] = _fingerprint(request)
    say_kept(request, meeting)


def sent_again(request: HttpRequest) -> bool:
    """Whether this very form has been saved already: the second half of a double click meets nobody but itself."""
    return bool(request.session.get(SAVED) == _fingerprint(request))


def _fingerprint(request: HttpRequest) -> str:
    sent = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    return hashlib.sha256(repr((request.path, sent)).encode()).hexdigest()


def say_kept(request: HttpRequest, meeting: Meeting) -> None:
    """After saving: what somebody else changed meanwhile, and what stands beside one's own."""
    if meeting.kept:
        text = _("Somebody else changed this while you were writing, and it is kept as well: %(parts)s.")
        messages.info(request, text % {"parts": ", ".join(meeting.kept)})
