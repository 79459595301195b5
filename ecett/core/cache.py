"""The cache as a convenience: a page that cannot reach it is slower, never broken.

A broker that is away for a moment (a restart, a full disk) or hangs must not turn public pages into errors or
waits. What asks the cache gets the same answer as from an empty one, and the log gets a line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.functional import cached_property
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Unreachable
from redis.exceptions import RedisError
from redis.retry import Retry

from ecett.core.breaker import breaker_of

log = structlog.get_logger(__name__)
T = TypeVar("T")


def server_answers() -> bool:
    """Whether the server behind the cache, which is the tasks' broker too, answers now; quick to say no."""
    backend = caches["default"]
    return not isinstance(backend, TolerantRedisCache) or backend.is_there()


class _OneClient(RedisCacheClient):
    """Django's, with one client for each pool of connections: making one takes longer than asking it."""

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        if write not in self._clients:
            self._clients[write] = super().get_client(key, write=write)
        return self._clients[write]

    @cached_property
    def _clients(self) -> dict[bool, Any]:
        return {}


class TolerantRedisCache(RedisCache):
    """Django's Redis cache; while the server is away every read finds nothing and every write is forgotten.

    ``add`` then says True, as it does of an empty cache: whoever asks for a lock may go on.

    Limits that are counted here (attempts to sign in, questions to the verify page) do not count meanwhile.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        # A kept connection that a restart has closed is opened anew, once; who waited in vain does not wait again.
        retry = Retry(NoBackoff(), 1, supported_errors=(Unreachable,))
        super().__init__(server, {**params, "OPTIONS": {"retry": retry, **params.get("OPTIONS", {})}})
        self._class = _OneClient
        self._breaker = breaker_of(str(server))

    def is_there(self) -> bool:
        """Whether the server answers now."""
        return self._tolerate(lambda: bool(self._cache.get_client(None, write=True).ping()), False)

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        return self._tolerate(lambda: super(TolerantRedisCache, self).add(key, value, *args, **kwargs), True)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._tolerate(lambda: super(TolerantRedisCache, self).get(key, default, version), default)

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        self._tolerate(lambda: super(TolerantRedisCache, self).set(key, value, *args, **kwargs), None)

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return self._tolerate(lambda: super(TolerantRedisCache, self).touch(key, *args, **kwargs), False)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._tolerate(lambda: super(TolerantRedisCache, self).delete(key, version), False)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return self._tolerate(lambda: super(TolerantRedisCache, self).get_many(keys, version), {})

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._tolerate(lambda: super(TolerantRedisCache, self).has_key(key, version), False)

    def set_many(self, data: dict[Any, Any], *args: Any, **kwargs: Any) -> list[Any]:
        return self._tolerate(
            lambda: super(TolerantRedisCache, self).set_many(data, *args, **kwargs), list(data)
        )

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._tolerate(lambda: super(TolerantRedisCache, self).delete_many(keys, version), None)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """As for a key that has expired, ValueError: who counts must reckon with that anyway."""
        found = self._tolerate(lambda: super(TolerantRedisCache, self).incr(key, delta, version), None)
        if found is None:
            raise ValueError(f"Key {key!r} not found")
        return found

    def _tolerate(self, ask: Callable[[], T], otherwise: T) -> T:
        if not self._breaker.may_ask():
            return otherwise
        try:
            answer = ask()
        except (RedisError, OSError) as error:
            self._breaker.failed()
            log.warning("cache_away", error=str(error))
            return otherwise
        self._breaker.answered()
        return answer
