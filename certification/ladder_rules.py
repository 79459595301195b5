"""The rules of the ladder A to D as versioned data: thresholds are never constants in code."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "ladder_rules.toml"
LEVELS = ("A", "B", "C", "D")


@dataclass(frozen=True)
class LadderRules:
    """One version of the rules; days may be halves, see the data file for what each number means."""

    version: int
    valid_from: date
    source: str
    window_years: int
    paper_verifiers: int
    visit_days: float
    stay_days: float
    days: float
    centres: int
    practices: int
    teaching_support_months: int
    teaching_support_months_max: int


@cache
def all_rules() -> tuple[LadderRules, ...]:
    """Every version of the rules that ships with the portal, oldest first."""
    found = tomllib.loads(DATA.read_text(encoding="utf-8"))["rules"]
    return tuple(sorted((read_rules(entry) for entry in found), key=lambda rules: rules.valid_from))


def read_rules(entry: Mapping[str, Any]) -> LadderRules:
    """One ``[[rules]]`` table as `LadderRules`. Raises TypeError for a missing or unknown number."""
    flat = {key: value for key, value in entry.items() if key not in LEVELS}
    for level in LEVELS:
        flat |= entry.get(level, {})
    return LadderRules(**flat)


def rules_on(day: date, versions: Iterable[LadderRules] | None = None) -> LadderRules:
    """The version in force on a day; before the first version, the first."""
    known = sorted(versions if versions is not None else all_rules(), key=lambda rules: rules.valid_from)
    return next((rules for rules in reversed(known) if rules.valid_from <= day), known[0])
