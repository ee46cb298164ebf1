"""The cache that outlasts its server: meanwhile each process remembers by itself.

Throttles and login limits live in the cache. Without this, a broker that is down
would turn every request into an error; with it, limits hold per process.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import redis
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = logging.getLogger(__name__)

# A server that is down is asked again only after this many seconds.
PAUSE_AFTER_FAILURE = 5.0
PATIENCE_SECONDS = 1.0


def _lasting(name: str) -> Callable[..., Any]:
    """Return the client's method `name`, done in memory while the server is away."""
    on_server = getattr(RedisCacheClient, name)

    def act(self: "LastingClient", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self.silence.until:
            try:
                return on_server(self, *args, **kwargs)
            except (redis.ConnectionError, redis.TimeoutError) as error:
                self.silence.until = time.monotonic() + PAUSE_AFTER_FAILURE
                logger.warning("the cache does not answer: %s", error)
        return getattr(self.memory, name)(*args, **kwargs)

    return act


class _Silence(threading.local):
    until = 0.0


class LastingClient(RedisCacheClient):
    """Speaks to the server, or to this process's memory."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, **options)
        self.silence = _Silence()
        self.memory = LocMemCache("stand-in", {})

    add = _lasting("add")
    get = _lasting("get")
    set = _lasting("set")
    touch = _lasting("touch")
    delete = _lasting("delete")
    get_many = _lasting("get_many")
    has_key = _lasting("has_key")
    incr = _lasting("incr")
    set_many = _lasting("set_many")
    delete_many = _lasting("delete_many")
    clear = _lasting("clear")


class LastingCache(RedisCache):
    """Django's Redis cache with the stand-in, and without long waits."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = LastingClient
        self._options = {
            "socket_connect_timeout": PATIENCE_SECONDS,
            "socket_timeout": PATIENCE_SECONDS,
            "retry": Retry(NoBackoff(), 0),
            **params.get("OPTIONS", {}),
        }
