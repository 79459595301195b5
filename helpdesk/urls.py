"""Addresses of this room."""

from django.urls import path

from helpdesk.views import answer, desk, propose, request

app_name = "helpdesk"
urlpatterns = [
    path("", desk.inbox, name="inbox"),
    path("archive/", desk.request_archive, name="request_archive"),
    path("projects/<str:public_id>/request/", request.request_edit, name="request_edit"),
    path("requests/<str:public_id>/", request.request_detail, name="request_detail"),
    path("requests/<str:public_id>/step/<str:step>/", request.request_step, name="request_step"),
    path("requests/<str:public_id>/message/", request.message_post, name="message_post"),
    path("requests/<str:public_id>/assign/", desk.request_assign, name="request_assign"),
    path("requests/<str:public_id>/read/", desk.request_read, name="request_read"),
    path("requests/<str:public_id>/propose/", propose.propose, name="propose"),
    path("proposals/", answer.proposal_list, name="proposal_list"),
    path("proposals/<str:public_id>/", answer.proposal_detail, name="proposal_detail"),
    path("proposals/<str:public_id>/step/<str:step>/", propose.proposal_step, name="proposal_step"),
    path("answer/<str:token>/", answer.proposal_answer, name="proposal_answer"),
    path("answer/<str:token>/renew/", answer.proposal_renew, name="proposal_renew"),
]
