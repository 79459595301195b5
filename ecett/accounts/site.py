"""The pages of administrators: Django's, under the portal's sign-in and the portal's roles."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class PortalAdminSite(AdminSite):
    """Whoever wears the administrator's hat may come in; nobody else has a second way of signing in here."""

    site_title = gettext_lazy("Administration")
    site_header = gettext_lazy("ECETT: administration")
    index_title = gettext_lazy("People, organisations, e-mails")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.has_perm("accounts.see_people")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """One list: administrators look for people, not for rooms of the house."""
        apps = super().get_app_list(request, app_label)
        if app_label or not apps:
            return apps
        models = [model for app in apps for model in app["models"]]
        return [apps[0] | {"name": self.index_title, "app_url": reverse("admin:index"), "models": models}]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The portal's own sign-in page; 403 for somebody who is signed in and no administrator."""
        if request.user.is_authenticated:
            raise PermissionDenied(_("Only an administrator may do this."))
        to = urlencode({"next": request.GET.get("next", "/admin/")})
        response = redirect("account_login")
        response["Location"] += f"?{to}"
        return response
