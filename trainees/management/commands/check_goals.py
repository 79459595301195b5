"""``check_goals``: SMART or not, for scripts (docs: contracts)."""

from typing import Any

from ecett.core import jsonlines
from ecett.core.management.jsonlines import JsonLinesCommand
from trainees.goalcheck_command import KEYS, answer


class Command(JsonLinesCommand):
    help = (
        "Reads one goal a line on standard input as JSON (id, lang, text, deadline) and writes one line "
        "each: S, M, A, R, T as ok, weak or bad, with advice in the language asked. Exit status 0 if every "
        "line was answered, 1 otherwise."
    )
    keys = KEYS

    def answerer(self, options: dict[str, Any]) -> jsonlines.Answer:
        return answer
