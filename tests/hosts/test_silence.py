"""When a team is asked and what its silence means: the pure rules, day by day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hosts.silence import Due, SilenceRules, Standing, doubted_on, due, rests_on

DAY = date(2026, 1, 1)
days = st.integers(1, 400)
some_rules = st.builds(
    SilenceRules,
    ask_after=days,
    reminders=st.integers(0, 4),
    remind_every=days,
    potential_after=days,
    inactive_after=days,
)


def live(rules: SilenceRules, looked_at: list[int]) -> list[tuple[int, Due]]:
    """A team that never answers, and a portal that looks on these days (counted from the last answer) only."""
    standing, told = Standing(since=DAY), []
    for number in looked_at:
        today = DAY + timedelta(days=number)
        step = due(standing, today, rules)
        if step is None:
            continue
        told.append((number, step))
        if step is Due.ASK:
            standing = Standing(since=DAY, last_letter_on=today)
        elif step is Due.REMIND:
            standing = Standing(DAY, today, standing.reminders + 1)
        elif step is Due.DOUBT:
            standing = Standing(DAY, standing.last_letter_on, standing.reminders, today)
        else:
            break
    return told


@given(some_rules)
def test_looked_at_every_day_the_waits_are_kept_to_the_day(rules: SilenceRules) -> None:
    told = live(rules, list(range(3300)))
    asked = rules.ask_after
    reminded = [asked + rules.remind_every * (at + 1) for at in range(rules.reminders)]
    doubted = (reminded or [asked])[-1] + rules.potential_after
    assert told == [
        (asked, Due.ASK),
        *((at, Due.REMIND) for at in reminded),
        (doubted, Due.DOUBT),
        (doubted + rules.inactive_after, Due.REST),
    ]


@given(some_rules, st.lists(st.integers(0, 3300), max_size=60).map(sorted))
def test_days_nobody_looked_delay_and_never_skip(rules: SilenceRules, looked_at: list[int]) -> None:
    whole = [Due.ASK, *[Due.REMIND] * rules.reminders, Due.DOUBT, Due.REST]
    told = live(rules, looked_at)
    steps = [step for _day, step in told]
    assert steps == whole[: len(steps)]
    waits = [later - sooner for (sooner, _a), (later, _b) in pairwise(told)]
    least = [*[rules.remind_every] * rules.reminders, rules.potential_after, rules.inactive_after]
    assert all(wait >= bound for wait, bound in zip(waits, least, strict=False))


@given(some_rules)
def test_the_day_named_in_a_letter_is_the_day_of_the_consequence(rules: SilenceRules) -> None:
    told = {step: number for number, step in live(rules, list(range(3300)))}
    asked = DAY + timedelta(days=told[Due.ASK])
    named = doubted_on(Standing(DAY, asked), rules)
    assert named == DAY + timedelta(days=told[Due.DOUBT])
    assert rests_on(named, rules) == DAY + timedelta(days=told[Due.REST])


def test_nobody_was_asked_nothing_is_named() -> None:
    assert doubted_on(Standing(DAY), SilenceRules()) is None


@pytest.mark.parametrize("wrong", [{"reminders": -1}, {"ask_after": 0}, {"inactive_after": 0}])
def test_rules_that_would_never_wait_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least a day"):
        SilenceRules(**wrong)
