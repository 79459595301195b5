"""Several words out of a long list, one a box, with the browser's own suggestions: works without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ecett.core.search import clean

#: Boxes offered beyond those that are filled, and the most one may fill.
SPARE, MOST = 3, 12
LONGEST = 120


class WordsInput(forms.Widget):
    """Boxes with a shared list of suggestions. The value is a list of what was typed or chosen."""

    template_name = "helpdesk/widgets/words.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.suggestions: Callable[[], Iterable[str]] = list
        self.label_of: Callable[[str], str] = str

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Everything typed into the boxes of this name."""
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [value for value in values if value.strip()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """A form without these boxes says nothing about them."""
        return name not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first box."""
        return f"{id_}_0" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Filled boxes and some empty ones."""
        context = super().get_context(name, value, attrs)
        filled = [self.label_of(str(item)) for item in value or []]
        boxes = filled + [""] * max(1, min(SPARE, MOST - len(filled)))
        context["widget"].update(boxes=boxes, suggestions=sorted(set(self.suggestions()), key=str.casefold))
        return context


class WordsField(forms.Field):
    """A list of codes, typed as their words. ``find`` turns a word into codes, an empty answer refuses it."""

    widget = WordsInput

    def __init__(
        self,
        *,
        find: Callable[[str], Iterable[str]],
        label_of: Callable[[str], str],
        suggestions: Callable[[], Iterable[str]],
        unknown: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.find, self.unknown = find, unknown
        self.widget.label_of, self.widget.suggestions = label_of, suggestions

    def to_python(self, value: Any) -> list[str]:
        """The codes, each once; words nobody knows are named."""
        found: dict[str, None] = {}
        unknown = []
        typed = [clean(str(item))[: LONGEST + 1] for item in value or []]
        if any(len(item) > LONGEST for item in typed):
            raise ValidationError(
                _("One box holds one word or a few, at most %(n)s characters."), params={"n": LONGEST}
            )
        for item in typed:
            codes = list(self.find(item)) if item else []
            if codes:
                found[codes[0]] = None
            elif item:
                unknown.append(item)
        if unknown:
            raise ValidationError(self.unknown, params={"words": ", ".join(f"“{word}”" for word in unknown)})
        if len(found) > MOST:
            raise ValidationError(_("Choose at most %(n)s."), params={"n": MOST})
        return list(found)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other words stand in the boxes."""
        return [str(item) for item in initial or []] != [str(item) for item in data or []]


def folded(mapping: Mapping[str, str], fold: Callable[[str], str]) -> dict[str, str]:
    """{folded word: code} of a mapping {code: word}; the code itself is a word too."""
    return {fold(word): code for code, word in mapping.items()} | {fold(code): code for code in mapping}
