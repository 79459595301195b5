"""Pages that begin after a row: every row once, in order, whatever is empty, and whatever comes or goes meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as DatabaseTestCase

from ecett.core.keyset import BadCursor, Key, cursor, page_after, read_cursor
from hosts.models import Host
from tests.factories import HostFactory

FRESH = (
    Key("last_confirmed_on", "day", down=True, empty=True),
    Key("capacity", empty=True),
    Key("sort_name"),
    Key("public_id"),
)
DAYS = st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 3))


def walk(keys: tuple[Key, ...], size: int) -> list[str]:
    found: list[str] = []
    place: list[Any] | None = None
    while True:
        page, more = page_after(Host.objects.all(), keys, place, size=size)
        found += [host.public_id for host in page]
        assert len(page) <= size
        if more is None:
            return found
        place = read_cursor(cursor("hosts", more), "hosts", keys)


class Walking(DatabaseTestCase):
    @given(
        cards=st.lists(
            st.tuples(DAYS, st.none() | st.integers(0, 2), st.sampled_from("Aé'%\\Ω")), max_size=9
        ),
        size=st.integers(1, 4),
    )
    def test_every_row_stands_on_one_page_in_the_order_of_the_list(
        self, cards: list[tuple[dt.date | None, int | None, str]], size: int
    ) -> None:
        for day, capacity, name in cards:
            HostFactory(name=name, last_confirmed_on=day, capacity=capacity)
        ordered = Host.objects.order_by(*(key.order() for key in FRESH))
        assert walk(FRESH, size) == [host.public_id for host in ordered]


@pytest.mark.django_db
def test_what_comes_or_goes_between_two_pages_repeats_and_hides_nothing() -> None:
    keys = (Key("sort_name"), Key("public_id"))
    cards = {name: HostFactory(name=name) for name in "bdfh"}
    first, place = page_after(Host.objects.all(), keys, None, size=2)
    assert [host.name for host in first] == ["b", "d"]
    cards["b"].delete()
    cards["d"].delete()
    HostFactory(name="a")
    HostFactory(name="e")
    rest, more = page_after(Host.objects.all(), keys, place, size=5)
    assert ([host.name for host in rest], more) == (["e", "f", "h"], None)


@given(st.text(max_size=300))
def test_whatever_is_no_cursor_of_ours_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        read_cursor(text, "hosts", (Key("sort_name"),))


def test_cursor_fits_no_other_question() -> None:
    place = cursor("hosts in Belgium", ["a", "b"])
    keys = (Key("sort_name"), Key("public_id"))
    assert read_cursor(place, "hosts in Belgium", keys) == ["a", "b"]
    for question, others in (("hosts in France", keys), ("hosts in Belgium", keys[:1])):
        with pytest.raises(BadCursor):
            read_cursor(place, question, others)
    with pytest.raises(BadCursor):
        read_cursor(place[:-1] + ("A" if place[-1] != "A" else "B"), "hosts in Belgium", keys)
