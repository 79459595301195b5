"""Addresses of this room."""

from django.urls import path

from hosts.views import cards, checks, duplicates, exchange, exporting, people, photos, suggestions, writing

app_name = "hosts"
urlpatterns = [
    path("", cards.host_list, name="host_list"),
    path("export/", exporting.host_export, name="host_export"),
    path("export/choose/", exporting.export_choose, name="export_choose"),
    path("export/contacts/", exporting.contacts_export, name="contacts_export"),
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
    path("check/<str:token>/photos/", checks.check_photos, name="check_photos"),
    path("check/<str:token>/renew/", checks.check_renew, name="check_renew"),
    path("invited/<str:token>/", people.invitation_open, name="invitation_open"),
    path("invited/<str:token>/edit/", people.invitation_edit, name="invitation_edit"),
    path("invited/<str:token>/photos/", people.invitation_photos, name="invitation_photos"),
    path("invited/<str:token>/renew/", people.invitation_renew, name="invitation_renew"),
    path("invitations/<slug:public_id>/again/", people.invitation_again, name="invitation_again"),
    path("invitations/<slug:public_id>/withdraw/", people.invitation_withdraw, name="invitation_withdraw"),
    path("suggestions/<slug:public_id>/", suggestions.suggestion_detail, name="suggestion_detail"),
    path("photos/<slug:sha256>.webp", photos.photo_file, name="photo_file"),
    path("<slug:public_id>/", cards.host_detail, name="host_detail"),
    path("<slug:public_id>/edit/", writing.host_edit, name="host_edit"),
    path("<slug:public_id>/photos/", photos.host_photos, name="host_photos"),
    path("<slug:public_id>/suggest/", suggestions.host_suggest, name="host_suggest"),
    path("<slug:public_id>/confirm/", writing.host_confirm, name="host_confirm"),
    path("<slug:public_id>/status/", writing.host_status, name="host_status"),
    path("<slug:public_id>/people/", people.host_people, name="host_people"),
    path("<slug:public_id>/people/<slug:person>/end/", people.access_end, name="access_end"),
    path("<slug:public_id>/merge/", writing.host_merge, name="host_merge"),
    path("<slug:public_id>/<slug:step>/", writing.host_step, name="host_step"),
]
