"""How well cards answer a question that was understood, for any model with the columns ``search`` and ``marks``.

A ranking costs a few microseconds a card that answers: ``marks`` is short and stays in the row, and concepts decide;
the long column is looked at for free words only. It is written in SQL: putting it together from expressions took
longer than the database needs to work it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import BooleanField, F, FloatField, Func, IntegerField, Value
from django.db.models.expressions import RawSQL

from hosts.search import Query, Unit, lexeme, quoted
from hosts.terms import terms

M = TypeVar("M", bound=models.Model)
# What the weights of ``marks`` are worth, D to A: what its author declared (B) says more of a card than a word of its
# title (A) or its text (C). The best card has all three: PostgreSQL counts the best whole, others by their places.
WEIGHTS = "{0.15, 0.15, 1.0, 0.3}"
ZETA = 1.64493406685
BEST = (1 + 0.3 + 0.15 / 9) / ZETA
# Beside a concept: its word in the title, in the text; a related concept; only the sector it belongs to.
IN_TITLE, IN_TEXT, NEAR, SECTOR = 0.7, 0.3, 0.3, 0.05
# Beside a town: a place around it. What else is asked says more than the way there.
AROUND = 0.6
# What it is worth to answer all of a question; the rest is how well.
ALL = 0.5
# Ranks are compared in so many steps, so that rounding never orders cards that are equally good.
STEPS = 10_000
# A piece of SQL with its parameters.
Piece = tuple[str, list[Any]]


class Matches(Func):
    """``vector @@ tsquery``. Words are letters and digits, quoted; a cast asks no dictionary and so finds exactly what
    was stored.
    """

    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = BooleanField()
    arity = 2


def matches(condition: str) -> Matches:
    """Whether the long column of a card fulfils a ``tsquery``."""
    return Matches(F("search"), Value(condition))


def ranked(rows: models.QuerySet[M], query: Query) -> models.QuerySet[M]:
    """The cards with ``rank``, 0 to 1: see `graded`."""
    sql, values = _steps(rows.model, query)
    rank = RawSQL(f"({sql} / {STEPS}.0::float8)", values, output_field=FloatField())  # noqa: S611 - values are apart
    return rows.annotate(rank=rank)  # type: ignore[return-value]


def graded(model: type[models.Model], query: Query) -> RawSQL:
    """How well a card answers in ``STEPS``: for each unit the best that speaks for it, by the unit's weight; those that
    answer all of the question before those that answer a part.
    """
    return RawSQL(*_steps(model, query), output_field=IntegerField())  # noqa: S611 - values are apart


def _steps(model: type[models.Model], query: Query) -> Piece:
    units = query.wanted
    total = sum(unit.weight for unit in units) or 1.0
    sql, values = f"{ALL}", []
    if query.full is not None:
        sql, values = f"(CASE WHEN {_table(model)}.id = ANY(%s) THEN {ALL} ELSE 0.0 END)", [list(query.full)]
    for unit in units:
        worth, of = _worth(unit, model, query)
        sql += f" + {(1 - ALL) * unit.weight / total!r} * {worth}"
        values += of
    return f"round((({sql}) * {STEPS})::numeric)::integer", values


def _worth(unit: Unit, model: type[models.Model], query: Query) -> Piece:
    marks = f"{_table(model)}.marks"
    if unit.country:
        return f"(CASE WHEN {marks} @@ %s::tsquery THEN 1.0 ELSE 0.0 END)", [unit.lexemes[0]]
    options, values = ["0.0"], []
    codes = [quoted(lexeme(code)) for code in (*unit.concepts, *unit.sides)]
    for code in codes:
        options.append(f"ts_rank('{WEIGHTS}', {marks}, %s::tsquery) / {BEST!r}")
        values.append(code)
    if codes and query.relaxed:
        near: dict[float, list[str]] = {NEAR: [], SECTOR: []}
        for code in terms().near(unit.concepts):
            near[SECTOR if terms().sector(code) else NEAR].append(quoted(lexeme(code)))
        for worth, keys in near.items():
            if keys:
                options.append(f"CASE WHEN {marks} @@ %s::tsquery THEN {worth} ELSE 0.0 END")
                values.append(" | ".join(keys))
    if not unit.sure or len(unit.words) == 1:
        places = [key for key in unit.lexemes if key.startswith("'@")]
        words = [key for key in unit.lexemes if not key.startswith("'@")]
        if places:
            options.append(f"CASE WHEN {marks} @@ %s::tsquery THEN {IN_TITLE} ELSE 0.0 END")
            values.append(" | ".join(places))
        if unit.around and query.relaxed:
            options.append(f"CASE WHEN {marks} @@ %s::tsquery THEN {AROUND} ELSE 0.0 END")
            values.append(" | ".join(unit.around))
        if words:
            table = _table(model)
            among = f"{table}.id IN (SELECT id FROM {table} AS said WHERE said.search @@ %s::tsquery)"
            options.append(f"CASE WHEN {among} THEN {IN_TITLE} WHEN {among} THEN {IN_TEXT} ELSE 0.0 END")
            values += [_among(map(_in_title, words), query), _among((f"({key})" for key in words), query)]
    return f"GREATEST({', '.join(options)})", values


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _among(words: Iterable[str], query: Query) -> str:
    """The cards that answer a query with one of these words are looked up in the index once: reading the long column of
    each card that answers is slow.
    """
    any_of = " | ".join(words)
    return f"({query.condition}) & ({any_of})" if query.condition else any_of


def _in_title(key: str) -> str:
    return "(" + " <-> ".join(f"{word}:A" for word in key.split(" <-> ")) + ")"
