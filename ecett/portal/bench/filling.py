"""Many plausible cards: invented ones, and beyond some thousands their texts told again of other places.

A hundred thousand cards written and indexed one by one would take ten minutes; what the database is asked to do
with them is the same when it makes them itself.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from random import Random
from typing import Any

import pgtrigger
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model

from ecett.portal.demo import hosts, practices
from ecett.portal.seeding.hosts import make_hosts
from ecett.portal.seeding.practices import make_practices
from ecett.portal.seeding.run import quiet
from goodpractices.models import GoodPractice
from hosts.models import Host

# So many cards of each kind are invented; more are made of these.
INVENTED_HOSTS, INVENTED_PRACTICES = 12_000, 4_000
# What a copy takes from the card whose text is told again; all else but its own comes from the one whose place it gets.
_SAID = ("sectors", "target_groups", "language", "summary", "expertise", "learning", "programme")
_WRITTEN = (
    "kind", "state", "language", "author_name", "sectors", "target_groups", "competences_text",
    "description", "objectives", "resources", "steps", "results", "transfer", "keywords",
    "anonymity_declared", "published_at",
)  # fmt: skip
_OWN = frozenset(
    ("id", "public_id", "created_at", "changed_at", "source", "source_key", "source_note", "name", "sort_name",
     "title", "sort_title", "search", "marks", "merged_into_id")
)  # fmt: skip

# The places in the index of the card whose words are taken, and of the one whose place is taken: one goes, one comes.
_PLACES = """
CROSS JOIN LATERAL (
    SELECT array_agg(l) FILTER (WHERE starts_with(l, '@')) AS places
    FROM unnest(tsvector_to_array(a.search)) AS l) AS pa
CROSS JOIN LATERAL (
    SELECT array_to_tsvector(array_agg(l)) AS vector,
           string_agg(quote_literal(l) || ':1A', ' ')::tsvector AS marks
    FROM unnest(tsvector_to_array(b.search)) AS l WHERE starts_with(l, '@')) AS pb
"""


def fill(n_hosts: int, n_practices: int) -> None:
    """So many cards of each kind, most of them published, and no others."""
    call_command("load_reference", verbosity=0, stdout=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE hosts_host, goodpractices_goodpractice RESTART IDENTITY CASCADE")
    with quiet():
        drafts = list(hosts(Random(n_hosts), min(n_hosts, INVENTED_HOSTS)))
        cards = make_hosts(drafts)
        told = list(practices(Random(n_practices), min(n_practices, INVENTED_PRACTICES), drafts))
        make_practices(told, cards)
    # Copies are no changes that anybody made: no history of them.
    with transaction.atomic(), connection.cursor() as cursor, pgtrigger.ignore():
        _tell_hosts_again(cursor, len(drafts), n_hosts)
        _tell_practices_again(cursor, len(told), n_practices)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _tell_hosts_again(cursor: Any, base: int, wanted: int) -> None:
    if wanted <= base:
        return
    first, last = base + 1, wanted
    names, copied = _columns(Host, _SAID)
    cursor.execute(
        f"""
        INSERT INTO hosts_host (id, public_id, created_at, changed_at, source, source_key, source_note,
                                name, sort_name, {names}, search, marks)
        SELECT n, substr(md5(n::text), 1, 16), now(), now(), '', '', '',
               a.name || ' ' || b.city, left(a.sort_name || ' ' || lower(b.city), 300), {copied},
               ts_delete(a.search, pa.places) || pb.vector, ts_delete(a.marks, pa.places) || pb.marks
        FROM generate_series({first}, {last}) AS n
        JOIN hosts_host a ON a.id = 1 + mod(n - 1, {base})
        JOIN hosts_host b ON b.id = 1 + mod(n * 7919 + n / {base}, {base})
        {_PLACES}
        """
    )
    for statement in (
        f"INSERT INTO hosts_hostlanguage (host_id, language, level) SELECT n, l.language, l.level "
        f"FROM generate_series({first}, {last}) AS n "
        f"JOIN hosts_hostlanguage l ON l.host_id = 1 + mod(n * 7919 + n / {base}, {base})",
        f"INSERT INTO hosts_host_concepts (host_id, concept_id) SELECT n, c.concept_id "
        f"FROM generate_series({first}, {last}) AS n "
        f"JOIN hosts_host_concepts c ON c.host_id = 1 + mod(n - 1, {base})",
        f"SELECT setval(pg_get_serial_sequence('hosts_host', 'id'), {last})",
    ):
        cursor.execute(statement)


def _columns(model: type[Model], said: Sequence[str]) -> tuple[str, str]:
    """The columns that a copy takes over, and from which of the two cards (a its text, b its place)."""
    columns = (str(field.column) for field in model._meta.concrete_fields)
    names = [name for name in columns if name not in _OWN]
    return ", ".join(names), ", ".join(f"{'a' if name in said else 'b'}.{name}" for name in names)


def _tell_practices_again(cursor: Any, base: int, wanted: int) -> None:
    if wanted <= base:
        return
    first, last = base + 1, wanted
    names, copied = _columns(GoodPractice, _WRITTEN)
    cursor.execute(
        f"""
        INSERT INTO goodpractices_goodpractice (id, public_id, created_at, changed_at, source, source_key,
               source_note, title, sort_title, {names}, search, marks)
        SELECT n, substr(md5('p' || n), 1, 16), now(), now(), '', '', '',
               left(a.title || ', ' || b.city, 300), left(a.sort_title || ', ' || lower(b.city), 300), {copied},
               ts_delete(a.search, pa.places) || pb.vector, ts_delete(a.marks, pa.places) || pb.marks
        FROM generate_series({first}, {last}) AS n
        JOIN goodpractices_goodpractice a ON a.id = 1 + mod(n - 1, {base})
        JOIN goodpractices_goodpractice b ON b.id = 1 + mod(n * 3967 + n / {base}, {base})
        {_PLACES}
        """
    )
    for statement in (
        f"INSERT INTO goodpractices_goodpractice_concepts (goodpractice_id, concept_id) SELECT n, c.concept_id "
        f"FROM generate_series({first}, {last}) AS n "
        f"JOIN goodpractices_goodpractice_concepts c ON c.goodpractice_id = 1 + mod(n - 1, {base})",
        f"SELECT setval(pg_get_serial_sequence('goodpractices_goodpractice', 'id'), {last})",
    ):
        cursor.execute(statement)
