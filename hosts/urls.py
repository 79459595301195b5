"""Addresses of this room."""

from django.urls import path

from hosts.views import cards, checks, duplicates, exchange, writing

app_name = "hosts"
urlpatterns = [
    path("", cards.host_list, name="host_list"),
    path("export/", cards.host_export, name="host_export"),
    path("hosts.geojson", exchange.host_geojson, name="host_geojson"),
    path("towns/", cards.town_find, name="town_find"),
    path("new/", writing.host_create, name="host_create"),
    path("mine/", writing.host_mine, name="host_mine"),
    path("moderation/", writing.host_moderation, name="host_moderation"),
    path("concepts/", writing.concept_find, name="concept_find"),
    path("duplicates/", duplicates.duplicate_list, name="duplicate_list"),
    path("duplicates/search/", duplicates.duplicate_search, name="duplicate_search"),
    path("duplicates/progress/", duplicates.duplicate_progress, name="duplicate_progress"),
    path("duplicates/<slug:public_id>/", duplicates.duplicate_detail, name="duplicate_detail"),
    path("merges/<slug:public_id>/undo/", duplicates.merge_undo, name="merge_undo"),
    path("check/<str:token>/", checks.check_answer, name="check_answer"),
    path("check/<str:token>/edit/", checks.check_edit, name="check_edit"),
    path("check/<str:token>/renew/", checks.check_renew, name="check_renew"),
    path("<slug:public_id>/", cards.host_detail, name="host_detail"),
    path("<slug:public_id>/edit/", writing.host_edit, name="host_edit"),
    path("<slug:public_id>/confirm/", writing.host_confirm, name="host_confirm"),
    path("<slug:public_id>/status/", writing.host_status, name="host_status"),
    path("<slug:public_id>/merge/", writing.host_merge, name="host_merge"),
    path("<slug:public_id>/<slug:step>/", writing.host_step, name="host_step"),
]
