"""Filters of the desk, kept in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from helpdesk.enums import RequestState
from helpdesk.models import HelpRequest
from helpdesk.selectors.inbox import OPEN, OVER

LONGEST = 200


class RequestFilter(django_filters.FilterSet):
    """By words and by state. A value nobody knows leaves nothing."""

    q = django_filters.CharFilter(
        label=_("Name, title or number"),
        method="by_text",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = django_filters.MultipleChoiceFilter(label=_("State"), widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = HelpRequest
        fields: list[str] = []

    def __init__(self, *args: Any, states: tuple[Any, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["state"].extra["choices"] = [
            (state.value, state.label) for state in RequestState if state in states
        ]

    @property
    def form(self) -> forms.Form:
        """Nothing in it must be filled in, so nothing says "optional"."""
        found = super().form
        found.hide_optional = True
        return found

    def by_text(self, queryset: QuerySet[HelpRequest], name: str, value: str) -> QuerySet[HelpRequest]:
        """Every word somewhere in name, title, number or what is sought."""
        for word in value.replace("\x00", "").split()[:10]:
            queryset = queryset.filter(
                Q(project__trainee__first_name__icontains=word)
                | Q(project__trainee__last_name__icontains=word)
                | Q(project__title__icontains=word)
                | Q(number__icontains=word)
                | Q(expertise__icontains=word)
            )
        return queryset

    def filter_queryset(self, queryset: QuerySet[HelpRequest]) -> QuerySet[HelpRequest]:
        """Nothing for a filter that makes no sense."""
        return super().filter_queryset(queryset) if self.form.is_valid() else queryset.none()


def open_filter(data: Any, requests: QuerySet[HelpRequest]) -> RequestFilter:
    """For the desk itself."""
    return RequestFilter(data, queryset=requests, states=OPEN)


def archive_filter(data: Any, requests: QuerySet[HelpRequest]) -> RequestFilter:
    """For what is over."""
    return RequestFilter(data, queryset=requests, states=OVER)
