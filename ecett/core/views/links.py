"""People who come by a signed link: their language, and what they read when it opens nothing any more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from ecett.core.links import LinkExpired, LinkProblem
from ecett.core.notifications.letters import is_spoken, known_language


def link_problem(request: HttpRequest, error: LinkProblem, resend_url: str | None = None) -> HttpResponse:
    """410 for a link that was good once, 404 for one that never was.

    ``resend_url`` takes a POST and sends a new link to the address in the claim: never to one that is typed
    in.
    """
    expired = isinstance(error, LinkExpired)
    context = {
        "expired": expired,
        "expired_on": error.claim.expires if isinstance(error, LinkExpired) else None,
        "hidden_email": _hidden(error.claim.email) if isinstance(error, LinkExpired) else "",
        "resend_url": resend_url if expired else None,
    }
    return render(request, "core/link_problem.html", context, status=410 if expired else 404)


def _hidden(email: str) -> str:
    """An address that its owner recognises and nobody else learns: ``m…@example.org``."""
    user, _at, host = email.partition("@")
    return f"{user[:1]}…@{host}" if host else ""


@contextmanager
def spoken_to(request: HttpRequest, language: str) -> Iterator[None]:
    """Speak the language somebody is written to in, unless she chose one herself or is signed in. Where that is none
    of the portal's, what her browser asks for is the better guess.
    """
    chose = request.user.is_authenticated or settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    if chose or not is_spoken(language):
        yield
        return
    with translation.override(known_language(language)):
        yield
