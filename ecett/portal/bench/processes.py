"""What processes take: memory and time of the processor, as the kernel counts them."""

from __future__ import annotations

import os
import re
from pathlib import Path


def proportional_memory(master: int) -> list[float]:
    """Proportional set size of each worker of a web server or of Celery, MB (shared pages are divided)."""
    found = []
    for pid in family(master):
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        if match := re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE):
            found.append(int(match[1]) / 1000)
    # The process that only waits and restarts is the smallest.
    return sorted(found)[-2:] or [0.0]


def processor_seconds(master: int) -> float:
    """Time of the processor that a process and its children have taken, those that have ended included."""
    ticks = 0
    for pid in family(master):
        try:
            # The name, in parentheses, may hold blanks.
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        # utime, stime and those of ended children (proc(5), fields 14 to 17).
        ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found, seen = [], [pid]
    while seen:
        parent = seen.pop()
        found.append(parent)
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        except OSError:
            continue
        seen += [int(child) for child in children]
    return found
