"""Addresses about the person and her session."""

from django.urls import path

from ecett.accounts.views import name, session

app_name = "accounts"
urlpatterns = [
    path("hat/", session.hat_choose, name="hat_choose"),
    path("language/", session.language_choose, name="language_choose"),
    path("accounts/name/", name.name_edit, name="name_edit"),
    path("theme/", session.theme_choose, name="theme_choose"),
]
