"""Addresses of this room."""

from django.urls import path

from certification.views import certificates, dossiers, home, jury, sessions

app_name = "certification"
urlpatterns = [
    path("", home.home, name="home"),
    path("rules/", home.rules_page, name="rules"),
    path("open/<slug:level>/", dossiers.dossier_open, name="dossier_open"),
    path("dossiers/<slug:public_id>/", dossiers.dossier_detail, name="dossier_detail"),
    path("dossiers/<slug:public_id>/edit/", dossiers.dossier_edit, name="dossier_edit"),
    path("dossiers/<slug:public_id>/submit/", dossiers.dossier_submit, name="dossier_submit"),
    path("dossiers/<slug:public_id>/withdraw/", dossiers.dossier_withdraw, name="dossier_withdraw"),
    path("dossiers/<slug:public_id>/paper/<slug:kind>/", dossiers.paper_add, name="paper_add"),
    path("paper/<slug:public_id>/remove/", dossiers.paper_remove, name="paper_remove"),
    path("paper/<slug:public_id>/verify/", dossiers.paper_verify, name="paper_verify"),
    path("dossiers/<slug:public_id>/vote/", jury.vote, name="vote"),
    path("dossiers/<slug:public_id>/recuse/", jury.recuse, name="recuse"),
    path("dossiers/<slug:public_id>/presented/", jury.presented, name="presented"),
    path("dossiers/<slug:public_id>/decide/", jury.decide, name="decide"),
    path("queue/", sessions.queue, name="queue"),
    path("sessions/", sessions.session_list, name="session_list"),
    path("sessions/new/", sessions.session_new, name="session_new"),
    path("sessions/<slug:public_id>/", sessions.session_detail, name="session_detail"),
    path("sessions/<slug:public_id>/edit/", sessions.session_edit, name="session_edit"),
    path("sessions/<slug:public_id>/minutes/", sessions.minutes, name="minutes"),
    path("certificates/", certificates.certificate_list, name="certificate_list"),
    path("certificates/<slug:public_id>/", certificates.certificate_detail, name="certificate_detail"),
    path("certificates/<slug:public_id>/again/", certificates.certificate_again, name="certificate_again"),
    path(
        "certificates/<slug:public_id>/step/<slug:step>/",
        certificates.certificate_step,
        name="certificate_step",
    ),
]
