"""Dates with a year in running text, in any of our languages; each as the first and last day it can mean."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

Span = tuple[date, date]

_ISO = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(20\d\d)(?!\d)")
_MONTH_YEAR = re.compile(r"(?<![\d./-])(\d{1,2})[./](20\d\d)(?!\d)")
_QUARTER = re.compile(r"(?<!\w)[qtk]([1-4])[\s./-]*(20\d\d)(?!\d)")
_DAY_BEFORE = re.compile(r"(?<!\d)(\d{1,2})(?:\.|er|st|nd|rd|th|η|º|°)?\s+(?:de\s+|of\s+|τησ\s+)?$")
_AFTER = re.compile(
    r"\w*\.?,?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?:de\s+|del\s+|of\s+|του\s+|roku\s+)?(20\d\d)(?!\d)"
)


def found_dates(said: str, months: Sequence[re.Pattern[str]]) -> list[Span]:
    """Every date with a year in a plain text. ``months`` are the twelve names as patterns."""
    found = [*_numeric(said), *_named(said, months)]
    return [span for span in found if span is not None]


def _numeric(said: str) -> Iterator[Span | None]:
    for year, month, day in _ISO.findall(said):
        yield _day(int(year), int(month), int(day))
    for day, month, year in _NUMERIC.findall(said):
        yield _day(int(year), int(month), int(day))
    for month, year in _MONTH_YEAR.findall(said):
        yield _month(int(year), int(month))
    for quarter, year in _QUARTER.findall(said):
        first, last = _month(int(year), 3 * int(quarter) - 2), _month(int(year), 3 * int(quarter))
        if first and last:
            yield first[0], last[1]


def _named(said: str, months: Sequence[re.Pattern[str]]) -> Iterator[Span | None]:
    for number, pattern in enumerate(months, start=1):
        for match in pattern.finditer(said):
            if match.start() and said[match.start() - 1].isalpha():
                continue
            after = _AFTER.match(said, match.end())
            if after is None:
                continue
            year = int(after[2])
            # A day stands right before its month; looking further back costs a long text its time.
            before = _DAY_BEFORE.search(said[max(0, match.start() - 30) : match.start()])
            day = before[1] if before else after[1]
            yield _day(year, number, int(day)) if day else _month(year, number)


def _day(year: int, month: int, day: int) -> Span | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found, found


def _month(year: int, month: int) -> Span | None:
    if not 1 <= month <= 12:
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
