"""Timing pages, each beside its floor."""

import gc
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.turns import Turn

WARM_UP = 5
RUNS = 40


@dataclass(frozen=True)
class Statement:
    """An SQL statement with its values."""

    sql: str
    values: Sequence[object] = ()


@dataclass(frozen=True)
class Page:
    """A page to time: its address, who opens it, a text that proves it is the right one, the bare SQL of its rows."""

    name: str
    address: str
    client: Client
    shows: str
    floor: tuple[Statement, ...]

    def act(self) -> None:
        """Open the page to its last byte; RuntimeError when it is another."""
        response = self.client.get(self.address)
        if response.status_code != 200 or self.shows.encode() not in response.content:
            raise RuntimeError(f"{self.address} answers {response.status_code} and does not show “{self.shows}”.")


@dataclass(frozen=True)
class Deed:
    """Something to time that is no page: `act` does it anew every time, and raises when it failed."""

    name: str
    act: Callable[[], None]
    floor: tuple[Statement, ...]


@dataclass(frozen=True)
class Result:
    """What was found of a page or deed, times in milliseconds; `ratio` is the median over the median of the floor."""

    name: str
    p50_ms: float
    p95_ms: float
    statements: int
    floor_ms: float
    ratio: float


class Bare(Protocol):
    """A connection that knows nothing of Contempo: to PostgreSQL, or to DuckDB."""

    def execute(self, query: Any, parameters: Any, /) -> Any: ...


def measure(pages: Sequence[Page | Deed], bare: Bare, turn: Turn, runs: int = RUNS) -> tuple[Result, ...]:
    """Do each thing so many times after warming up, things and floors in turn so that all share the same weather."""
    for page in pages:
        for _ in range(min(WARM_UP, runs)):
            _open(page)
            _floor(page, bare)
    statements = [_statements(page) for page in pages]
    times: list[list[float]] = [[] for _ in pages]
    floors: list[list[float]] = [[] for _ in pages]
    gc.collect()
    gc.freeze()
    for _ in range(runs):
        with turn():
            for number, page in enumerate(pages):
                times[number].append(_open(page))
                floors[number].append(_floor(page, bare))
    return tuple(
        _result(page.name, times[number], statements[number], floors[number]) for number, page in enumerate(pages)
    )


def _open(page: Page | Deed) -> float:
    """Milliseconds from the request to the last byte of the answer."""
    began = perf_counter()
    page.act()
    return (perf_counter() - began) * 1000


def _floor(page: Page | Deed, bare: Bare) -> float:
    began = perf_counter()
    for statement in page.floor:
        bare.execute(statement.sql, statement.values).fetchall()
    return (perf_counter() - began) * 1000


def _statements(page: Page | Deed) -> int:
    with CaptureQueriesContext(connection) as captured:
        _open(page)
    return len(captured)


def _result(name: str, times: list[float], statements: int, floors: list[float]) -> Result:
    median, floor = statistics.median(times), statistics.median(floors)
    return Result(
        name=name,
        p50_ms=round(median, 2),
        p95_ms=round(statistics.quantiles(times, n=20, method="inclusive")[18], 2),
        statements=statements,
        floor_ms=round(floor, 3),
        ratio=round(median / floor, 1),
    )
