"""``check_goals``: SMART or not, for scripts (docs: contracts)."""

import io
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ecett.core import jsonlines
from trainees import goalcheck_command


class Command(BaseCommand):
    help = (
        "Reads one goal a line on standard input as JSON (id, lang, text, deadline) and writes one line "
        "each: S, M, A, R, T as ok, weak or bad, with advice in the language asked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pretty", action="store_true", help="indented answers, for people")

    def handle(self, **options: Any) -> None:
        stream = sys.stdin
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
        status = jsonlines.run(
            stream, sys.stdout, goalcheck_command.answer, goalcheck_command.KEYS, pretty=options["pretty"]
        )
        if status:
            sys.exit(status)
