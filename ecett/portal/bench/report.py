"""What a benchmark says: measures with their reference and their aim, as JSON and as a table."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Measure:
    """`ratio` is value to reference; `aim` is said in words, `holds` whether it is reached (None: no aim)."""

    name: str
    value: float
    unit: str
    reference: float | None = None
    ratio: float | None = None
    aim: str = ""
    holds: bool | None = None


def against(name: str, value: float, unit: str, reference: float, *, at_least: float) -> Measure:
    """A rate held against that of a reference measured in the same rounds."""
    ratio = value / reference if reference else 0.0
    return Measure(name, value, unit, reference, ratio, f"at least {at_least:.2f} of it", ratio >= at_least)


def no_more(name: str, value: float, unit: str, reference: float, *, times: float) -> Measure:
    """A time held against that of a reference measured in the same rounds."""
    ratio = value / reference if reference else 0.0
    return Measure(name, value, unit, reference, ratio, f"at most {times:g} times it", ratio <= times)


def at_most(name: str, value: float, unit: str, limit: float) -> Measure:
    """A figure that must not grow beyond a limit."""
    return Measure(name, value, unit, aim=f"at most {limit:g}", holds=value <= limit)


def plain(name: str, value: float, unit: str) -> Measure:
    """A figure to know, without an aim."""
    return Measure(name, value, unit)


def middle(values: Iterable[float]) -> float:
    """The median of the rounds."""
    return float(median(list(values)))


def write(folder: Path, name: str, measures: Iterable[Measure]) -> Path:
    """`NAME.json` as the contract has it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    rows = [
        {
            key: round(value, 4) if isinstance(value, float) else value
            for key, value in asdict(measure).items()
        }
        for measure in measures
    ]
    path.write_text(json.dumps({"name": name, "measures": rows}, indent=2, ensure_ascii=False) + "\n")
    return path


def table(document: dict[str, object]) -> str:
    """The same for people."""
    head = ("measure", "value", "unit", "reference", "ratio", "aim", "holds")
    rows = [head]
    for measure in document["measures"]:  # type: ignore[attr-defined]
        holds = {True: "yes", False: "NO", None: ""}[measure["holds"]]
        numbers = [_figure(measure[key]) for key in ("value", "reference", "ratio")]
        rows.append((measure["name"], numbers[0], measure["unit"], *numbers[1:], measure["aim"], holds))
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    right = {1, 3, 4}
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")
