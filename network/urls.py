"""Addresses of this room."""

from django.urls import path

from network.views import workshops

app_name = "network"
urlpatterns = [
    path("", workshops.home, name="home"),
    path("workshops/new/", workshops.workshop_new, name="workshop_new"),
    path("workshops/<slug:public_id>/", workshops.workshop_detail, name="workshop_detail"),
    path("workshops/<slug:public_id>/edit/", workshops.workshop_edit, name="workshop_edit"),
    path("workshops/<slug:public_id>/present/", workshops.present, name="present"),
    path(
        "presentations/<slug:public_id>/confirm/", workshops.presentation_confirm, name="presentation_confirm"
    ),
    path(
        "presentations/<slug:public_id>/withdraw/",
        workshops.presentation_withdraw,
        name="presentation_withdraw",
    ),
]
