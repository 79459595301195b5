"""Translating a practice, field by field beside the original."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecett.core import languages
from ecett.core.fields import CleanTextMixin
from ecett.core.search import sort_key
from goodpractices.anonymity import LANGUAGES
from goodpractices.forms_adoption import NamesNobodyMixin
from goodpractices.models import GoodPractice, PracticeTranslation
from goodpractices.passages import CHECKED, fingerprint
from goodpractices.wording import field_labels

# About so many letters stand in a line of a field.
LETTERS = 48
MOST_ROWS = 18


class TranslationForm(NamesNobodyMixin, CleanTextMixin, forms.Form):
    """The parts of a card that are written. ``whole``: all of them are needed, as for sending it.

    Only languages are offered that the checker of anonymity reads.
    """

    told = CHECKED
    language = forms.ChoiceField(label=_("The language you translate into"))
    # Which words of the original stood beside the fields.
    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self,
        *args: Any,
        practice: GoodPractice,
        translation: PracticeTranslation | None = None,
        whole: bool = False,
        **kwargs: Any,
    ) -> None:
        self.practice, self.translation, self.whole = practice, translation, whole
        texts = translation.texts if translation else {}
        known = {**texts, "read": fingerprint(practice.texts())}
        kwargs["initial"] = {**known, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        if translation:
            del self.fields["language"]
        else:
            others = [(code, languages.name(code)) for code in LANGUAGES if code != practice.language]
            others.sort(key=lambda one: sort_key(one[1]))
            self.fields["language"].choices = [("", "---------"), *others]  # type: ignore[attr-defined]
        labels = field_labels()
        # Shown as needed from the start; a draft is kept without.
        needed = whole or not self.is_bound
        for name, original in practice.texts().items():
            if original or texts.get(name):
                self.fields[name] = _field(name, labels[name], original, needed=needed and bool(original))
        self.order_fields(["no_client", "language", *CHECKED, "read"])

    @property
    def own_language(self) -> str:
        """The language that is written here; empty while none is chosen."""
        return self.translation.language if self.translation else str(self["language"].value() or "")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if self.whole and self.own_language:
            cleared = [f"{row.kind}:{row.text}" for row in self.practice.cleared_marks.all()]
            cleared += self.translation.cleared if self.translation else []
            self.look_for_names(values, cleared, language=self.own_language, places=self.practice.places())
        return values

    def words(self) -> dict[str, Any]:
        """What the service wants."""
        return {
            "texts": {name: self.cleaned_data[name] for name in CHECKED if name in self.cleaned_data},
            "read": self.cleaned_data["read"],
            "cleared": self.marked if self.cleaned_data.get("no_client") else (),
        }


def _field(name: str, label: str, original: str, *, needed: bool) -> forms.CharField:
    if name == "title":
        return forms.CharField(label=label, max_length=300, required=needed)
    rows = min(MOST_ROWS, max(3, 1 + len(original) // LETTERS + original.count("\n")))
    return forms.CharField(label=label, required=needed, widget=forms.Textarea(attrs={"rows": rows}))
