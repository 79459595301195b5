"""``check_anonymity``: likely personal data in a text, for scripts (docs: contracts)."""

from __future__ import annotations

import io
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand

from ecett.core import jsonlines
from goodpractices import anonymity

KEYS = ("id", "lang", "text")
LONGEST = 2_000_000


class Command(BaseCommand):
    help = (
        "Reads one text a line on standard input as JSON (id, lang, text) and writes one line each: the marks "
        "of likely personal data, as text, kind, start and end (characters of the text as given)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pretty", action="store_true", help="indented answers, for people")

    def handle(self, **options: Any) -> None:
        stream = sys.stdin
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
        if status := jsonlines.run(stream, sys.stdout, answer, KEYS, pretty=options["pretty"]):
            sys.exit(status)


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
