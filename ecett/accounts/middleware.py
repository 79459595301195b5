"""Sign-in for every page that is not marked public; hats; a second factor for those who need one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

SAVED_FORM = "saved_form"
# What is kept of a form that was sent after the session had ended (characters, all fields together).
SAVED_FORM_LIMIT = 500_000
NEVER_KEPT = ("password", "password1", "password2", "oldpassword", "csrfmiddlewaretoken", "code")


class PortalLoginRequiredMiddleware(LoginRequiredMiddleware):
    """As Django's, and a form that was sent after the session had ended is kept and offered again after signing in."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=204)
            response["HX-Redirect"] = f"{reverse('account_login')}?next={request.path}"
            return response
        if request.method == "POST":
            fields = {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT}
            if sum(len(value) for values in fields.values() for value in values) <= SAVED_FORM_LIMIT:
                request.session[SAVED_FORM] = {"path": request.get_full_path(), "fields": fields}
                messages.info(request, _("You were signed out meanwhile. Sign in again: what you typed is kept."))
        return super().handle_no_permission(request, view_func)  # type: ignore[no-any-return]


class PersonMiddleware:
    """Put on the hat of the session, speak the person's language, ask for the second factor where it is due."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)  # type: ignore[no-any-return]
        user.chosen_hat = request.session.get("hat")
        if user.language != translation.get_language() and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        if self._owes_second_factor(request):
            messages.warning(request, _("Your role needs a second step when you sign in. Please set it up first."))
            return redirect("mfa_index")
        saved = request.session.get(SAVED_FORM)
        if saved and request.method == "GET" and saved["path"] == request.get_full_path():
            del request.session[SAVED_FORM]
            fields = [(name, value) for name, values in saved["fields"].items() for value in values]
            return render(request, "accounts/saved_form.html", {"fields": fields, "path": saved["path"]})
        return self.get_response(request)  # type: ignore[no-any-return]

    @staticmethod
    def _owes_second_factor(request: HttpRequest) -> bool:
        if settings.DEMO_MODE or request.path.startswith(("/accounts/", "/static/", "/health/", "/language/")):
            return False
        if not any(hat.role in settings.SECOND_FACTOR_ROLES for hat in request.user.hats):  # type: ignore[union-attr]
            return False
        from allauth.mfa.utils import is_mfa_enabled

        return not is_mfa_enabled(request.user)
