"""Questions asked of the cards of any model with the columns ``search`` and ``marks``.

``understand`` reads a question with what the database knows (which words cards hold, ESCO's labels), ``matching``
leaves the cards that answer it; how well each does is said in `ranking`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Exists

from hosts.enums import Scheme
from hosts.search import Query, Unit, lexeme, parse, quoted
from hosts.selectors.ranking import matches
from hosts.spelling import closest, strange_words, typed_in_latin, written_so
from hosts.stems import little_words, stem
from hosts.steps import droppable, steps
from hosts.terms import terms
from hosts.weighing import bare, weighed, with_towns, without_strangers

M = TypeVar("M", bound=models.Model)
# With fewer answers than these, cards that answer most of the question come below.
ENOUGH = 10
# ESCO names some things by very common words.
MOST_ESCO = 6
MOST_PHRASES = 8
# Where a condition goes in a statement that is asked with several.
_ANY_CONDITION = "'any condition'"
LONGEST_LABEL = 6


@contextmanager
def by_index() -> Iterator[None]:
    """Words are looked up in the index: what reading the long column of every card costs PostgreSQL does not count, and
    it would rather do that when a word is on many cards.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        try:
            yield
        finally:
            # A transaction that has failed takes the setting back itself.
            if not connection.needs_rollback:
                cursor.execute("RESET enable_seqscan")


@dataclass(frozen=True)
class Reading:
    """A question with what the database knows of its words: ``counts`` {lexeme: on how many cards} of ``total``, and
    the words that nobody knows. A part of it is weighed without asking again.
    """

    query: Query
    counts: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    strangers: tuple[str, ...] = ()

    def weighed(self) -> Query:
        """The question with how much each of its parts counts."""
        query = weighed(with_towns(self.query, self.counts), self.counts, self.total)
        return without_strangers(query, self.strangers)

    def without(self, shown: str) -> Reading:
        """The question without what was typed so."""
        units: list[Unit] = []
        joined = True
        for unit in self.query.units:
            if unit.shown == shown and not unit.excluded:
                joined = unit.joined
                continue
            # What was joined to the part that is gone is joined to what that one was joined to, if to anything.
            units.append(replace(unit, joined=unit.joined and joined))
            joined = True
        return replace(self, query=replace(self.query, units=tuple(units)))


def read(text: str, language: str, model: type[models.Model]) -> Reading:
    """A question read with what the cards hold, whichever of them are asked."""
    query = parse(text, language)
    if query.empty:
        return Reading(query)
    # What ESCO names is no slip; a question read anew is compared with it anew.
    query, strangers = _spelled(_with_esco(query), model)
    if any(unit.close for unit in query.units):
        query = _with_esco(query)
    return Reading(query, *_counts(query), tuple(strangers))


def understand(text: str, language: str, rows: models.QuerySet[Any]) -> Query:
    """A question read with what the cards hold; its ``condition`` is the strictest that enough of ``rows`` fulfil."""
    return settle(read(text, language, rows.model), rows)


def settle(reading: Reading, rows: models.QuerySet[Any]) -> Query:
    """The query with the condition that finds enough among these cards: one question, whatever the number of steps."""
    return _settled(reading, rows)[0]


def how_many(reading: Reading, rows: models.QuerySet[Any]) -> int:
    """How many of these cards answer a question: one question, a second one when they are many."""
    query, found = _settled(reading, rows)
    return found if found < ENOUGH else matching(rows, query).count()


def _settled(reading: Reading, rows: models.QuerySet[Any]) -> tuple[Query, int]:
    """(the query with its condition, how many cards fulfil it, `ENOUGH` for any more)"""
    query = reading.weighed()
    if query.empty:
        return query, 0
    # Who asks for Ghent does not mean the rest of Europe.
    conditions = [
        (text, relaxed, ENOUGH if droppable(query) and not elsewhere else 1)
        for text, relaxed, elsewhere in steps(query)
    ]
    full, *others = _some(rows, [(text, enough) for text, _relaxed, enough in conditions])
    best, most = conditions[0][0], len(full)
    for (condition, relaxed, _enough), found in zip(conditions[1:], others, strict=True):
        # A step down that finds nothing more is not taken.
        if len(found) > most:
            best, most = condition, len(found)
            query = replace(query, relaxed=relaxed, full=full)
    return replace(query, condition=best), most


