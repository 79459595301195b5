"""How well a practice has proved itself elsewhere: counted from what people report, never claimed by its author.

Levels, each with what it asks for (`THRESHOLDS`, our reading; docs/decisions/0009-two-readers.md):

0 described · 1 seen by a visitor · 2 tried elsewhere · 3 kept by several organisations · 4 with a measured effect

An organisation counts once, by the best it reports; the organisations of the card's own authors and of its host never
count. A practice that was dropped counts as tried: to know that something did not work somewhere is evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["trying", "kept", "adapted", "dropped"]

DESCRIBED, SEEN, TRIED, KEPT, MEASURED = range(5)
LEVELS = (DESCRIBED, SEEN, TRIED, KEPT, MEASURED)
#: What a level is called in addresses and for other programs, in their order.
CODES = ("described", "seen", "tried", "kept", "measured")

#: How many independent organisations a level asks for; an innovation is as good as two measurements.
THRESHOLDS = {"tried": 1, "kept": 2, "measured": 2, "innovations": 1}
LASTS: frozenset[Outcome] = frozenset(("kept", "adapted"))


@dataclass(frozen=True)
class Attempt:
    """One report of somebody who tried. ``place``: the same for one organisation however often it reports.

    ``measured``: an indicator with its figures before and after. ``innovation``: it has become lasting and is told.
    """

    place: str
    outcome: Outcome
    measured: bool = False
    innovation: bool = False


@dataclass(frozen=True)
class Evidence:
    """A level, the independent organisations counted for it, and what the next level lacks: (what, how many)."""

    level: int
    tried: int = 0
    kept: int = 0
    dropped: int = 0
    measured: int = 0
    innovations: int = 0
    lacks: tuple[tuple[str, int], ...] = ()


def weigh(attempts: Iterable[Attempt], *, own: Iterable[str] = (), seen: bool = False) -> Evidence:
    """The evidence of a practice. ``own``: places of its authors and its host; ``seen``: a visitor reported it."""
    places: dict[str, list[Attempt]] = {}
    mine = frozenset(own)
    for attempt in attempts:
        if attempt.place not in mine:
            places.setdefault(attempt.place, []).append(attempt)
    lasting = {place: [one for one in reports if one.outcome in LASTS] for place, reports in places.items()}
    kept = sum(bool(reports) for reports in lasting.values())
    measured = sum(any(one.measured for one in reports) for reports in lasting.values())
    innovations = sum(any(one.innovation for one in reports) for reports in lasting.values())
    dropped = sum(all(one.outcome == "dropped" for one in reports) for reports in places.values())
    counted = {"tried": len(places), "kept": kept, "measured": measured, "innovations": innovations}

    def missing(name: str) -> int:
        return max(THRESHOLDS[name] - counted[name], 0)

    lacks: tuple[tuple[str, int], ...] = ()
    proved = not missing("measured") or not missing("innovations")
    if not missing("kept") and proved:
        level = MEASURED
    elif not missing("kept"):
        level, lacks = KEPT, (("measured", missing("measured")),)
    elif not missing("tried"):
        level, lacks = TRIED, (("kept", missing("kept")),)
    else:
        level, lacks = (SEEN if seen else DESCRIBED), (("tried", missing("tried")),)
        if not seen:
            lacks = (("seen", 1), *lacks)
    return Evidence(level=level, dropped=dropped, lacks=lacks, **counted)
