"""Pages for what went wrong: plain words, and a way on."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ecett.core import savedforms


def forbidden(request: HttpRequest, exception: PermissionDenied | None = None) -> HttpResponse:
    """403 with the reason, when there is one."""
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "errors/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, for instance a form larger than the portal takes."""
    return render(request, "errors/400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page without database or context processors."""
    return render(request, "errors/500.html", {"demo_mode": False, "nav": [], "hats": []}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old: what was typed is offered again, with a fresh one."""
    again = savedforms.offer_now(request, status=403)
    if again is not None:
        return again
    text = _(
        "The page had been open too long, or cookies are blocked. Go back, reload the page and send it again."
    )
    return render(request, "errors/403.html", {"reason": text}, status=403)
