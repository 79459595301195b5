"""``check_ladder``: what a dossier still lacks, for scripts (docs: contracts)."""

import io
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from certification.eligibility_command import KEYS, answer
from ecett.core import jsonlines


class Command(BaseCommand):
    help = (
        "Reads one case a line on standard input as JSON (id, level, dossier_opened_on, evidence) and writes "
        "one line each: eligible, missing, proof. Exit status 0 if every line was answered, 1 otherwise."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pretty", action="store_true", help="indented answers, for people")

    def handle(self, **options: Any) -> None:
        stream = sys.stdin
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
        status = jsonlines.run(stream, sys.stdout, answer, KEYS, pretty=options["pretty"])
        if status:
            sys.exit(status)
