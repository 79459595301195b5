"""``check_ladder``: what a dossier still lacks, for scripts (docs: contracts)."""

from typing import Any

from certification.eligibility_command import KEYS, answer
from ecett.core import jsonlines
from ecett.core.management.jsonlines import JsonLinesCommand


class Command(JsonLinesCommand):
    help = (
        "Reads one case a line on standard input as JSON (id, level, dossier_opened_on, evidence) and writes "
        "one line each: eligible, missing, proof. Exit status 0 if every line was answered, 1 otherwise."
    )
    keys = KEYS

    def answerer(self, options: dict[str, Any]) -> jsonlines.Answer:
        return answer
