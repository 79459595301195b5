"""Changing something from a page: what the workflow refuses becomes words on the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ecett.core.workflow import Blocked, Denied, StaleTransition

T = TypeVar("T")


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What became of a change. ``status`` is for a page that is shown again: 200 done, 409 somebody else was
    faster, 422 a condition is not met; ``reasons`` are for people."""

    done: bool
    value: T | None = None
    status: int = 200
    reasons: tuple[str, ...] = ()

    def tell(self, form: BaseForm, field: str | None = None) -> None:
        """Say the reasons in the form that was sent: above it, or beside a field."""
        for reason in self.reasons:
            form.add_error(field, reason)


def attempt(change: Callable[[], T]) -> Outcome[T]:
    """Call a service. A step that is stale or blocked gives its reasons; without the right it is 403."""
    try:
        return Outcome(done=True, value=change())
    except Denied as error:
        raise PermissionDenied(" ".join(error.reasons)) from error
    except StaleTransition as error:
        return Outcome(done=False, status=409, reasons=tuple(error.reasons))
    except Blocked as error:
        return Outcome(done=False, status=422, reasons=tuple(error.reasons))


def perform_or_message(
    request: HttpRequest, change: Callable[[], T], *, said: str | Promise = "", then: str
) -> HttpResponse:
    """Call a service behind a button and go to ``then``, with ``said`` or the reasons as a message."""
    outcome = attempt(change)
    if outcome.done and said:
        messages.success(request, str(said))
    for reason in outcome.reasons:
        messages.warning(request, reason)
    written = request.POST.get("comment", "").strip()
    if written and not outcome.done:
        # The dialog it was typed into is gone with the page.
        messages.info(request, _("You had written: “%(text)s”") % {"text": written})
    return redirect(then)
