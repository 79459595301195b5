"""Which lists are exported. Apps register theirs in ``AppConfig.ready``."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from ecett.core.exports.sheets import TEXT, Column
from ecett.core.imports import registry

FORMS = ("xlsx", "csv")


def of_field(model: type[Model], name: str, kind: str = TEXT, width: int = 0, *, value: Any = "") -> Column:
    """The column of a field, called on pages what the field is called. ``value`` where it is not the field's own."""
    label = model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return Column(name, value or name, kind, width, label)


def named(name: str, label: str | Promise, value: str | Callable[[Any], Any], width: int = 0) -> Column:
    """A column of text that is no field."""
    return Column(name, value, width=width, label=label)


@dataclass(frozen=True)
class Group:
    """Columns that belong together. ``permission``: who may take them ("" whoever may take the sheet); such a group is
    never chosen at first, and each sheet with it is written down (``ExportKind.note``).
    """

    name: str
    label: str | Promise
    columns: tuple[Column, ...]
    help: str | Promise = ""
    permission: str = ""

    def open_to(self, user: Any) -> bool:
        """Whether a person may take these columns."""
        return not self.permission or bool(user.has_perm(self.permission))


@dataclass(frozen=True)
class ExportKind:
    """A list. Headings of columns are unique, since they name them in addresses.

    ``rows``: (filters as in an address, language of the words) → the rows, in no order; ``load``: those rows with all
    that the named columns need; ``order``: fields. ``page``, ``list_page``: names of the addresses where columns are
    chosen and of the list. ``short``: the headings of a short list. ``layout``: of the import of this name that reads
    the sheet back. ``note``: writes down who took private columns of how many rows.
    """

    name: str
    label: str | Promise
    filename: str
    groups: tuple[Group, ...]
    rows: Callable[[str, str], QuerySet[Any]]
    load: Callable[[QuerySet[Any], Collection[str]], QuerySet[Any]]
    order: tuple[str, ...]
    page: str
    list_page: str
    short: tuple[str, ...]
    layout: str
    note: Callable[..., Any] | None = field(default=None)

    def groups_for(self, user: Any) -> list[Group]:
        """The columns a person may take."""
        return [group for group in self.groups if group.open_to(user)]

    def usual(self) -> tuple[str, ...]:
        """The headings that are chosen at first: all but private ones."""
        return tuple(
            str(column.heading) for group in self.groups if not group.permission for column in group.columns
        )

    @cached_property
    def needed(self) -> frozenset[str]:
        """The headings that the import asks of a sheet that is brought back."""
        importer = registry.find(self.name)
        layouts = importer.layouts() if importer else ()
        return frozenset(
            heading
            for layout in layouts
            if layout.name == self.layout
            for column in layout.columns.values()
            if not column.optional
            for heading in column.headings
        )

    def chosen(self, headings: Collection[str]) -> list[Column]:
        """Columns in the order of the sheet, however they were named."""
        return [
            column for group in self.groups for column in group.columns if str(column.heading) in headings
        ]

    def private(self, headings: Collection[str]) -> bool:
        """Whether one of the columns is written down when it is taken."""
        return any(
            group.permission and any(str(column.heading) in headings for column in group.columns)
            for group in self.groups
        )


_kinds: dict[str, ExportKind] = {}


def register(kind: ExportKind) -> None:
    """Let a list be exported; raises ValueError for two of one name and for headings that are not unique."""
    headings = [str(column.heading) for group in kind.groups for column in group.columns]
    if len(set(headings)) != len(headings):
        raise ValueError(f"{kind.name}: a heading stands twice")
    if _kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"two exports of the name {kind.name}")


def find(name: str) -> ExportKind | None:
    """The list of this name, or None: a job may be older than the code."""
    return _kinds.get(name)
