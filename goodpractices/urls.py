"""Addresses of this room."""

from django.urls import URLPattern

app_name = "goodpractices"
urlpatterns: list[URLPattern] = []
