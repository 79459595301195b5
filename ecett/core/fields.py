"""Fields for what people type: a length on every text, no invisible characters, dates that mean one day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from ecett.core.search import clean

#: More than anybody means to type into one field (about four pages).
LONG_TEXT = 10_000


class CleanTextMixin:
    """For any form: text fields get a maximum length and lose invisible characters; NUL is refused by Django.

    Dates and times use the browser's own picker, which sends ISO 8601 whatever the reader's language.
    """

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                _limit(field)
            elif isinstance(field, forms.DateField):
                field.widget = _picker(forms.DateInput, "date", "%Y-%m-%d", field.widget.attrs)
                field.input_formats = ["%Y-%m-%d"]
            elif isinstance(field, forms.TimeField):
                field.widget = _picker(forms.TimeInput, "time", "%H:%M", field.widget.attrs)
                field.input_formats = ["%H:%M", "%H:%M:%S"]

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        cleaned: dict[str, Any] = self.cleaned_data  # type: ignore[attr-defined]
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = clean(value)
                if value and not cleaned[name] and self.fields[name].required:
                    self.add_error(name, self.fields[name].error_messages["required"])  # type: ignore[attr-defined]
                    return


def _limit(field: forms.CharField) -> None:
    if field.max_length is None:
        field.max_length = LONG_TEXT
        field.validators.append(MaxLengthValidator(LONG_TEXT))
    # No maxlength in the markup of long texts: a paste would be cut without a word; the form says so instead.
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs.pop("maxlength", None)
        field.widget.attrs.setdefault("rows", 4)


def _picker(
    widget: type[forms.DateInput | forms.TimeInput], kind: str, form: str, attrs: dict[str, Any]
) -> Any:
    return widget(format=form, attrs={**attrs, "type": kind})


def check_order(form: forms.BaseForm, first: str, last: str) -> None:
    """A period that ends before it begins is refused at its second field; call it in ``clean``."""
    start, end = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if start and end and end < start:
        form.add_error(last, ValidationError(_("This is before the first day."), code="end_before_start"))
