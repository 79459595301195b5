"""Which cards answer a question: conditions from the strictest on. Pure: no Django."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from hosts.search import Query, Unit, lexeme, quoted
from hosts.terms import Terms, terms

# Of the parts of a question those say most that count at least so much of the one that counts most.
MOST = 0.95


def steps(query: Query) -> Iterator[tuple[str, bool, bool]]:
    """Conditions from the strictest on, each with whether it drops something that was asked (``relaxed``), and
    whether cards of other places answer it too.

    All that is asked; the same around the town; related concepts too, or only what says most (that a related concept
    and a common one find enough must not hide the cards that are about the rare one: the ranking puts them in order);
    at last anything of it.
    """
    wanted = query.wanted
    needed = runs([unit for unit in wanted if not unit.optional] or wanted)
    unwanted = "".join(f" & !({expression(unit)})" for unit in query.units if unit.excluded)
    # Where it is goes last: who asks for Ghent does not mean the rest of Europe.
    places = [run for run in needed if run[0].country or run[0].town]
    kept = sorted((run for run in needed if run not in places), key=_weight, reverse=True)
    here = [_any_of(run, wide=True) for run in places]
    near = " & ".join(_any_of(run, wide=True) for run in kept)
    texts = [" & ".join(map(_any_of, needed))]
    if any(unit.around for unit in chain.from_iterable(places)):
        texts.append(" & ".join((*map(_any_of, kept), *here)))
    if kept:
        most = [_any_of(run) for run in kept if _weight(run) >= _weight(kept[0]) * MOST]
        texts.append(" & ".join((f"({' | '.join((near, *most))})", *here)))
    if places and kept:
        texts.append(" & ".join((_any_of(chain.from_iterable(kept), wide=True), *here)))
    anywhere = _any_of(chain.from_iterable(needed), wide=True)
    for number, text in enumerate(dict.fromkeys((*texts, anywhere))):
        yield text + unwanted, number > 0, bool(places) and text == anywhere


def runs(units: Sequence[Unit]) -> list[tuple[Unit, ...]]:
    """The units in their order, those together of which either will do."""
    found: list[tuple[Unit, ...]] = []
    for unit in units:
        if unit.joined and found:
            found[-1] += (unit,)
        else:
            found.append((unit,))
    return found


def _weight(run: Iterable[Unit]) -> float:
    return sum(unit.weight for unit in run)


def _any_of(units: Iterable[Unit], *, wide: bool = False) -> str:
    options = [expression(unit, wide=wide) for unit in units]
    return options[0] if len(options) == 1 else f"({' | '.join(options)})"


def droppable(query: Query) -> bool:
    """Whether cards that answer only part of the question are worth showing below those that answer all.

    Not where a name is asked for.
    """
    needed = [unit for unit in query.wanted if not unit.optional]
    return bool(needed) and not any(unit.rare and not unit.sure and not unit.town for unit in needed)


def expression(unit: Unit, *, wide: bool = False, known: Terms | None = None) -> str:
    """The unit as a ``tsquery``: one of its words or concepts; ``wide``: or a related concept, or a place around it."""
    options = dict.fromkeys(quoted(lexeme(code)) for code in (*unit.concepts, *unit.sides))
    options.update(
        dict.fromkeys(option if " <-> " not in option else f"({option})" for option in _said(unit))
    )
    if wide:
        near = (known or terms()).near(unit.concepts)
        options.update(dict.fromkeys((*(quoted(lexeme(code)) for code in near), *unit.around)))
    return "(" + " | ".join(options) + ")"


def _said(unit: Unit) -> tuple[str, ...]:
    """The words themselves; those of a group that names a concept add nothing to it."""
    return (
        () if unit.sure and len(unit.words) > 1 and not unit.excluded and not unit.country else unit.lexemes
    )
