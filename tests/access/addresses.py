"""Every address of the site, as the resolver knows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """A named address; `parts` are the names of its variable parts."""

    name: str
    route: str
    parts: frozenset[str]


def every_address() -> tuple[Address, ...]:
    """All addresses, namespaces included in their names, in the order of the resolver."""
    return tuple(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, route: str) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern.url_patterns, inner, here)
        else:
            names = frozenset(_parts(here))
            yield Address(f"{prefix}{pattern.name}", here, names)


def _parts(route: str) -> Iterator[str]:
    for piece in route.split("<")[1:]:
        yield piece.split(">")[0].split(":")[-1]
