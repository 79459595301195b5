"""Whether cards have changed since an answer was kept: kept answers carry the version they were made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.core.cache import cache
from django.db import connection, models

from ecett.core import clock

# Two changes that overlap may become visible in the wrong order; after this long nobody sees the older
# answer.
KEPT_SECONDS = 300
# Questions in words are countless: they are kept for somebody who turns the page, no longer.
WORDS_SECONDS = 30
# Raise it when the kept classes change: a new release must not read what the old one kept.
SHAPE = 5


def data_version(model: type[models.Model]) -> int:
    """The number of the last change of a kind of cards: any change, whoever made it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM hosts_cardchange WHERE source = %s", [model._meta.label_lower])
        return cursor.fetchone()[0] or 0


def key_of(model: type[models.Model], version: int, *parts: str) -> str:
    """The key of a kept answer: data, day (freshness moves with it) and question."""
    question = hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:32]
    return f"{model._meta.label_lower}:{SHAPE}:{version}:{clock.today():%Y%m%d}:{question}"


def recall(*keys: str) -> list[Any]:
    """Kept answers, None for each that is not there; pages work without them, only slower."""
    found = cache.get_many(keys)
    return [found.get(key) for key in keys]


def keep(answers: Mapping[str, Any], *, seconds: int = KEPT_SECONDS) -> None:
    """Keep answers for the next asker: {key: answer}."""
    cache.set_many(dict(answers), seconds)


def kept_for(words: str) -> int:
    """How many seconds an answer is kept, by the words of its question."""
    return WORDS_SECONDS if words else KEPT_SECONDS
