"""Every address of the portal. Language is not in the address."""

from django.contrib import admin
from django.urls import include, path

handler403 = "ecett.core.views.errors.forbidden"
handler404 = "ecett.core.views.errors.not_found"
handler500 = "ecett.core.views.errors.server_error"
handler400 = "ecett.core.views.errors.bad_request"

urlpatterns = [
    path("", include("ecett.portal.urls")),
    path("api/v1/", include("ecett.portal.api_urls")),
    path("", include("ecett.core.urls")),
    path("imports/", include("ecett.core.imports.urls")),
    path("exports/", include("ecett.core.exports.urls")),
    path("", include("ecett.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("hosts/", include("hosts.urls")),
    path("good-practices/", include("goodpractices.urls")),
    path("trainee/", include("trainees.urls")),
    path("helpdesk/", include("helpdesk.urls")),
    path("network/", include("network.urls")),
    path("certification/", include("certification.urls")),
    path("grants/", include("grants.urls")),
    path("admin/", admin.site.urls),
]
