"""Addresses of the interface for programmes, version 1. Without a slash at the end they lead to those with one."""

from django.urls import path, re_path

from ecett.portal.views import api, api_page

app_name = "api"
urlpatterns = [
    path("", api_page.page, name="page"),
    path("openapi.json", api.openapi, name="openapi"),
    path("hosts/", api.host_list, name="host_list"),
    path("hosts/<slug:public_id>/", api.host_detail, name="host_detail"),
    path("practices/", api.practice_list, name="practice_list"),
    path("practices/<slug:public_id>/", api.practice_detail, name="practice_detail"),
    path("concepts/", api.concept_list, name="concept_list"),
    path("concepts/<slug:code>/", api.concept_detail, name="concept_detail"),
    path("countries/", api.country_list, name="country_list"),
    path("sectors/", api.sector_list, name="sector_list"),
    re_path(r"^(?P<rest>.+)/$", api.nothing, name="nothing"),
]
