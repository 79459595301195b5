"""Free days of a host: what is open, less what is closed, less what is full."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

#: First and last day, both included.
Span = tuple[date, date]
#: An agreed stay: first day, last day, people.
Stay = tuple[date, date, int]


def free_stretch(
    within: Span,
    days: int,
    wished: date,
    opened: Sequence[Span] = (),
    closed: Sequence[Span] = (),
    hosting: Sequence[Stay] = (),
    room: int | None = None,
) -> date | None:
    """The start of a free stretch of ``days`` inside ``within``, nearest to ``wished``; None if none.

    ``opened`` empty = open whenever not closed. ``room`` is how many people may be there already so that the
    newcomers still fit (None = not known, agreed stays then block nothing).
    """
    busy = list(closed)
    if room is not None:
        # Agreed stays count against the places day by day; two that overlap may fill the house together.
        busy += _full_spans(hosting, room)
    starts = [
        (low, high)
        for low, high in _gaps(*within, opened or (within,), busy)
        if (high - low).days + 1 >= days
    ]
    best: date | None = None
    for low, high in starts:
        near = min(max(wished, low), high - timedelta(days=days - 1))
        if best is None or abs(near - wished) < abs(best - wished):
            best = near
    return best


def _full_spans(stays: Sequence[Stay], room: int) -> list[Span]:
    """Stretches in which more people than ``room`` are there already."""
    one = timedelta(days=1)
    edges = sorted({edge for first, last, _people in stays for edge in (first, last + one)})
    full: list[Span] = []
    for low, after in pairwise(edges):
        if sum(people for first, last, people in stays if first <= low <= last) > room:
            full.append((low, after - one))
    return full


def _gaps(first: date, last: date, opened: Sequence[Span], busy: Sequence[Span]) -> list[Span]:
    """Stretches of first-last that are open and not busy; touching open periods are one stretch."""
    one = timedelta(days=1)
    joined: list[Span] = []
    for low, high in sorted(opened):
        if joined and low <= joined[-1][1] + one:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    gaps: list[Span] = []
    for low, high in joined:
        low, high = max(low, first), min(high, last)
        for shut, until in sorted(busy):
            if until < low:
                continue
            if shut > high:
                break
            if shut > low:
                gaps.append((low, shut - one))
            low = max(low, until + one)
        if low <= high:
            gaps.append((low, high))
    return gaps
