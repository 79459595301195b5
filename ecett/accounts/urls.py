"""Addresses about the person's session."""

from django.urls import path

from ecett.accounts.views import session

app_name = "accounts"
urlpatterns = [
    path("hat/", session.hat_choose, name="hat_choose"),
    path("language/", session.language_choose, name="language_choose"),
    path("theme/", session.theme_choose, name="theme_choose"),
]
