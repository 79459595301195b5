"""Words that reached the portal when it could not take them: offered again, never lost.

A form that comes after the session has ended waits in the new session and is offered on its own address after
signing in; one whose page had been open too long is offered at once. Passwords and codes are never kept, files
cannot be.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ecett.core import clock

KEY = "saved_form"
# What is kept of a form (characters, all fields together), and for how long (seconds).
LIMIT = 500_000
KEPT_SECONDS = 24 * 3600
NEVER_KEPT = ("password", "password1", "password2", "oldpassword", "csrfmiddlewaretoken", "code")
# The address that throws the kept words away: ``?kept=discard`` behind the form's own.
DISCARD = ("kept", "discard")

Fields = dict[str, list[str]]


def keep(request: HttpRequest) -> bool:
    """Put a form into the session until somebody signs in; False when there is nothing to keep or too much."""
    fields = _fields(request)
    if not fields or sum(len(value) for values in fields.values() for value in values) > LIMIT:
        return False
    request.session[KEY] = {
        "path": request.get_full_path(),
        "fields": fields,
        "files": bool(request.FILES),
        "at": int(clock.now().timestamp()),
    }
    return True


def offer_kept(request: HttpRequest) -> HttpResponse | None:
    """The page that offers the kept form, on the form's own address; None when there is none.

    It can be reloaded: the words go when they are sent, discarded, or a day old.
    """
    saved = request.session.get(KEY)
    if saved is None:
        return None
    path = saved["path"]
    if urlsplit(path).path != request.path:
        return None
    old = clock.now().timestamp() - saved.get("at", 0) > KEPT_SECONDS
    name, value = DISCARD
    if old or request.method == "POST" or request.GET.get(name) == value:
        del request.session[KEY]
        return redirect(path) if request.GET.get(name) == value else None
    if request.method != "GET" or request.get_full_path() != path:
        return None
    return _page(request, path, saved["fields"], files=saved.get("files", False), waited=True)


def offer_now(request: HttpRequest, *, status: int) -> HttpResponse | None:
    """The page that offers the form of this request again; None when another site sent it or nothing is in it.

    Only what this site's own page sent is offered: nobody is led to press a button on words of others.
    """
    if not _from_here(request) or request.path.startswith("/accounts/"):
        return None
    fields = _fields(request)
    if not fields and "csrfmiddlewaretoken" not in request.POST:
        return None
    return _page(
        request, request.get_full_path(), fields, files=bool(request.FILES), waited=False, status=status
    )


def _fields(request: HttpRequest) -> Fields:
    return {name: list(map(str, values)) for name, values in request.POST.lists() if name not in NEVER_KEPT}


def _from_here(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}"


def _page(
    request: HttpRequest, path: str, fields: Fields, *, files: bool, waited: bool, status: int = 200
) -> HttpResponse:
    pairs = [(name, value) for name, values in fields.items() for value in values]
    context: dict[str, Any] = {
        "path": path,
        "fields": pairs,
        # What somebody wrote, as against choices and numbers whose names only the form explains.
        "words": [value for _name, value in pairs if " " in value.strip()],
        "files": files,
        "waited": waited,
        "discard": f"{path}{'&' if '?' in path else '?'}{urlencode([DISCARD])}" if waited else path,
    }
    response = render(request, "core/saved_form.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
