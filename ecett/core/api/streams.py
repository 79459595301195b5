"""Long JSON documents written piece by piece: memory does not grow with the rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def document(head: Mapping[str, Any], name: str, rows: Iterable[Any]) -> Iterator[str]:
    """An object with the parts of ``head`` and then the list ``name``, a line a row."""
    begin = _text(head).removesuffix("}")
    yield f"{begin}{', ' if head else ''}{_text(name)}: ["
    between = "\n"
    for row in rows:
        yield between + _text(row)
        between = ",\n"
    yield "\n]}\n"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
