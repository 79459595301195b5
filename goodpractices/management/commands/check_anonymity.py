"""``check_anonymity``: likely personal data in a text, for scripts (docs: contracts)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ecett.core import jsonlines
from ecett.core.management.jsonlines import JsonLinesCommand
from goodpractices import anonymity

KEYS = ("id", "lang", "text")
LONGEST = 2_000_000


class Command(JsonLinesCommand):
    help = (
        "Reads one text a line on standard input as JSON (id, lang, text) and writes one line each: the marks "
        "of likely personal data, as text, kind, start and end (characters of the text as given). Exit status "
        "0 if every line was answered, 1 otherwise."
    )
    keys = KEYS

    def answerer(self, options: dict[str, Any]) -> jsonlines.Answer:
        return answer


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """One text. Raises CaseError for what cannot be answered."""
    lang = jsonlines.text_of(case, "lang").strip().lower().replace("_", "-").split("-")[0]
    if lang not in anonymity.LANGUAGES:
        jsonlines.refuse(f"“lang” must be one of: {', '.join(anonymity.LANGUAGES)}.")
    marks = anonymity.check(jsonlines.text_of(case, "text", limit=LONGEST), lang)
    return {
        "marks": [
            {"text": mark.text, "kind": mark.kind, "start": mark.start, "end": mark.end} for mark in marks
        ]
    }
