"""A parsed query asked of the cards of any model with the columns ``search`` and ``search_text``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQueryField
from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, FloatField, Func, Q, Value
from django.db.models.functions import Cast

from hosts.search import Query, Unit, expression, terms, with_closest

M = TypeVar("M", bound=models.Model)
# Weights of D, C, B, A: place, text, concepts, title.
WEIGHTS = "{0.05, 0.2, 0.6, 1.0}"
# What a related concept is worth beside the one that was asked for.
NEAR = 0.25


class Matches(Func):
    """``search @@ tsquery``."""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = BooleanField()
    arity = 2


class Rank(Func):
    """PostgreSQL's ranking with our weights; long texts are worth a little less (1 + log of their length)."""

    function = "ts_rank"
    template = f"ts_rank('{WEIGHTS}', %(expressions)s, 1)"
    output_field = FloatField()
    arity = 2


def resolve(query: Query, rows: models.QuerySet[Any]) -> Query:
    """The query with its mistyped words read as the known words they are close to. One question to the
    database.
    """
    unsure = [unit for unit in query.wanted if len(unit.words) == 1 and not unit.concepts]
    if not unsure:
        return query
    seen = {f"u{at}": Exists(rows.filter(_unit(unit))) for at, unit in enumerate(unsure)}
    found = rows.model._default_manager.annotate(**seen).values(*seen).first() or {}
    strange = {unit for at, unit in enumerate(unsure) if not found.get(f"u{at}")}
    return replace(
        query, units=tuple(with_closest(unit) if unit in strange else unit for unit in query.units)
    )


def matching(rows: models.QuerySet[M], query: Query, *, all_units: bool) -> models.QuerySet[M]:
    """The cards that answer every unit, or any of them; never one that answers an unwanted unit."""
    condition = Q()
    for unit in query.wanted:
        condition = condition & _unit(unit) if all_units else condition | _unit(unit)
    for unit in query.units:
        if unit.excluded:
            condition &= ~_unit(unit)
    return rows.filter(condition)


def ranked(rows: models.QuerySet[M], query: Query) -> models.QuerySet[M]:
    """The cards with ``rank``: the words and concepts asked for, then what is related to them."""
    strict = _any([expression(unit, wide=False, known=terms()) for unit in query.wanted])
    wide = _any([expression(unit, wide=True, known=terms()) for unit in query.wanted])
    rank = Rank(F("search"), strict) + Value(NEAR) * Rank(F("search"), wide)
    found: models.QuerySet[M] = rows.annotate(  # type: ignore[assignment]
        rank=ExpressionWrapper(rank, output_field=FloatField())
    )
    return found


def _unit(unit: Unit) -> Q:
    match = Q(Matches(F("search"), _tsquery(expression(unit, wide=not unit.excluded))))
    return match | Q(search_text__trigram_word_similar=unit.words[0]) if unit.loose else match


def _any(expressions: Sequence[str]) -> Cast:
    return _tsquery(" | ".join(expressions))


def _tsquery(text: str) -> Cast:
    # Words are letters and digits, quoted; a cast asks no dictionary and so finds exactly what was stored.
    return Cast(Value(text), SearchQueryField())
