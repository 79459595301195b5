"""How far a card can be trusted: figures that never stand without their base (pure)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hosts.freshness import Replies, Side, Stays, age, median_days, months_since, tally
from hosts.wording import say_age, say_cancelled, say_cancelled_shortly, say_replies

DAY = date(2026, 5, 15)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
waits = st.lists(st.timedeltas(timedelta(days=-2), timedelta(days=400)), max_size=30)
sides = st.lists(st.none() | st.sampled_from(list(Side)), max_size=30)


@given(days, days)
def test_whole_months_are_those_that_have_passed(one: date, other: date) -> None:
    months = months_since(one, other)
    year, month = divmod(one.year * 12 + one.month - 1 + months, 12)
    assert (year, month + 1, one.day) <= (other.year, other.month, other.day)
    year, month = divmod(one.year * 12 + one.month + months, 12)
    assert (other.year, other.month, other.day) < (year, month + 1, one.day)


@given(days, st.integers(0, 2000), st.integers(1, 800))
def test_a_card_grows_old_and_never_young_again(today: date, ago: int, fresh_days: int) -> None:
    younger = age(today - timedelta(days=ago), today, fresh_days=fresh_days)
    older = age(today - timedelta(days=ago + 1), today, fresh_days=fresh_days)
    assert younger.fresh == (ago <= fresh_days)
    assert older.fresh <= younger.fresh
    assert younger.months is not None
    assert older.months is not None
    assert older.months >= younger.months >= 0


def test_never_confirmed_is_not_fresh_and_tomorrow_is_today() -> None:
    assert age(None, DAY, fresh_days=365).fresh is False
    assert age(DAY + timedelta(days=1), DAY, fresh_days=365).months == 0


@given(waits)
def test_median_lies_between_the_shortest_and_the_longest_wait(given_waits: list[timedelta]) -> None:
    middle = median_days(given_waits)
    if not given_waits:
        assert middle is None
        return
    in_days = sorted(max(wait / timedelta(days=1), 0) for wait in given_waits)
    assert middle is not None
    assert in_days[0] - 0.05 <= middle <= in_days[-1] + 0.05
    below = sum(wait <= middle + 0.05 for wait in in_days)
    assert 2 * below >= len(in_days)


@given(waits, st.randoms())
def test_median_does_not_depend_on_the_order(given_waits: list[timedelta], chance) -> None:
    mixed = list(given_waits)
    chance.shuffle(mixed)
    assert median_days(mixed) == median_days(given_waits)


@given(sides)
def test_tally_counts_each_stay_once(given_sides: list[Side | None]) -> None:
    counted = tally(given_sides)
    assert counted.agreed == len(given_sides)
    assert counted.by_host == given_sides.count(Side.HOST)
    assert counted.by_trainee == given_sides.count(Side.TRAINEE)


@given(sides, sides)
def test_tallies_of_two_cards_add_up(one: list[Side | None], other: list[Side | None]) -> None:
    first, second, both = tally(one), tally(other), tally([*one, *other])
    assert both == Stays(
        first.agreed + second.agreed,
        first.by_host + second.by_host,
        first.by_trainee + second.by_trainee,
    )


@given(st.integers(0, 50), st.integers(0, 50), st.none() | st.floats(0, 400))
def test_every_figure_comes_with_its_base(asked: int, replied: int, middle: float | None) -> None:
    replies = Replies(asked, replied, middle)
    assert replies.asked >= replies.replied
    said = say_replies(replies)
    assert "%" not in said
    if replies.asked:
        assert str(replies.asked) in said.split()


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_cancellations_never_exceed_what_was_agreed(agreed: int, host: int, trainee: int) -> None:
    stays = Stays(agreed, host, trainee)
    assert stays.by_host + stays.by_trainee <= stays.agreed
    said = say_cancelled(stays)
    assert said.startswith(str(stays.agreed)) if stays.agreed else not said
    assert bool(say_cancelled_shortly(stays)) == bool(stays.by_host)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (say_replies(Replies()), "Not asked yet"),
        (say_replies(Replies(1, 0)), "Has not answered 1 request"),
        (say_replies(Replies(3, 0)), "Has answered none of 3 requests"),
        (say_replies(Replies(10, 9, 4.2)), "Replies to 9 of 10 requests, usually in 4 days"),
        (say_replies(Replies(2, 2, 0.3)), "Replies to 2 of 2 requests, usually within a day"),
        (say_cancelled(Stays(8)), "8 stays agreed, none called off"),
        (say_cancelled(Stays(8, 1, 2)), "8 stays agreed, 1 called off by the team, 2 called off by the trainee"),
        (say_cancelled_shortly(Stays(8, 1, 2)), "8 stays agreed, 1 called off by the team"),
        (say_age(age(None, DAY, fresh_days=365)), "Never confirmed by the team"),
        (say_age(age(date(2026, 5, 1), DAY, fresh_days=365)), "Confirmed this month"),
        (say_age(age(date(2026, 2, 1), DAY, fresh_days=365)), "Confirmed 3 months ago"),
        (say_age(age(date(2025, 5, 1), DAY, fresh_days=365)), "Not confirmed for 12 months"),
    ],
)  # fmt: skip
def test_words(said: str, words: str) -> None:
    assert said == words
