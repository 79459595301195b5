"""Addresses of the ground floor."""

from django.urls import path

from ecett.core.views import documents, mail

app_name = "core"
urlpatterns = [
    path("documents/<slug:public_id>/", documents.document_page, name="document_page"),
    path("documents/<slug:public_id>/file/", documents.document_file, name="document_file"),
    path("documents/<slug:public_id>/progress/", documents.document_progress, name="document_progress"),
    path("documents/<slug:public_id>/retry/", documents.document_retry, name="document_retry"),
    path("demo/mail/", mail.demo_mail, name="demo_mail"),
    path("demo/mail/<slug:public_id>/", mail.demo_mail_detail, name="demo_mail_detail"),
    path("demo/mail/<slug:public_id>/html/", mail.demo_mail_html, name="demo_mail_html"),
]
