"""Addresses of the import pages."""

from django.urls import path

from ecett.core.views import imports

app_name = "imports"
urlpatterns = [
    path("", imports.import_list, name="import_list"),
    path("new/<slug:kind>/", imports.import_new, name="import_new"),
    path("<str:public_id>/", imports.import_detail, name="import_detail"),
    path("<str:public_id>/progress/", imports.import_progress, name="import_progress"),
    path("<str:public_id>/notes.csv", imports.import_notes_csv, name="import_notes_csv"),
    path("<str:public_id>/refused.xlsx", imports.import_refused, name="import_refused"),
    path("<str:public_id>/apply/", imports.import_apply, name="import_apply"),
    path("<str:public_id>/cancel/", imports.import_cancel, name="import_cancel"),
]
