"""The upload form of imports."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecett.core.components.formats import file_size
from ecett.core.ids import ALPHABET, public_id
from ecett.core.imports.engine import Importer, UnusableFile
from ecett.core.imports.layouts import MAX_LAYOUT_BYTES
from ecett.core.uploads import check_upload

_ONCE = re.compile(f"[{ALPHABET}]{{12}}")


class ImportForm(forms.Form):
    """A file to import, and how. ``once`` makes a second press of the button find the first one's job."""

    file = forms.FileField(
        label=_("File"),
        max_length=255,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    dry_run = forms.BooleanField(
        label=_("Try it first"),
        required=False,
        initial=True,
        help_text=_("Reads the whole file and tells what would happen, without writing anything."),
    )
    layout = forms.ChoiceField(
        label=_("Layout"),
        required=False,
        help_text=_("Leave this alone unless the heading line is not recognised."),
    )
    map_file = forms.FileField(
        label=_("Column map"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".toml"}),
        help_text=_(
            "For a new layout: a TOML file that says which column is what. It is used for this import only."
        ),
    )
    once = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, importer: type[Importer], max_bytes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.importer = importer
        self.max_bytes = max_bytes
        layouts = [
            (layout.name, f"{gettext(layout.label)} ({layout.name}, {layout.version})")
            for layout in importer.layouts()
        ]
        choice = self.fields["layout"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", _("Recognise it from the heading line")), *layouts]
        self.fields["file"].help_text = format_lazy(
            _("CSV or XLSX, at most {size}."), size=file_size(max_bytes)
        )
        self.fields["once"].initial = public_id()

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        check_upload(upload, allowed=("text", "xlsx"), max_bytes=self.max_bytes)
        return upload

    def clean_map_file(self) -> str:
        """The text of the column map, checked; ``""`` without one."""
        upload: UploadedFile | None = self.cleaned_data.get("map_file")
        if upload is None:
            return ""
        if (upload.size or 0) > MAX_LAYOUT_BYTES:
            raise ValidationError(gettext("This column map is too large."))
        try:
            text = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(gettext("This column map is not UTF-8 text.")) from error
        try:
            self.importer.layout_from(text, name=upload.name or "")
        except UnusableFile as error:
            raise ValidationError(error.message.say(gettext)) from error
        return text

    def clean_once(self) -> str:
        value: str = self.cleaned_data["once"]
        return value if _ONCE.fullmatch(value) else public_id()
