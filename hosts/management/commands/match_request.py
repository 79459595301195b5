"""Rank the hosts for requests: JSON lines in, JSON lines out."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, TextIO, cast

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext

from ecett.core import jsonlines
from ecett.core.clock import today
from hosts.matching_command import KEYS, answer
from hosts.selectors import all_hosts_for_matching


class Command(BaseCommand):
    help = (
        "Reads requests as JSON lines on standard input and writes the ranked hosts with their "
        "reasons, one answer a "
        "line. Exit status 1 when a line was not answered."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pretty", action="store_true", help="indented, for people")

    def handle(self, *args: Any, **options: Any) -> None:
        hosts = all_hosts_for_matching()

        def work(case: Mapping[str, Any]) -> dict[str, Any]:
            language = case.get("lang")
            with translation.override(language if isinstance(language, str) else "en"):
                return answer(case, hosts, today(), gettext)

        if status := jsonlines.run(sys.stdin, cast(TextIO, self.stdout), work, KEYS, options["pretty"]):
            sys.exit(status)
