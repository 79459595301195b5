"""Hats, language and theme."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from ecett.accounts.services import choose_language
from ecett.core.permissions import public_view

YEAR = 365 * 24 * 3600


@require_POST
def hat_choose(request: HttpRequest) -> HttpResponse:
    """Wear another hat of one's own; then the home page of that role."""
    chosen = request.POST.get("hat", "")
    if not any(str(hat.pk) == chosen for hat in request.user.hats):  # type: ignore[union-attr]
        raise Http404
    request.session["hat"] = int(chosen)
    return redirect("portal:home")


@public_view
@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """Read the portal in another language; remembered in a cookie and, when signed in, for mail too."""
    language = request.POST.get("language", "")
    response = redirect(_back(request))
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax", secure=settings.SECURE
        )
        if request.user.is_authenticated:
            choose_language(user=request.user, language=language)
    return response


@public_view
@require_POST
def theme_choose(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device has it."""
    theme = request.POST.get("theme", "")
    response = redirect(_back(request))
    if theme in ("light", "dark"):
        response.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", secure=settings.SECURE)
    else:
        response.delete_cookie("theme")
    return response


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "") or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return "/"
