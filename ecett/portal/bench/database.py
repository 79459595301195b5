"""A database of its own for a benchmark, and the environment that points at it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from ecett.runtime.template import ensure_template
from ecett.runtime.testing import with_database

# The broker database that nothing else of the portal uses.
BROKER = 14


@contextmanager
def own_database(name: str) -> Iterator[dict[str, str]]:
    """A freshly migrated database for the time of a benchmark; gives the environment of its processes."""
    url = os.environ["DATABASE_URL"]
    template = ensure_template(url)
    database = f"bench_{name}"
    maintenance = urlunsplit(urlsplit(url)._replace(path="/postgres"))
    with closing(psycopg2.connect(maintenance)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
            try:
                yield {
                    **os.environ,
                    "DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{database}")),
                    "REDIS_URL": with_database(os.environ["REDIS_URL"], BROKER),
                    "DJANGO_SETTINGS_MODULE": "ecett.portal.bench.settings",
                }
            finally:
                cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
