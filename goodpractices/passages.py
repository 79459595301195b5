"""The passages of a practice that may say who somebody is, as a person reads them: marked words in their sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from goodpractices.anonymity import check, reading_language

#: What of a practice is read, in the order of its form.
CHECKED = (
    "title", "description", "objectives", "steps", "resources", "results", "transfer", "competences_text",
)  # fmt: skip
AROUND = 60


@dataclass(frozen=True)
class Passage:
    """Marked words, once however often they come. ``field``: where they come first, with what stands around them."""

    kind: str
    text: str
    field: str
    before: str
    after: str
    times: int
    cleared: bool

    @property
    def code(self) -> str:
        """What a tick beside the passage sends."""
        return f"{self.kind}:{self.text}"


def find_passages(
    texts: Mapping[str, object],
    language: str,
    cleared: Collection[tuple[str, str]] = (),
    *,
    fields: Iterable[str] = CHECKED,
    places: Collection[str] = (),
) -> list[Passage]:
    """The passages in the fields of a practice. ``cleared``: (kind, words) of which its author said they are no
    client's; ``places``: its own town and house, whose names are no person's."""
    found: dict[tuple[str, str], Passage] = {}
    for field in fields:
        text = str(texts.get(field) or "")
        for mark in check(text, reading_language(language), places):
            key = (mark.kind, mark.text)
            first = found.get(key)
            found[key] = Passage(
                kind=mark.kind,
                text=mark.text,
                field=first.field if first else field,
                before=first.before if first else _shortened(text[: mark.start], end=True),
                after=first.after if first else _shortened(text[mark.end :], end=False),
                times=first.times + 1 if first else 1,
                cleared=key in cleared,
            )
    return list(found.values())


def fingerprint(texts: Mapping[str, str]) -> str:
    """The same for the same words: which of an original somebody had before her."""
    return sha256(json.dumps([texts.get(name, "") for name in CHECKED]).encode()).hexdigest()


def _shortened(text: str, *, end: bool) -> str:
    """The last (or first) words of a text, in one line."""
    near = text[-AROUND * 2 :] if end else text[: AROUND * 2]
    line = re.sub(r"\s+", " ", near)
    if len(line) <= AROUND:
        return line
    return "… " + line[-AROUND:].partition(" ")[2] if end else line[:AROUND].rpartition(" ")[0] + " …"
