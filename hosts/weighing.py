"""How much each unit of a question counts, by how many cards have it. Pure: no Django."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import log

from hosts.gazetteer import CASE, EXACT, PLACE, places_around
from hosts.search import Query, Unit, lexeme, place, quoted
from hosts.steps import runs
from hosts.terms import Terms, terms

# A word that stands on more than this part of the cards says little beside a concept.
COMMON = 0.01
# However common, a unit counts for something.
LEAST = 0.15
# What a word that names nothing counts beside a concept: cards of other languages cannot say it.
ASIDE = 0.25
# What fewer cards than these are about, those about what lies near must answer.
FEW = 10
# From so many units on somebody tells a story: words that may mean anything mean nothing there.
TOLD = 5


def weighed(query: Query, cards: Mapping[str, int], total: int, known: Terms | None = None) -> Query:
    """The query with weights: what few cards have counts more. ``cards``: {lexeme: how many cards}."""
    if not total:
        return query
    sure = any(unit.sure for unit in query.wanted)
    told = len(query.wanted) >= TOLD and any(unit.sure and not unit.weak for unit in query.wanted)
    units: list[Unit] = []
    general = set(_general(query.wanted, known or terms()))
    for unit in query.units:
        if unit in general:
            units.append(replace(unit, weight=0.0, optional=True))
            continue
        if unit.sure:
            # By the concepts alone: the same question in another language weighs the same.
            count = _about(unit, cards, known or terms())
            doubtful = unit.weak and told
            weight = _weight(count, total) * (ASIDE if doubtful else 1.0)
            units.append(replace(unit, weight=weight, optional=doubtful))
            continue
        count = max(
            (cards.get(key, 0) for key in (*map(lexeme, unit.concepts), *bare(unit))),
            default=0,
        )
        common = count > total * COMMON and not unit.town
        name = unit.town or any(cards.get(key, 0) for key in bare(unit) if key.startswith(EXACT))
        beside = sure and not unit.concepts and not unit.town
        aside = beside and (common or not name)
        units.append(
            replace(
                unit,
                weight=_weight(count, total) * ((0.0 if told else ASIDE) if aside else 1.0),
                optional=beside or not count,
                rare=not common,
            )
        )
    if all(unit.optional or unit.excluded for unit in units):
        units = [replace(unit, optional=False) for unit in units]
    return replace(query, units=tuple(_shared(units)))


def _shared(units: Sequence[Unit]) -> Iterator[Unit]:
    """Things of which either will do count together as much as one: who asks for art and music therapy with autistic
    people wants one of them with these people, rather than both with others.
    """
    for run in runs(units):
        yield from (replace(unit, weight=unit.weight / len(run)) for unit in run)


def _general(units: Iterable[Unit], known: Terms) -> Iterator[Unit]:
    """Units that say nothing beside another: every card about pills is about addiction ("addicted to pills")."""
    sure = [unit for unit in units if unit.concepts and not unit.excluded]
    for unit in sure:
        others = [code for other in sure if other != unit for code in other.concepts]
        if not set(others) & set(unit.concepts) and known.implied(others) & set(unit.concepts):
            yield unit


def with_towns(query: Query, cards: Mapping[str, int]) -> Query:
    """The query with the words that are names of towns asked for as such: "Porto" is not every door.

    ``cards``: {lexeme: how many cards}. A word in small letters that cards use otherwise stays a word.
    """
    units = []
    for unit in query.units:
        keys = list(bare(unit))
        towns = [key for key in keys if key.startswith(PLACE)]
        here = sum(cards.get(key, 0) for key in towns)
        said = any(cards.get(key, 0) for key in keys if key[0] not in (PLACE, EXACT))
        if here and not unit.sure and not unit.excluded and (unit.shown[:1].isupper() or not said):
            exact = [key for key in keys if key.startswith(EXACT)]
            names = (key.removeprefix(PLACE) for key in towns if not key.startswith(CASE))
            around = tuple(map(place, places_around(names)))
            unit = replace(unit, lexemes=tuple(map(quoted, (*towns, *exact))), town=True, around=around)
        units.append(unit)
    return replace(query, units=tuple(units))


def without_strangers(query: Query, strangers: Iterable[str]) -> Query:
    """The query with words that no card and no list knows made optional, unless nothing else is asked."""
    strange = frozenset(strangers)
    if all(unit.phrase in strange for unit in query.wanted):
        return query
    return replace(
        query,
        units=tuple(
            replace(unit, optional=True, weight=LEAST)
            if unit.phrase in strange and not unit.sure and not unit.excluded
            else unit
            for unit in query.units
        ),
    )


def bare(unit: Unit) -> Iterator[str]:
    """The words of a unit as they stand in the index, phrases left out."""
    return (key[1:-1].replace("''", "'") for key in unit.lexemes if " <-> " not in key)


def _about(unit: Unit, cards: Mapping[str, int], known: Terms) -> float:
    """How many cards a unit that is sure speaks of. What hardly any card is about is not what tells the others apart:
    it counts as much as the commonest matter near it.
    """
    if not unit.concepts:
        return max((cards.get(key, 0) for key in bare(unit)), default=0)
    own = max(cards.get(lexeme(code), 0) for code in (*unit.concepts, *unit.sides))
    others = (cards.get(lexeme(code), 0) for code in known.near(unit.concepts) if not known.sector(code))
    near = max(others, default=0)
    return own + max(0, near - own) * max(0, FEW - own) / FEW


def _weight(count: float, total: int) -> float:
    return max(LEAST, log((total + 1) / (count + 1)) / log(total + 1))
