"""Addresses about the person and her session."""

from django.urls import path

from ecett.accounts.views import name, searches, session

app_name = "accounts"
urlpatterns = [
    path("hat/", session.hat_choose, name="hat_choose"),
    path("language/", session.language_choose, name="language_choose"),
    path("accounts/name/", name.name_edit, name="name_edit"),
    path("theme/", session.theme_choose, name="theme_choose"),
    path("searches/", searches.search_list, name="search_list"),
    path("searches/save/", searches.search_save, name="search_save"),
    path("searches/stop/<str:token>/", searches.search_stop, name="search_stop"),
    path("searches/<slug:public_id>/", searches.search_change, name="search_change"),
    path("searches/<slug:public_id>/delete/", searches.search_delete, name="search_delete"),
    path("searches/<slug:public_id>/restore/", searches.search_restore, name="search_restore"),
]
