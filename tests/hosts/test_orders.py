"""Orders of cards: pages of them, and where cards stand that have changed."""

import datetime as dt
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hosts.enums import HostStatus, Moderation
from hosts.facets import bits_of
from hosts.models import Host
from hosts.orders import Order, best, moved
from hosts.selectors.cardindex import card_index, forget
from hosts.selectors.sources import host_source
from tests.factories import HostFactory

FIRST = 5
LAST = FIRST + 40
some = st.sets(st.integers(FIRST, LAST))
# {id: what it is ordered by}
keys = st.dictionaries(st.integers(FIRST, LAST), st.integers(0, 12), max_size=40)


def listed(by: dict[int, int]) -> list[int]:
    return sorted(by, key=lambda number: (by[number], number))


@given(st.permutations(range(FIRST, FIRST + 24)), some, st.integers(0, 14), st.integers(1, 5))
def test_page_of_an_order_is_a_slice_of_it(ids: list[int], chosen: set[int], start: int, size: int) -> None:
    expected = [number for number in ids if number in chosen][start : start + size]
    assert Order(ids, FIRST).page(bits_of(chosen, FIRST), start, size) == expected


@given(
    st.dictionaries(st.integers(FIRST, FIRST + 30), st.integers(0, 3)),
    st.permutations(range(FIRST, FIRST + 31)),
    some,
    st.integers(0, 20),
    st.integers(1, 7),
)
def test_best_are_sorted_by_score_then_by_the_order(
    scores: dict[int, int], ids: list[int], chosen: set[int], start: int, size: int
) -> None:
    ranked = sorted(
        (number for number in scores if number in chosen), key=lambda n: (-scores[n], ids.index(n))
    )
    groups = {
        score: bits_of([number for number in scores if scores[number] == score], FIRST)
        for score in scores.values()
    }
    found = best(groups, bits_of(chosen, FIRST), Order(ids, FIRST), start, size)
    assert found == [(number, scores[number]) for number in ranked[start : start + size]]


@given(keys, some)
def test_without_leaves_the_others_where_they_are(by: dict[int, int], gone: set[int]) -> None:
    ids = listed(by)
    assert Order(ids, FIRST).without(gone).ids() == [number for number in ids if number not in gone]


@given(keys, keys)
def test_moved_order_is_the_one_read_anew(before: dict[int, int], after: dict[int, int]) -> None:
    """Cards that only one of the two has have come or gone; those of both may stand elsewhere."""
    touched = {number for number in before.keys() | after.keys() if before.get(number) != after.get(number)}
    questions = []

    def ask(ids: Sequence[int]) -> list[int]:
        questions.append(len(ids))
        return listed({number: after[number] for number in ids if number in after})

    order = moved(Order(listed(before), FIRST), touched, ask)
    assert order is not None
    assert order.ids() == listed(after)
    assert order.page(bits_of(after, FIRST), 0, 3) == listed(after)[:3]
    assert len(questions) == 2


@given(st.permutations(range(FIRST, FIRST + 9)), st.permutations(range(FIRST, FIRST + 9)))
def test_order_in_which_others_have_moved_too_is_given_up_or_right_about_the_card(
    before: list[int], after: list[int]
) -> None:
    card = FIRST + 4

    def ask(ids: Sequence[int]) -> list[int]:
        return [number for number in after if number in ids]

    order = moved(Order(before, FIRST), {card}, ask)
    if order is not None:
        assert sorted(order.ids()) == sorted(after)
        assert [n for n in order.ids() if n != card] == [n for n in before if n != card]


def test_two_small_questions_whatever_the_number_of_cards() -> None:
    asked = []

    def ask(ids: Sequence[int]) -> list[int]:
        asked.append(len(ids))
        return sorted(ids)

    order = moved(Order((number for number in range(1, 100_001) if number != 500), 1), {500}, ask)
    assert order is not None
    assert order.ids(498, 501) == [499, 500, 501]
    assert max(asked) < 400


def test_card_that_vanished_meanwhile_gives_the_order_up() -> None:
    assert moved(Order([5, 6, 7], 5), {6}, lambda ids: [one for one in sorted(ids) if one != 7]) is None


@pytest.mark.django_db(transaction=True)
def test_orders_after_changes_are_those_read_anew(django_assert_max_num_queries: Any) -> None:
    """In a transaction of its own each, as changes come."""
    rng = Random(3)
    source = host_source()
    hosts = [HostFactory(name=f"House {rng.randrange(50)}", status=HostStatus.PARTNER) for _ in range(30)]
    before = card_index(source)
    assert [before.order(name).ids() for name in source.orders]
    for change in (
        {"sort_name": "aa"},
        {"sort_name": "zz", "last_confirmed_on": dt.date(2026, 1, 1)},
        {"status": HostStatus.POTENTIAL},
        {"moderation": Moderation.DRAFT},
    ):
        Host.objects.filter(pk__in=[host.pk for host in rng.sample(hosts, 3)]).update(**change)
        hosts.append(HostFactory(name=f"House {rng.randrange(50)}"))
        # What changed, the cards again, and two questions an order.
        with django_assert_max_num_queries(2 + 2 * len(source.orders)):
            mended = card_index(source)
            found = {name: mended.order(name).ids() for name in source.orders}
        forget()
        anew = card_index(source)
        assert found == {name: anew.order(name).ids() for name in source.orders}
