"""A long form in parts that one opens: which are filled in, which still need something, which are wrong.

A form says its parts once (`SectionsMixin.parts`); the page shows each with ``{% form_section form.sections.team %}``.
What still needs its reader is open, the rest is a line with its name, so that the closed form is its own table of
contents. Nothing depends on it: a closed part is sent as well.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise, cached_property


@dataclass(frozen=True)
class Layout:
    """A part of a form: the questions one may answer (``asks``: fields, or "lang*-language" for the rows of one kind),
    and the fields that stand there without being one (``beside``: a unit, a language that is chosen already).
    """

    title: str | Promise
    asks: Sequence[str] = ()
    beside: Sequence[str] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that stands in it."""
        return (*self.asks, *self.beside)


@dataclass(frozen=True)
class Section:
    """A part as it stands. ``needs``: of what it ``asks``, what a form that is sent must say; ``lacking``: those of
    them that are empty; ``answered``: how many of the questions are.
    """

    key: str
    title: str
    inside: Sequence[str]
    asks: Sequence[str]
    needs: Sequence[str]
    lacking: Sequence[str]
    answered: int
    faulty: bool = False
    wanted: bool = False

    @property
    def state(self) -> str:
        """wrong, lacking, empty, begun or filled; nothing for a part without questions."""
        if self.faulty:
            return "wrong"
        if self.lacking:
            return "lacking"
        if not self.asks:
            return ""
        return "empty" if not self.answered else "filled" if self.answered == len(self.asks) else "begun"

    @property
    def open(self) -> bool:
        """Whether it is shown unfolded: somebody has something to do there."""
        return self.faulty or self.wanted or bool(self.lacking)


class SectionsMixin:
    """A form with parts. ``rows`` (optional): forms of its lines, whose prefixes are a word and a number."""

    layouts: ClassVar[Mapping[str, Layout]] = {}
    fields: dict[str, forms.Field]
    errors: Any
    is_bound: bool

    def needed(self) -> Collection[str]:
        """What a form that is sent must say, of the names in its parts."""
        return [name for name, field in self.fields.items() if field.required]

    def wanted(self) -> Collection[str]:
        """Names in parts that are unfolded for another reason: a remark about them, a word that was looked up."""
        return ()

    @cached_property
    def sections(self) -> dict[str, Section]:
        """The parts in their order, as the form stands now."""
        needed, wanted = set(self.needed()), set(self.wanted())
        return {key: self._section(key, layout, needed, wanted) for key, layout in self.layouts.items()}

    def _section(self, key: str, layout: Layout, needed: set[str], wanted: set[str]) -> Section:
        asks = [name for name in layout.asks if self._has(name)]
        needs = [name for name in asks if name in needed]
        lacking = [name for name in needs if not self._answers(name)]
        inside = [str(self._label(name)) for name in asks if name in self.fields]
        return Section(
            key=key,
            title=str(layout.title),
            inside=inside if len(inside) > 1 else (),
            asks=asks,
            needs=needs,
            lacking=lacking,
            answered=sum(map(self._answers, asks)),
            faulty=any(map(self._is_wrong, layout.names)),
            wanted=not wanted.isdisjoint(layout.names),
        )

    def _label(self, name: str) -> Any:
        # Where two people may meet (`ecett.core.editing`) a field may have a longer name.
        return getattr(self, "part_labels", {}).get(name) or self.fields[name].label

    def _has(self, name: str) -> bool:
        return "*" in name or name in self.fields

    def _answers(self, name: str) -> bool:
        if "*" not in name:
            return _says(self[name].value())  # type: ignore[index]
        kind, _star, field = name.partition("*-")
        return any(_says(row[field].value()) for row in self._rows_of(kind))

    def _is_wrong(self, name: str) -> bool:
        if not self.is_bound:
            return False
        if "*" not in name:
            return name in self.errors
        return any(row.errors for row in self._rows_of(name.partition("*-")[0]))

    def _rows_of(self, kind: str) -> list[forms.Form]:
        return [row for row in getattr(self, "rows", ()) if str(row.prefix).rstrip("0123456789") == kind]


def _says(value: Any) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)
