"""What people fill in about workshops."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from ecett.core import languages
from ecett.core.fields import CleanTextMixin
from goodpractices.models import GoodPractice
from network.models import Workshop
from network.selectors import presentable


class WorkshopForm(CleanTextMixin, forms.Form):
    """A workshop."""

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("For example: Spring workshop"))
    day = forms.DateField(label=_("Day"))
    city = forms.CharField(label=_("Town, or “online”"), max_length=200)
    country = forms.ChoiceField(
        label=_("Country"), choices=lambda: [("", "–"), *((c, str(n)) for c, n in countries)], required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages.choices)


def workshop_initial(workshop: Workshop) -> dict[str, Any]:
    """What the form shows first."""
    return {
        "title": workshop.title, "day": workshop.day, "city": workshop.city,
        "country": str(workshop.country), "language": workshop.language,
    }  # fmt: skip


class PresentForm(CleanTextMixin, forms.Form):
    """Which of one's practices one presents at a workshop."""

    practice = forms.ModelChoiceField(
        label=_("Your good practice"),
        queryset=GoodPractice.objects.none(),
        to_field_name="public_id",
        empty_label=None,
    )

    def __init__(self, *args: Any, user: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].queryset = presentable(user, workshop)  # type: ignore[attr-defined]
