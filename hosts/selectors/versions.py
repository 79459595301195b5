"""Whether cards have changed since an answer was kept: kept answers carry the version they were made from."""

from __future__ import annotations

import hashlib
from typing import Any

import structlog
from django.core.cache import cache
from django.db import models
from redis.exceptions import RedisError

from ecett.core import clock
from hosts.models import CardChange

log = structlog.get_logger(__name__)

# Two changes that overlap may become visible in the wrong order; after this long nobody sees the older
# answer.
KEPT_SECONDS = 300
# Questions in words are countless: they are kept for somebody who turns the page, no longer.
WORDS_SECONDS = 30
# Raise it when the kept classes change: a new release must not read what the old one kept.
SHAPE = 3


def data_version(model: type[models.Model]) -> int:
    """The number of the last change of a kind of cards: any change, whoever made it."""
    changes = CardChange.objects.filter(source=model._meta.label_lower)
    return changes.order_by("-pk").values_list("pk", flat=True).first() or 0


def key_of(model: type[models.Model], version: int, *parts: str) -> str:
    """The key of a kept answer: data, day (freshness moves with it) and question."""
    question = hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:32]
    return f"{model._meta.label_lower}:{SHAPE}:{version}:{clock.today():%Y%m%d}:{question}"


def recall(key: str) -> Any:
    """A kept answer or None; also None when the cache is away: pages work without it, only slower."""
    try:
        return cache.get(key)
    except RedisError:
        log.warning("cache_away", exc_info=True)
        return None


def keep(key: str, answer: Any, *, seconds: int = KEPT_SECONDS) -> None:
    """Keep an answer for the next asker."""
    try:
        cache.set(key, answer, seconds)
    except RedisError:
        log.warning("cache_away", exc_info=True)


def kept_for(words: str) -> int:
    """How many seconds an answer is kept, by the words of its question."""
    return WORDS_SECONDS if words else KEPT_SECONDS
