"""Sending a picture, and saying what one sees on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecett.core.components.formats import file_size
from ecett.core.fields import CleanTextMixin
from ecett.core.pictures.sizes import Sizes, make_sizes


class WordsForm(CleanTextMixin, forms.Form):
    """What stands for a picture and below it."""

    alt = forms.CharField(label=_("What one sees"), max_length=300)
    caption = forms.CharField(label=_("Caption"), max_length=300, required=False)


class PictureForm(WordsForm):
    """A new picture; ``cleaned_data["file"]`` is both sizes."""

    file = forms.FileField(
        label=_("Picture"),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        error_messages={"required": _("Please choose a picture.")},
    )
    field_order = ("file", "alt", "caption")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        size = file_size(settings.PICTURE_MAX_BYTES)
        self.fields["file"].help_text = gettext(
            "JPEG or PNG, at most %(size)s. Where and with what it was taken is removed."
        ) % {"size": size}
        self.fields["alt"].help_text = gettext(
            "For readers who cannot see it. For example: The kitchen, with a long table for twelve."
        )

    def clean_file(self) -> Sizes:
        return make_sizes(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors and "file" in cleaned:
            # A page cannot put a file back into its field.
            self.add_error(
                "file", ValidationError(_("The picture is fine. Please choose it once more."), code="again")
            )
        return cleaned
