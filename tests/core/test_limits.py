"""How often one address may ask."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from ecett.core import clock, limits

NOON = dt.datetime(2026, 5, 4, 12, 0, 15, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody counts across the full minute."""
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: NOON)


def ask(address: str = "10.0.0.1", **headers: str) -> limits.Allowance:
    request = RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)
    return limits.count_question(request, scope="test", most=2)


def test_each_address_is_counted_by_the_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [ask().left for _each in range(3)] == [1, 0, -1]
    assert (ask().spent, ask().seconds) == (True, 45)
    assert not ask("10.0.0.2").spent
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(seconds=45))
    assert (ask().left, ask().seconds) == (1, 60)


def test_what_a_visitor_says_of_himself_counts_only_behind_our_proxy(settings: Any) -> None:
    """The last entry is the proxy's own; those before it anybody may write."""
    settings.BEHIND_PROXY = False
    forged = [ask(**{"X-Forwarded-For": f"1.1.1.{number}"}).left for number in range(3)]
    assert forged == [1, 0, -1]
    settings.BEHIND_PROXY = True
    seen = [ask(**{"X-Forwarded-For": f"9.9.9.9, 1.1.1.{number}"}).left for number in range(3)]
    assert seen == [1, 1, 1]
    assert [ask(**{"X-Forwarded-For": f"{number}, 1.1.1.0"}).left for number in range(2)] == [0, -1]


def test_broker_that_is_away_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr(cache, "incr", away)
    assert [ask().left for _each in range(5)] == [1] * 5
