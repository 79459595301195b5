"""What the people of the demo data write: problems, goals, programmes, evaluations, replies, reasons.

Written in English, French, Dutch, Spanish and Italian; any other language gets the English words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from babel.dates import format_date

from ecett.portal.demo.content import content, in_language

#: Where the people of these stories write their dates.
EUROPEAN = {"en": "en_GB"}
MOMENTS = (
    ("morning", time(9), time(12)),
    ("midday", time(12, 30), time(14)),
    ("afternoon", time(14, 30), time(17)),
)


@dataclass(frozen=True, slots=True)
class DemoGoal:
    """A goal that passes the SMART check."""

    text: str
    deadline: date


@dataclass(frozen=True, slots=True)
class DemoProblem:
    """A problem at a workplace with what its owner wants to learn; codes are those of the thesaurus."""

    lang: str
    sector: str
    title: str
    text: str
    seeks: str
    goals: tuple[DemoGoal, ...]
    target_groups: tuple[str, ...]
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoSession:
    """One line of a day programme."""

    day: date
    start: time
    end: time
    place: str
    activity: str


def problem(rng: Random, lang: str, today: date, *, sector: str | None = None) -> DemoProblem:
    """A problem of a sector (of any when None) with two goals due two to six months after `today`."""
    told = in_language("stories", lang)
    written = lang if lang in content("stories") else "en"
    found = rng.choice([each for each in told["problem"] if sector in (None, each["sector"])])
    goals = []
    for text in found["goals"]:
        deadline = today + timedelta(days=rng.randint(60, 180))
        # Some languages write the first of a month in another way than the other days.
        deadline += timedelta(days=deadline.day == 1)
        goals.append(
            DemoGoal(
                text.format(date=format_date(deadline, "long", EUROPEAN.get(written, written))), deadline
            )
        )
    return DemoProblem(
        lang=written,
        sector=found["sector"],
        title=found["title"],
        text=found["text"],
        seeks=found["seeks"],
        goals=tuple(goals),
        target_groups=tuple(found["groups"]),
        concepts=tuple(found["concepts"]),
    )


def resume(rng: Random, lang: str, n: int = 3) -> tuple[str, ...]:
    """`n` different lines of a résumé, at most as many as are written."""
    lines = in_language("stories", lang)["resume"]
    return tuple(rng.sample(lines, min(n, len(lines))))


def competences(rng: Random, lang: str) -> str:
    """Two things a trainee has learned to do, in her words."""
    return "; ".join(rng.sample(in_language("stories", lang)["competences"], 2))


def evaluation(rng: Random, lang: str, by: str) -> str:
    """A short evaluation by "trainee", "host" or "employer"; KeyError for anybody else."""
    return rng.choice(in_language("stories", lang)["evaluation"][by])


def reply(rng: Random, lang: str, answer: str) -> str:
    """A spokesperson's words to "accept", "decline" or offer other "dates"; KeyError otherwise."""
    return rng.choice(in_language("stories", lang)["reply"][answer])


def jury_reason(rng: Random, lang: str, outcome: str) -> str:
    """A jury's reason to "award" or to "defer"; KeyError otherwise."""
    return rng.choice(in_language("stories", lang)["jury"][outcome])


def programme(
    rng: Random, lang: str, start: date, days: int, *, place: str, city: str
) -> Iterator[DemoSession]:
    """Three sessions a day on the first `days` working days from `start`."""
    parts = in_language("host_texts", lang)
    day, left = start, days
    while left:
        if day.weekday() < 5:
            for moment, begin, end in MOMENTS:
                activity = rng.choice(parts["day"][moment]).format(city=city)
                yield DemoSession(day, begin, end, place, activity)
            left -= 1
        day += timedelta(days=1)
