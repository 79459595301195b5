"""Counts beside filters equal what choosing the filter leaves (pure)."""

from hypothesis import given
from hypothesis import strategies as st

from hosts.facets import Combination, count

KINDS = ("sector", "country", "language")
VALUES = {"sector": ["a", "b", "c"], "country": ["FR", "SE"], "language": ["en", "fr"]}

cubes = st.lists(
    st.builds(
        lambda sector, country, language, number: Combination(
            {"sector": tuple(sorted(sector)), "country": (country,), "language": tuple(sorted(language))},
            number,
        ),
        st.sets(st.sampled_from(VALUES["sector"])),
        st.sampled_from(VALUES["country"]),
        st.sets(st.sampled_from(VALUES["language"])),
        st.integers(1, 50),
    ),
    max_size=12,
)
choices = st.fixed_dictionaries({kind: st.sets(st.sampled_from(VALUES[kind])).map(tuple) for kind in KINDS})


def left(cube: list[Combination], chosen: dict[str, tuple[str, ...]]) -> int:
    """How many cards a choice leaves, counted the plain way."""
    return sum(
        group.count
        for group in cube
        if all(not values or set(values) & set(group.values[kind]) for kind, values in chosen.items())
    )


@given(cubes, choices)
def test_count_is_what_the_filter_would_leave(
    cube: list[Combination], chosen: dict[str, tuple[str, ...]]
) -> None:
    found = count(cube, chosen, KINDS)
    assert found.total == left(cube, chosen)
    for kind in KINDS:
        for value in VALUES[kind]:
            assert found.counts[kind].get(value, 0) == left(cube, {**chosen, kind: (value,)})
        if chosen[kind]:
            assert found.without[kind] == left(cube, {**chosen, kind: ()})
