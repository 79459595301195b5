"""Lists in pages: where a page begins, and the address of the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecett.core.api.questions import Parameter, bad_question, wrong
from ecett.core.keyset import LONGEST, BadCursor, Key, cursor, read_cursor

CURSOR = Parameter(
    "cursor", gettext_lazy("where a page begins: comes with next, not to be made"), longest=LONGEST
)


def place_of(given: Mapping[str, Sequence[str]], asked: str, keys: Sequence[Key]) -> list[Any] | None:
    """After which row the page of an address begins; None for the first. ``asked``: the question it belongs to.
    Raises Problem.
    """
    if CURSOR.name not in given:
        return None
    text = given[CURSOR.name][0]
    try:
        return read_cursor(text, asked, keys)
    except BadCursor as error:
        detail = _("It belongs to another question, or is none of ours. Begin without it.")
        raise bad_question([wrong(CURSOR.name, text, detail)]) from error


def next_address(request: HttpRequest, asked: str, after: Sequence[Any] | None) -> str | None:
    """The address of the page that begins after a row; None after the last page."""
    if after is None:
        return None
    pairs = [(name, value) for name, values in request.GET.lists() for value in values if name != CURSOR.name]
    query = urlencode([*pairs, (CURSOR.name, cursor(asked, after))])
    return request.build_absolute_uri(f"{request.path}?{query}")
