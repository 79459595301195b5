"""The form in which a person says how she wants a sheet."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecett.core.exports.kinds import ExportKind, Group
from ecett.core.ids import ALPHABET, public_id

_ONCE = re.compile(f"[{ALPHABET}]{{12}}")


class ExportForm(forms.Form):
    """Form of the file and columns. ``once`` makes a second press of the button find the first one's job."""

    format = forms.ChoiceField(
        label=_("Form of the file"),
        choices=[
            ("xlsx", _("XLSX: a workbook for Excel or LibreOffice")),
            ("csv", _("CSV: plain text for other programmes")),
        ],
        error_messages={"required": _("Choose the form of the file.")},
    )
    column = forms.MultipleChoiceField(
        label=_("Columns"), error_messages={"required": _("Choose at least one column.")}
    )
    once = forms.CharField(required=False)

    def __init__(self, *args: Any, kind: ExportKind, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups: list[Group] = kind.groups_for(user)
        choice = self.fields["column"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [
            (str(column.heading), column.label) for group in self.groups for column in group.columns
        ]
        self.initial = {"format": "xlsx", "column": kind.usual(), "once": public_id(), **self.initial}

    def clean_once(self) -> str:
        value: str = self.cleaned_data["once"]
        return value if _ONCE.fullmatch(value) else ""

    @property
    def chosen(self) -> set[str]:
        """The headings that are ticked now, known or not."""
        return set(self["column"].value() or ())

    @property
    def chosen_groups(self) -> list[dict[str, Any]]:
        """The groups with their columns, each with whether it is ticked."""
        chosen = self.chosen
        rows = []
        for group in self.groups:
            boxes = [
                {
                    "value": str(column.heading),
                    "label": column.label,
                    "checked": str(column.heading) in chosen,
                }
                for column in group.columns
            ]
            ticked = sum(bool(box["checked"]) for box in boxes)
            partly = 0 < ticked < len(boxes)
            rows.append({"group": group, "boxes": boxes, "ticked": ticked, "partly": partly})
        return rows
