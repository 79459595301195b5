"""Pages of a list that begin after a row, not after a number of rows.

The columns by which a list is ordered are its keys; the keys of the last row shown say where the next page begins.
So the hundredth page costs what the first one does, and rows that come or go between two pages repeat or hide nothing.
What is handed out is signed: nothing reaches the database that did not come from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.core import signing
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

M = TypeVar("M", bound=Model)
SALT = "ecett.core.keyset"
LONGEST = 2000
_READ: Mapping[str, Callable[[Any], Any]] = {
    "plain": lambda value: value,
    "day": dt.date.fromisoformat,
    "moment": dt.datetime.fromisoformat,
}


class BadCursor(ValueError):
    """Not one of ours, or one of another list."""


@dataclass(frozen=True)
class Key:
    """A column or annotation that rows are ordered by. ``kind``: plain, day or moment; ``empty``: may be null, then
    last.
    """

    name: str
    kind: str = "plain"
    down: bool = False
    empty: bool = False

    def order(self) -> OrderBy:
        """As ``order_by`` takes it."""
        last = True if self.empty else None
        return F(self.name).desc(nulls_last=last) if self.down else F(self.name).asc(nulls_last=last)


def page_after(
    rows: QuerySet[M], keys: Sequence[Key], values: Sequence[Any] | None, *, size: int
) -> tuple[list[M], list[Any] | None]:
    """The rows after those values (None: the first ones) in the order of the keys, which tell any two rows apart; and
    the values after which the next page begins, None for the last page.
    """
    if values is not None:
        rows = rows.filter(after(keys, values))
    found = list(rows.order_by(*(key.order() for key in keys))[: size + 1])
    page = found[:size]
    more = [getattr(page[-1], key.name) for key in keys] if len(found) > size else None
    return page, more


def after(keys: Sequence[Key], values: Sequence[Any]) -> Q:
    """The rows that stand after one with these values."""
    ways = []
    same = Q()
    for key, value in zip(keys, values, strict=True):
        beyond = _beyond(key, value)
        if beyond is not None:
            ways.append(same & beyond)
        same &= Q(**{f"{key.name}__isnull": True}) if value is None else Q(**{key.name: value})
    condition = reduce(or_, ways)
    first, value = keys[0], values[0]
    if value is not None and not first.empty:
        # Says nothing new, but it is what an index can begin with.
        condition = Q(**{f"{first.name}__{'lte' if first.down else 'gte'}": value}) & condition
    return condition


def _beyond(key: Key, value: Any) -> Q | None:
    if value is None:
        return None
    beyond = Q(**{f"{key.name}__{'lt' if key.down else 'gt'}": value})
    return beyond | Q(**{f"{key.name}__isnull": True}) if key.empty else beyond


def cursor(question: str, values: Sequence[Any]) -> str:
    """The place after a row as a text for addresses. ``question``: what was asked, so that it fits no other list."""
    plain = [value.isoformat() if isinstance(value, dt.date) else value for value in values]
    return signing.dumps([question, *plain], salt=SALT, compress=True)


def read_cursor(text: str, question: str, keys: Sequence[Key]) -> list[Any]:
    """The values of a cursor. Raises BadCursor."""
    try:
        asked, *values = signing.loads(text[: LONGEST + 1], salt=SALT)
    except signing.BadSignature as error:
        raise BadCursor from error
    if asked != question or len(values) != len(keys):
        raise BadCursor
    return [
        None if value is None else _READ[key.kind](value) for key, value in zip(keys, values, strict=True)
    ]
