"""How many cards have each word and concept: what is rare says more, and shows what a mistyped word may mean."""

from __future__ import annotations

import datetime as dt

from django.db import connection, models, transaction
from django.db.models import Max

from ecett.core import clock
from hosts.models import CardChange, SearchTerm
from hosts.selectors.versions import data_version

# The row that holds the version of the data that was counted.
VERSION = "~version"
# `cardindex.LOOKED_WITHIN` is shorter: whoever looks later reads all cards.
KEPT_DAYS = 1


def count_terms(model: type[models.Model], *, force: bool = False) -> bool:
    """Count the terms of the published cards of a model anew; False when nothing changed since, or while another
    process does it.
    """
    source = model._meta.label_lower
    version = data_version(model)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [f"count_terms {source}"])
        if not cursor.fetchone()[0]:
            return False
        counted = SearchTerm.objects.filter(source=source, lexeme=VERSION).values_list("cards", flat=True)
        if not force and list(counted) == [version]:
            return False
        published = model._default_manager.published()  # type: ignore[attr-defined]
        with_words = published.exclude(search=None).order_by().values("search")
        sql, values = with_words.query.sql_with_params()
        # ts_stat takes the question as a text, which psycopg2 quotes.
        text = cursor.cursor.mogrify(sql, values).decode()
        cursor.execute(
            "CREATE TEMP TABLE counted ON COMMIT DROP AS "
            "SELECT word AS lexeme, ndoc AS cards FROM ts_stat(%s) "
            "UNION ALL SELECT '', %s UNION ALL SELECT %s, %s",
            [text, published.count(), VERSION, version],
        )
        cursor.execute(
            "DELETE FROM hosts_searchterm WHERE source = %s AND lexeme NOT IN (SELECT lexeme FROM counted)",
            [source],
        )
        cursor.execute(
            "INSERT INTO hosts_searchterm (source, lexeme, cards) SELECT %s, lexeme, cards FROM counted "
            "ON CONFLICT (lexeme, source) DO UPDATE SET cards = excluded.cards "
            "WHERE hosts_searchterm.cards <> excluded.cards",
            [source],
        )
        cursor.execute("DROP TABLE counted")
    forget_changes()
    return True


def forget_changes() -> int:
    """Delete the notes of changes that every process has read or will not ask for; how many. The last one of each kind
    stays, since its number is the version of the data.
    """
    old = CardChange.objects.filter(at__lt=clock.now() - dt.timedelta(days=KEPT_DAYS))
    last = CardChange.objects.values("source").annotate(last=Max("pk")).values("last")
    return old.exclude(pk__in=list(last.values_list("last", flat=True))).delete()[0]
