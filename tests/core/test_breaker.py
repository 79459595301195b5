"""Who asks a server that did not answer, and when."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ecett.core.breaker import PAUSE_SECONDS, Breaker, breaker_of


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_server_that_failed_is_left_alone_for_the_pause() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    assert breaker.may_ask()
    breaker.failed()
    assert not breaker.may_ask()
    clock.seconds = PAUSE_SECONDS - 0.01
    assert not breaker.may_ask()
    clock.seconds = PAUSE_SECONDS
    assert breaker.may_ask()


def test_after_the_pause_one_asks_and_the_others_still_go_without() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    breaker.failed()
    clock.seconds = PAUSE_SECONDS
    assert [breaker.may_ask() for _caller in range(4)] == [True, False, False, False]
    breaker.answered()
    assert [breaker.may_ask() for _caller in range(4)] == [True] * 4


@given(st.lists(st.floats(0, 100, allow_nan=False), min_size=1, max_size=50))
def test_server_that_never_answers_is_asked_at_most_once_a_pause(moments: list[float]) -> None:
    """However often it is wanted: what people wait for together is bounded."""
    clock = Clock()
    breaker = Breaker(clock)
    asked = 0
    for clock.seconds in sorted(moments):
        if breaker.may_ask():
            asked += 1
            breaker.failed()
    assert asked <= (max(moments) - min(moments)) // PAUSE_SECONDS + 1


def test_each_server_has_one_breaker() -> None:
    assert breaker_of("redis://a") is breaker_of("redis://a")
    assert breaker_of("redis://a") is not breaker_of("redis://b")