def _some(rows: models.QuerySet[Any], conditions: Sequence[tuple[str, int]]) -> list[tuple[int, ...]]:
    """The ids of some cards that fulfil each condition, all of them when they are few. A condition is asked when those
    before it have found less than its number, else it finds nothing: PostgreSQL works out what is needed only.
    """
    asked = rows.filter(matches(_ANY_CONDITION)).order_by().values_list("pk")[:ENOUGH]
    try:
        sql, values = asked.query.sql_with_params()
    except EmptyResultSet:
        return [() for _condition in conditions]
    lists, parameters = [], []
    for number, (condition, enough) in enumerate(conditions):
        found = ", ".join(f"cardinality(step{each}.ids)" for each in range(number)) or "0"
        earlier = "FROM " + ", ".join(f"step{each}" for each in range(number)) if number else ""
        ids = f"CASE WHEN GREATEST({found}) < %s THEN ARRAY({sql}) END AS ids"
        lists.append(f"step{number} AS MATERIALIZED (SELECT {ids} {earlier})")
        parameters += [enough, *(condition if value == _ANY_CONDITION else value for value in values)]
    names = [f"step{number}" for number in range(len(conditions))]
    wanted = f"SELECT {', '.join(f'{name}.ids' for name in names)} FROM {', '.join(names)}"
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(lists)} {wanted}", parameters)
        return [tuple(ids or ()) for ids in cursor.fetchone()]


def matching(rows: models.QuerySet[M], query: Query) -> models.QuerySet[M]:
    """The cards that answer a query that was understood."""
    return rows.filter(matches(query.condition)) if query.condition else rows.none()


# ── What the database knows of the words
def _spelled(query: Query, model: type[models.Model]) -> tuple[Query, list[str]]:
    """The question with mistyped words read as known ones, and the words that nobody knows."""
    strange = strange_words(query)
    if not strange:
        return query, []
    units = {unit.words[0]: unit for unit in query.wanted if len(unit.words) == 1}
    keys = {word: written_so(units[word], query.language) for word in strange}
    held = _counted([key for several in keys.values() for key in several])
    unsure = [
        word
        for word in strange
        if typed_in_latin(word, query.language) or not any(key in held for key in keys[word])
    ]
    if unsure:
        # The terms are counted now and then; a card of a minute ago knows its words too.
        there = {
            f"w{at}": Exists(model._default_manager.filter(matches(_any(map(quoted, keys[word])))))
            for at, word in enumerate(unsure)
        }
        seen = model._default_manager.annotate(**there).values(*there).first() or {}
        unsure = [
            word
            for at, word in enumerate(unsure)
            if typed_in_latin(word, query.language) or not seen.get(f"w{at}")
        ]
    if not unsure:
        return query, []
    alike = _alike(unsure)
    # Beside a concept an unknown word is no riddle to be solved at any price: most verbs are unknown.
    beside = any(unit.sure for unit in query.wanted)
    corrections = {
        word: closest(
            word,
            query.language,
            alike.get(word, ()),
            careful=beside and not units[word].shown[:1].isupper(),
        )
        for word in unsure
    }
    known = {word: read for word, read in corrections.items() if read}
    lost = [word for word in unsure if word not in known]
    return (parse(query.text, query.language, corrections=known) if known else query), lost


def _any(lexemes: Iterable[str]) -> str:
    return " | ".join(f"({key})" for key in lexemes)


