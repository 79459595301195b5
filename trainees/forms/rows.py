"""Tables that one fills in line by line, without a script: empty lines at the end, and a button for more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict

#: Lines that one page may hold.
MOST_ROWS = 120


class Rows(BaseFormSet):
    """A formset whose lines replace what was stored: a line left empty is no line, a ticked one goes."""

    def initial_form_count(self) -> int:
        return 0

    @property
    def kept(self) -> list[dict[str, Any]]:
        """What was typed in the lines that stay; call it after ``is_valid``."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
            for form in self.forms
            if form.has_changed() and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]


def rows_class(form: type[forms.Form]) -> type[Rows]:
    """The formset of a form of one line."""
    return formset_factory(  # type: ignore[return-value]
        form, formset=Rows, extra=0, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 20
    )


def filled(
    formset: type[Rows], initial: Sequence[Mapping[str, Any]], *, prefix: str, empty: int = 1, **kwargs: Any
) -> Rows:
    """The lines that are there and some empty ones."""
    rows = formset(initial=[dict(row) for row in initial], prefix=prefix, **kwargs)
    rows.extra = len(initial) + empty
    return rows


def with_more(formset: type[Rows], data: QueryDict, *, prefix: str, more: int = 2, **kwargs: Any) -> Rows:
    """The lines as they were typed, unchecked, and some more empty ones."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    count = min(int(total), MOST_ROWS) if total.isdigit() else 0
    names = list(formset.form.base_fields)
    typed = [{name: data.get(f"{prefix}-{number}-{name}", "") for name in names} for number in range(count)]
    return filled(formset, [row for row in typed if any(row.values())], prefix=prefix, empty=more, **kwargs)


def retyped(form: type[forms.Form], data: QueryDict, **kwargs: Any) -> forms.Form:
    """A form that shows what was typed without judging it yet."""
    return form(initial={name: data.get(name, "") for name in form.base_fields}, **kwargs)
