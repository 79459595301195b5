"""What a search finds a card by: its words, the concepts it is about, and where it is.

One index row holds (weights of PostgreSQL's ranking in capitals): the title's words A, the concepts chosen by
the author or named in the text B, everything broader than them and the words of the text C, town and country
D. Practices are indexed by the same function.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from babel import Locale
from django.db import connection, models
from psycopg2.extras import execute_values

from hosts.models import Host
from hosts.search import lexeme, quoted, terms
from hosts.stems import STOP_WORDS, stem
from hosts.thesaurus import LANGUAGES, fold

# Of a very long card the beginning is searched.
MAX_CHARACTERS = 20_000
BATCH = 1_000


@dataclass(frozen=True)
class Entry:
    """A card as the index sees it. ``concepts``: codes its author chose; ``language``: of its words."""

    pk: int
    title: str
    text: str
    city: str
    country: str
    language: str
    concepts: tuple[str, ...] = ()


def index_hosts(ids: Collection[int] | None = None) -> int:
    """Make these host cards (None: all) found by what they say now. Returns how many."""
    hosts = Host.objects.order_by("pk").prefetch_related("concepts")
    if ids is not None:
        hosts = hosts.filter(pk__in=ids)
    return index_entries(Host, (_entry(host) for host in hosts.iterator(chunk_size=BATCH)))


def index_entries(model: type[models.Model], entries: Iterable[Entry]) -> int:
    """Write the index of cards of one model (with the columns ``search`` and ``search_text``). Returns how
    many.
    """
    count = 0
    table = connection.ops.quote_name(model._meta.db_table)
    # The name of the table is Django's own; everything else goes in as values.
    statement = (
        f"UPDATE {table} AS card SET search_text = v.words, search = "  # noqa: S608
        "setweight(to_tsvector('simple', v.title), 'A') || v.marks::tsvector || "
        "setweight(to_tsvector('simple', v.body), 'C') || setweight(to_tsvector('simple', v.place), 'D') "
        "FROM (VALUES %s) AS v (id, words, title, marks, body, place) WHERE card.id = v.id"
    )
    rows = (_row(entry) for entry in entries)
    while batch := list(islice(rows, BATCH)):
        with connection.cursor() as cursor:
            execute_values(cursor.cursor, statement, batch, page_size=BATCH)
        count += len(batch)
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


def _row(entry: Entry) -> tuple[int, str, str, str, str, str]:
    known = terms()
    body = fold(entry.text[:MAX_CHARACTERS])
    title = fold(entry.title)
    own = dict.fromkeys((*entry.concepts, *known.mentions(f"{title} {body}", entry.language)))
    above = known.broader(own) - own.keys()
    return (
        entry.pk,
        " ".join(filter(None, (title, body, fold(entry.city)))),
        " ".join(_stems(title)),
        _marks(own, above),
        " ".join(_stems(body)),
        " ".join((*_stems(fold(entry.city)), *country_stems(entry.country))),
    )


def _marks(own: Iterable[str], above: Iterable[str]) -> str:
    """Concepts as a ``tsvector``, with a place each: ranking passes over words without one."""
    marks = [(lexeme(code), "B") for code in own] + [(lexeme(code), "C") for code in above]
    return " ".join(f"{quoted(mark)}:{at}{weight}" for at, (mark, weight) in enumerate(marks, start=1))


def _stems(folded: str) -> Iterator[str]:
    return (stem(word) for word in folded.split() if word not in STOP_WORDS)


@cache
def country_stems(code: str) -> tuple[str, ...]:
    """The stems of a country's name in the languages of the thesaurus."""
    names = (Locale.parse(language).territories.get(code, "") for language in LANGUAGES)
    return tuple(dict.fromkeys(part for name in names for part in _stems(fold(name))))
