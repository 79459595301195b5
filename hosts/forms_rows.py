"""The lines of a host card: languages, periods, people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from ecett.core import languages
from ecett.core.fields import CleanTextMixin
from hosts.enums import Cefr, ContactRole, PeriodKind
from hosts.models.host import is_phone


class Row(CleanTextMixin, forms.Form):
    """A line of a card."""

    def forgive(self) -> None:
        """Show what was typed without judging it yet."""
        self._errors = ErrorDict()


class LanguageRow(Row):
    """A working language and its level."""

    language = forms.ChoiceField(
        label=_("Language"), choices=lambda: [("", "–"), *languages.choices()], required=False
    )
    level = forms.ChoiceField(label=_("Level"), choices=[("", "–"), *Cefr.choices], required=False)

    def data_given(self) -> bool:
        """Whether a language is named."""
        return bool(self.cleaned_data.get("language")) if hasattr(self, "cleaned_data") else False


class PeriodRow(Row):
    """A time in which the team takes visitors, or takes none."""

    kind = forms.ChoiceField(
        label=_("Then it is"), choices=PeriodKind.choices, required=False, initial=PeriodKind.CLOSED
    )
    start = forms.DateField(label=_("From"), required=False)
    end = forms.DateField(label=_("Until"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("start"), cleaned.get("end")
        if bool(start) != bool(end) and not self.errors:
            self.add_error(
                "end" if start else "start", ValidationError(_("Both days are needed."), code="half")
            )
        if start and end and end < start:
            self.add_error(
                "end", ValidationError(_("This is before the first day."), code="end_before_start")
            )
        return cleaned


class ContactRow(Row):
    """Somebody of the team beside its spokesperson."""

    name = forms.CharField(label=_("Name"), required=False, max_length=200)
    role = forms.ChoiceField(label=_("Role"), choices=[("", "–"), *ContactRole.choices], required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40, validators=[is_phone])
    speaks = forms.ChoiceField(
        label=_("Speaks"), choices=lambda: [("", "–"), *languages.choices()], required=False
    )
    speaks_too = forms.ChoiceField(
        label=_("Speaks too"), choices=lambda: [("", "–"), *languages.choices()], required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("name") and any(cleaned.values()):
            self.add_error("name", ValidationError(_("Whose is this?"), code="nameless"))
        return cleaned

    def contact(self) -> dict[str, Any]:
        """The fields of a `HostContact`."""
        told = self.cleaned_data
        spoken = dict.fromkeys(filter(None, (told["speaks"], told["speaks_too"])))
        return {
            "name": told["name"],
            "role": told["role"] or ContactRole.OTHER,
            "email": told["email"],
            "phone": told["phone"],
            "languages": list(spoken),
        }
