"""Addresses under the roof."""

from django.urls import path
from django_prometheus.exports import ExportToDjangoView

from ecett.core.permissions import requires
from ecett.core.views import health
from ecett.portal.views import about, gallery, home, search, statistics, verify

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("search/", search.search, name="search"),
    path("statistics/", statistics.statistics_show, name="statistics"),
    path("statistics/export/<slug:form>/", statistics.statistics_export, name="statistics_export"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
    path("verify/", verify.verify_form, name="verify_form"),
    path("verify/<str:code>/", verify.verify, name="verify"),
    path("components/", gallery.gallery, name="gallery"),
    path("metrics", requires("core.see_metrics")(ExportToDjangoView), name="metrics"),
]
