"""What a search finds a card by: its words, the concepts it is about, and where it is.

Three columns. ``search`` holds everything and has the index: words of the title (weight A) and of the text (C) with
their places, concepts, country and town. ``marks`` is the short part of it that ranks: each concept with the
weights of what speaks for it (A the title names it, B its author chose it, C the text names it, D it is broader
than one of these, or the sector of one), and the places. ``mentions`` says with which of its words the card names a
concept: results tell why a card was found, and reading each text again took half of the time of a search. Practices
are indexed by the same functions.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from django.db import connection, models, transaction
from psycopg2.extras import execute_values

from hosts.explaining import Words
from hosts.gazetteer import EXACT, country_lexeme, romanised, town_lexemes
from hosts.models import Host
from hosts.search import lexeme, quoted
from hosts.services.counting import count_terms
from hosts.stems import stem
from hosts.terms import Token, terms

# What decides how a card is found, beside the words: when one of these has changed, cards are indexed anew.
RULES = (
    "compounds.py",
    "gazetteer.py",
    "groups.py",
    "services/indexing.py",
    "stems.py",
    "terms.py",
    "thesaurus.py",
)
# Of a very long card the beginning is searched.
MAX_CHARACTERS = 20_000
BATCH = 1_000
# From so many cards at once on, the terms are counted again straight away.
MANY = 200
# PostgreSQL's own limits: places of a word are counted to 16,383, and 255 of them are kept.
LAST_PLACE = 16_383
MOST_PLACES = 255
# Between title and text, so that no phrase goes from one into the other.
GAP = 10
# Where a weight stands: the strongest first, since PostgreSQL's ranking counts the first place most.
PLACES = {"A": 1, "B": 2, "C": 3, "D": 4}


@dataclass(frozen=True)
class Entry:
    """A card as the index sees it. ``concepts``: codes its author chose; ``language``: of its words; ``also``: the
    same in other languages, as (language, title, text)."""

    pk: int
    title: str
    text: str
    city: str
    country: str
    language: str
    concepts: tuple[str, ...] = ()
    also: tuple[tuple[str, str, str], ...] = ()


def index_hosts(ids: Collection[int] | None = None) -> int:
    """Make these host cards (None: all) found by what they say now. Returns how many."""
    hosts = Host.objects.order_by("pk").prefetch_related("concepts").defer("search", "marks")
    if ids is not None:
        hosts = hosts.filter(pk__in=ids)
    return index_entries(Host, (_entry(host) for host in hosts.iterator(chunk_size=BATCH)))


def index_entries(model: type[models.Model], entries: Iterable[Entry]) -> int:
    """Write the index of cards of one model (with these three columns). Returns how many."""
    count = 0
    table = connection.ops.quote_name(model._meta.db_table)
    # The name of the table is Django's own; everything else goes in as values.
    statement = (
        f"UPDATE {table} AS card SET search = v.search::tsvector, marks = v.marks::tsvector, "  # noqa: S608
        "mentions = v.mentions::jsonb FROM (VALUES %s) AS v (id, search, marks, mentions) WHERE card.id = v.id"
    )
    rows = (_row(entry) for entry in entries)
    while batch := list(islice(rows, BATCH)):
        with connection.cursor() as cursor:
            execute_values(cursor.cursor, statement, batch, page_size=BATCH)
        count += len(batch)
    if count >= MANY:
        transaction.on_commit(partial(count_terms, model))
    return count


def host_text(host: Host) -> str:
    """The running text of a host card."""
    return "\n".join(filter(None, (host.summary, host.expertise, host.learning, host.programme)))


def _entry(host: Host) -> Entry:
    return Entry(
        pk=host.pk,
        title=host.name,
        text=host_text(host),
        city=host.city,
        country=str(host.country),
        language=host.language,
        concepts=(*host.sectors, *host.target_groups, *(concept.code for concept in host.concepts.all())),
    )


def _row(entry: Entry) -> tuple[int, str, str, str]:
    known = terms()
    mentions: dict[str, dict[str, str]] = {}
    weights: defaultdict[str, set[str]] = defaultdict(set)
    words: defaultdict[str, list[str]] = defaultdict(list)
    for code in entry.concepts:
        weights[code].add("B")
    at = 1
    for language, name, text in ((entry.language[:2], entry.title, entry.text), *entry.also):
        named = mentions.setdefault(language, {})
        heading, running = Words.of(name), Words.of(text[:MAX_CHARACTERS])
        title, body = (known.tokens(part.folded, language) for part in (heading, running))
        for weight, part, tokens in (("A", heading, title), ("C", running, body)):
            for code, (first, end) in known.named_by(tokens, language).items():
                weights[code].add(weight)
                named.setdefault(code, part.shown(first, end))
        at = _put(words, title, at, "A", names=True)
        at = _put(words, body, at + GAP, "") + GAP
    for code in known.implied(tuple(weights)):
        if code not in weights:
            weights[code].add("D")
    places = [country_lexeme(entry.country), *town_lexemes(entry.city)]
    marks = [quoted(lexeme(code)) for code in weights]
    search = [f"{quoted(key)}:{','.join(where[:MOST_PLACES])}" for key, where in words.items()]
    return (
        entry.pk,
        " ".join((*search, *marks, *map(quoted, places))),
        " ".join((*_weighted(weights), *(f"{quoted(place)}:1A" for place in places))),
        json.dumps(mentions, ensure_ascii=False),
    )


def _put(
    words: Mapping[str, list[str]],
    tokens: Sequence[Token],
    start: int,
    weight: str,
    *,
    names: bool = False,
) -> int:
    """Note where each word stands; parts of a compound stand where the whole does. Returns the next place.

    Little words take no place: phrases are compared without them. ``names``: they are also found as they
    stand, and in Latin letters.
    """
    place, last = start - 1, -1
    for token in tokens:
        if token.little:
            continue
        if token.at != last:
            place, last = place + 1, token.at
        if place > LAST_PLACE:
            break
        words[token.key].append(f"{place}{weight}")
        if names:
            latin = romanised(token.word)
            for form in dict.fromkeys((token.word, latin)):
                words[EXACT + form].append(f"{place}{weight}")
            if latin != token.word:
                words[stem(latin)].append(f"{place}{weight}")
    return place + 1


def _weighted(weights: Mapping[str, set[str]]) -> Iterator[str]:
    for code, given in weights.items():
        where = ",".join(f"{PLACES[weight]}{weight}" for weight in sorted(given))
        yield f"{quoted(lexeme(code))}:{where}"
