"""Counts beside filters equal what choosing the filter leaves (pure)."""

from hypothesis import given
from hypothesis import strategies as st

from hosts.facets import FacetIndex, bits_of, build, changed, count, places_of

KINDS = ("sector", "country", "offer")
ALL_OF = ("offer",)
VALUES = {"sector": ["a", "b", "c"], "country": ["FR", "SE"], "offer": ["bed", "meals", "steps"]}
FIRST = 5

Card = dict[str, set[str]]
cards = st.dictionaries(
    st.integers(FIRST, FIRST + 40),
    st.fixed_dictionaries({kind: st.sets(st.sampled_from(VALUES[kind])) for kind in KINDS}),
    max_size=20,
)
choices = st.fixed_dictionaries({kind: st.sets(st.sampled_from(VALUES[kind])).map(tuple) for kind in KINDS})
some = st.sets(st.integers(FIRST, FIRST + 40))


def rows(of: dict[int, Card]) -> list[tuple[str, str, list[int]]]:
    return [
        (kind, value, [number for number, card in of.items() if value in card[kind]])
        for kind in KINDS
        for value in VALUES[kind]
    ]


def index_of(of: dict[int, Card]) -> FacetIndex:
    return build(FIRST, list(of), rows(of))


def left(of: dict[int, Card], chosen: dict[str, tuple[str, ...]], among: set[int]) -> set[int]:
    """The cards that a choice leaves, found the plain way."""
    return {
        number
        for number, card in of.items()
        if number in among
        and all(
            (set(values) <= card[kind] if kind in ALL_OF else bool(set(values) & card[kind]))
            for kind, values in chosen.items()
            if values
        )
    }


@given(cards, choices, some)
def test_count_is_what_the_filter_would_leave(
    of: dict[int, Card], chosen: dict[str, tuple[str, ...]], matches: set[int]
) -> None:
    index = index_of(of)
    found = count(
        index, index.bits(matches), chosen, kinds=KINDS, all_of=ALL_OF, limits={"near": index.every}
    )
    among = matches & set(of)
    assert set(index.ids(found.left)) == left(of, chosen, among)
    assert found.total == len(left(of, chosen, among))
    for kind in KINDS:
        for value in VALUES[kind]:
            more = (*chosen[kind], value) if kind in ALL_OF else (value,)
            assert found.counts[kind].get(value, 0) == len(left(of, {**chosen, kind: more}, among))
        if chosen[kind]:
            assert found.without[kind] == len(left(of, {**chosen, kind: ()}, among))
        for value in chosen[kind] if len(chosen[kind]) > 1 else ():
            rest = tuple(one for one in chosen[kind] if one != value)
            assert found.less[kind, value] == len(left(of, {**chosen, kind: rest}, among))


@given(cards, choices, some)
def test_limit_without_values_narrows_and_is_counted_without(
    of: dict[int, Card], chosen: dict[str, tuple[str, ...]], near: set[int]
) -> None:
    index = index_of(of)
    found = count(index, index.every, chosen, kinds=KINDS, all_of=ALL_OF, limits={"near": index.bits(near)})
    assert set(index.ids(found.left)) == left(of, chosen, near)
    assert found.without["near"] == len(left(of, chosen, set(of)))


@given(cards, cards, some)
def test_changed_index_is_the_one_built_anew(
    before: dict[int, Card], after: dict[int, Card], touched: set[int]
) -> None:
    now = {number: card for number, card in before.items() if number not in touched}
    now |= {number: card for number, card in after.items() if number in touched}
    fresh = {number: card for number, card in now.items() if number in touched}
    index = changed(index_of(before), list(touched), list(fresh), rows(fresh))
    anew = index_of(now)
    assert index.every == anew.every
    for kind in KINDS:
        for value in VALUES[kind]:
            assert index.of(kind, [value]) == anew.of(kind, [value])


@given(some)
def test_bits_and_ids_are_the_same_cards(ids: set[int]) -> None:
    assert list(places_of(bits_of(ids, FIRST))) == sorted(number - FIRST for number in ids)


def test_card_before_the_first_has_no_bit() -> None:
    assert bits_of([1, 7], 5) == 0b100
    assert bits_of([1], 5) == 0
