"""Addresses of large exports. Columns are chosen on a page of each list."""

from django.urls import path

from ecett.core.views import exports

app_name = "exports"
urlpatterns = [
    path("<slug:public_id>/", exports.export_detail, name="export_detail"),
    path("<slug:public_id>/progress/", exports.export_progress, name="export_progress"),
    path("<slug:public_id>/file/", exports.export_file, name="export_file"),
    path("<slug:public_id>/remove/", exports.export_remove, name="export_remove"),
    path("<slug:public_id>/again/", exports.export_again, name="export_again"),
]