def _counted(keys: Sequence[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lexeme, sum(cards)::int FROM hosts_searchterm WHERE lexeme = ANY(%s) GROUP BY lexeme",
            [list(dict.fromkeys(keys))],
        )
        return dict(cursor.fetchall())


def _counts(query: Query) -> tuple[dict[str, int], int]:
    keys = [""]
    for unit in query.wanted:
        keys += [lexeme(code) for code in (*unit.concepts, *unit.sides, *terms().near(unit.concepts))]
        keys += bare(unit)
    found = _counted(keys)
    return found, found.pop("", 0)


def _alike(words: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """{word: [(term spelled like it, number of cards)]}"""
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.word, t.lexeme, t.cards FROM unnest(%s) AS w (word) CROSS JOIN LATERAL ("
            "SELECT lexeme, sum(cards) AS cards FROM hosts_searchterm WHERE lexeme %% w.word "
            "GROUP BY lexeme ORDER BY similarity(lexeme, w.word) DESC LIMIT 12) AS t",
            [list(words)],
        )
        for word, term, cards in cursor.fetchall():
            found[word].append((term, int(cards)))
    return found


def _with_esco(query: Query) -> Query:
    """The question with the ESCO concepts that it names, once they are imported: cards tied to one answer the
    words that name it, and so do cards that say it in another language, where our own thesaurus has no word.
    """
    units = list(query.units)
    spans = _spans(query)
    if not spans:
        return query
    found: defaultdict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    for code, language, _label, keys in _esco_labels("label.keys && %s", list(spans)):
        for key in keys:
            for span_language, start, end in spans.get(key, ()):
                if span_language == language:
                    found[start, end][code] = None
    found = {span: codes for span, codes in found.items() if len(codes) <= MOST_ESCO}  # type: ignore[assignment]
    if not found:
        return query
    named = list(dict.fromkeys(code for codes in found.values() for code in codes))
    shown: defaultdict[str, dict[str, str]] = defaultdict(dict)
    said: defaultdict[str, list[str]] = defaultdict(list)
    for code, language, label, keys in _esco_labels("concept.code = ANY(%s)", named):
        shown[code][language] = label
        said[code] += keys[:3]
    for (start, end), codes in found.items():
        for at in range(start, end):
            unit = units[at]
            phrases: Iterable[str] = ()
            if not unit.sure:
                phrases = [_phrase(key) for code in codes for key in said[code]][:MOST_PHRASES]
            units[at] = replace(
                unit,
                concepts=tuple(dict.fromkeys((*unit.concepts, *codes))),
                lexemes=tuple(dict.fromkeys((*unit.lexemes, *phrases))),
            )
    reader = query.language[:2]
    words = {
        code: names.get(reader) or names.get("en") or next(iter(names.values()))
        for code, names in shown.items()
    }
    return replace(query, units=tuple(units), labels=words)


def _esco_labels(condition: str, values: list[str]) -> list[tuple[str, str, str, list[str]]]:
    """(code, language, label, its words) of imported concepts that fulfil a condition, always in the same order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT concept.code, label.language, label.label, label.keys "
            "FROM hosts_conceptlabel AS label JOIN hosts_concept AS concept ON concept.id = label.concept_id "
            f"WHERE concept.scheme <> %s AND {condition} ORDER BY concept.scheme, concept.code, label.language",
            [Scheme.ECETT, values],
        )
        return cursor.fetchall()


def _phrase(key: str) -> str:
    return " <-> ".join(quoted(word) for word in key.split())


def _spans(query: Query) -> Mapping[str, list[tuple[str, int, int]]]:
    """{stems of a run of units: [(language, first unit, last unit + 1)]}, what ESCO's labels are compared with."""
    found: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for language in dict.fromkeys((query.language[:2], "en", "es", "fr")):
        little = little_words(language)
        for start in range(len(query.units)):
            keys: list[str] = []
            for end in range(start, min(len(query.units), start + LONGEST_LABEL)):
                unit = query.units[end]
                if unit.excluded or unit.country:
                    break
                keys += [stem(word, language) for word in unit.words if word not in little]
                if keys and len(keys) <= LONGEST_LABEL:
                    found[" ".join(keys)].append((language, start, end + 1))
    return found
