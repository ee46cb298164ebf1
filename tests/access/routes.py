"""Walks the URL conf."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One address pattern."""

    name: str
    pattern: str
    converters: frozenset[str]
    view: Any

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("api/")


def routes(
    entries: Any = None, prefix: str = "", namespace: str = ""
) -> Iterator[Route]:
    """Yield every pattern of the URL conf; one without a name is called by its path."""
    for entry in get_resolver().url_patterns if entries is None else entries:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry.url_patterns, path, inner)
        elif isinstance(entry, URLPattern):
            converters = frozenset(entry.pattern.converters) | frozenset(
                getattr(entry.pattern.regex, "groupindex", ())
            )
            name = f"{namespace}{entry.name}" if entry.name else f"/{path}"
            yield Route(name, path, converters, entry.callback)


def routes_by_name() -> dict[str, Route]:
    """Return name -> route. Raises ValueError when two share a name."""
    found: dict[str, Route] = {}
    for route in routes():
        if route.name in found:
            message = f"two routes are called {route.name}"
            raise ValueError(message)
        found[route.name] = route
    return found
