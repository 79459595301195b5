"""One case of ``check_goals``: JSON in, JSON out. ``advice`` has a sentence for each letter not ok."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ecett.core import clock, jsonlines
from trainees import goalcheck

KEYS = ("id", "lang", "text", "deadline")


def answer(case: Mapping[str, Any], today: date | None = None) -> dict[str, Any]:
    """The contract's answer to one case, or ``{"id", "error", "text"}``. Never raises."""
    day = today or clock.today()
    return jsonlines.settle(case, lambda found: _answer(found, day), KEYS)


def _answer(case: Mapping[str, Any], today: date) -> dict[str, Any]:
    lang = jsonlines.text_of(case, "lang").strip().lower().replace("_", "-").split("-")[0]
    if lang not in goalcheck.LANGUAGES:
        jsonlines.refuse(f"“lang” must be one of: {', '.join(goalcheck.LANGUAGES)}.")
    deadline = None if case.get("deadline") == "" else jsonlines.day_of(case, "deadline", None)
    verdicts = goalcheck.check(jsonlines.text_of(case, "text"), deadline, lang, today)
    return {letter: found.state for letter, found in verdicts.items()} | {
        "advice": goalcheck.advice(verdicts, lang)
    }
