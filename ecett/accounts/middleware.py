"""Sign-in for every page that is not marked public; hats; a second factor for those who need one."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ecett.accounts.models import User
from ecett.core import savedforms


class PortalLoginRequiredMiddleware(LoginRequiredMiddleware):
    """As Django's, and a form that was sent after the session had ended is kept and offered again after signing in."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponse:
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=204)
            # Back to the page, not to the address of a part of it.
            page = urlsplit(request.headers.get("HX-Current-URL", "")).path or request.path
            response["HX-Redirect"] = f"{reverse('account_login')}?{urlencode({'next': page})}"
            return response
        if request.method == "POST":
            if savedforms.keep(request):
                messages.info(
                    request, _("You were signed out meanwhile. Sign in again: what you typed is kept.")
                )
            else:
                messages.info(request, _("You were signed out meanwhile. Please sign in again."))
        return super().handle_no_permission(request, view_func)


class PersonMiddleware:
    """Put on the hat of the session, speak the person's language, ask for the second factor where it is due."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        if user.is_demo and not settings.DEMO_MODE:
            # The password of a demonstration is known to everybody: it opens nothing elsewhere.
            logout(request)
            return redirect("account_login")
        user.chosen_hat = request.session.get("hat")
        if (
            user.language != translation.get_language()
            and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES
        ):
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        if self._owes_second_factor(request):
            messages.warning(
                request, _("Your role needs a second step when you sign in. Please set it up first.")
            )
            return redirect("mfa_index")
        return savedforms.offer_kept(request) or self.get_response(request)

    @staticmethod
    def _owes_second_factor(request: HttpRequest) -> bool:
        if settings.DEMO_MODE or request.path.startswith(
            ("/accounts/", "/static/", "/health/", "/language/")
        ):
            return False
        user = cast(User, request.user)
        if not user.is_staff and not any(hat.role in settings.SECOND_FACTOR_ROLES for hat in user.hats):
            return False
        from allauth.mfa.utils import is_mfa_enabled

        return not is_mfa_enabled(user)
