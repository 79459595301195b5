"""Rank the hosts for requests: JSON lines in, JSON lines out."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from ecett.core import jsonlines
from ecett.core.clock import today
from ecett.core.management.jsonlines import JsonLinesCommand
from hosts.matching_command import KEYS, answer
from hosts.selectors import all_hosts_for_matching


class Command(JsonLinesCommand):
    help = (
        "Reads requests as JSON lines on standard input and writes the ranked hosts with their reasons, one "
        "answer a line. Exit status 0 if every line was answered, 1 otherwise."
    )
    keys = KEYS

    def answerer(self, options: dict[str, Any]) -> jsonlines.Answer:
        hosts = all_hosts_for_matching()

        def work(case: jsonlines.Case) -> dict[str, Any]:
            language = case.get("lang")
            with translation.override(language if isinstance(language, str) else "en"):
                return answer(case, hosts, today(), gettext)

        return work
