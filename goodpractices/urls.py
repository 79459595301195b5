"""Addresses of this room."""

from django.urls import path

from goodpractices.views import (
    adoptions,
    attachments,
    cards,
    exchange,
    exporting,
    pictures,
    readings,
    translations,
    writing,
)

app_name = "goodpractices"
urlpatterns = [
    path("", cards.practice_list, name="practice_list"),
    path("export/", exporting.practice_export, name="practice_export"),
    path("export/choose/", exporting.export_choose, name="export_choose"),
    path("good-practices.atom", exchange.practice_atom, name="practice_atom"),
    path("good-practices.json", exchange.practice_json, name="practice_json"),
    path("new/", writing.practice_create, name="practice_create"),
    path("mine/", writing.practice_mine, name="practice_mine"),
    path("moderation/", writing.practice_moderation, name="practice_moderation"),
    path("adoptions/<slug:public_id>/edit/", adoptions.adoption_edit, name="adoption_edit"),
    path("adoptions/<slug:public_id>/hide/", adoptions.adoption_hide, name="adoption_hide"),
    path("adoptions/<slug:public_id>/innovation/", adoptions.innovation_edit, name="innovation_edit"),
    path("translations/<slug:public_id>/edit/", translations.translation_edit, name="translation_edit"),
    path(
        "translations/<slug:public_id>/<slug:step>/", translations.translation_step, name="translation_step"
    ),
    path(
        "adoptions/<slug:public_id>/innovation/pictures/",
        pictures.innovation_pictures,
        name="innovation_pictures",
    ),
    path("pictures/<slug:sha256>.webp", pictures.picture_file_of, name="picture_file"),
    path("attachments/<slug:sha256>.<slug:ending>", attachments.attachment_file, name="attachment_file"),
    path("attachments/<slug:public_id>/<slug:step>/", attachments.attachment_step, name="attachment_step"),
    path("<slug:public_id>/", cards.practice_detail, name="practice_detail"),
    path("<slug:public_id>/print/", cards.practice_print, name="practice_print"),
    path("<slug:public_id>/pdf/", cards.practice_pdf, name="practice_pdf"),
    path("<slug:public_id>/edit/", writing.practice_edit, name="practice_edit"),
    path("<slug:public_id>/adoptions/new/", adoptions.adoption_report, name="adoption_report"),
    path("<slug:public_id>/translations/new/", translations.translation_new, name="translation_new"),
    path("<slug:public_id>/attachments/", attachments.practice_attachments, name="practice_attachments"),
    path("<slug:public_id>/remarks/", readings.remark_add, name="remark_add"),
    path("<slug:public_id>/versions/", readings.version_compare, name="version_compare"),
    path("<slug:public_id>/<slug:step>/", writing.practice_step, name="practice_step"),
]
