"""The card's form for somebody who may not change the card, and the card as her suggestion makes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ecett.core.editing import Part, parts_of, replace
from ecett.core.sections import Layout
from hosts.forms import NEEDED, HostForm, Row
from hosts.models import Host

# Who speaks for a team and what it signed is its own to say; others don't see it.
PRIVATE = (
    "spokesperson_name",
    "spokesperson_email",
    "spokesperson_phone",
    "spokesperson_language",
    "charter_accepted_on",
)
PUBLIC_ROWS = ("lang", "period")


class SuggestForm(HostForm):
    """A card as somebody else would have it, and how she knows."""

    layouts: ClassVar = {
        **{key: part for key, part in HostForm.layouts.items() if key not in ("spokesperson", "contacts")},
        "why": Layout(_("Why do you suggest it?"), ("note",)),
    }

    note = forms.CharField(
        label=_("How do you know?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("For example: I was there in March, and the day centre has moved."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PRIVATE:
            self.fields.pop(name, None)
        require_what_it_says(self, self.instance)

    def needed(self) -> Collection[str]:
        return [name for name in NEEDED if self.fields[name].required]

    def wanted(self) -> Collection[str]:
        return (*super().wanted(), "note")

    @property
    def rows(self) -> list[Row]:
        return [row for row in super().rows if str(row.prefix).startswith(PUBLIC_ROWS)]

    def parts(self) -> dict[str, Part]:
        """The parts of the card."""
        return {key: part for key, part in parts_of(self).items() if key != "note"}


def require_what_it_says(form: HostForm, host: Host) -> None:
    """What a card says already may be changed and not emptied; what it lacks may go on lacking."""
    for name in NEEDED:
        form.fields[name].required = bool(getattr(host, name))


def changes_between(now: Mapping[str, Part], wanted: Mapping[str, Part]) -> dict[str, Any]:
    """The parts that differ, with what each says before and after."""
    return {
        key: {"before": dict(now[key].values), "after": dict(part.values)}
        for key, part in wanted.items()
        if part.digest != now[key].digest
    }


def parts_said(host: Host, changes: Mapping[str, Any], side: str) -> dict[str, Part]:
    """The parts of a suggestion ``before`` or ``after``, as the card's form puts them into words."""
    data = QueryDict(mutable=True)
    for change in changes.values():
        for name, values in change[side].items():
            data.setlist(name, values)
    # A form takes an empty one for none at all.
    data.setdefault("side", side)
    return {key: part for key, part in SuggestForm(data, instance=host).parts().items() if key in changes}


def form_with(host: Host, changes: Mapping[str, Any], taken: Collection[str]) -> HostForm:
    """The card's own form, filled in with the card as it is and these parts of a suggestion."""
    data = QueryDict(mutable=True)
    for part in parts_of(HostForm(instance=host)).values():
        replace(data, part)
    for key, part in parts_said(host, changes, "after").items():
        if key in taken:
            replace(data, part)
    form = HostForm(data, instance=host)
    require_what_it_says(form, host)
    return form
