"""Timing pages, each beside its floor."""

import gc
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import psycopg
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


@dataclass(frozen=True)
class Result:
    """What was found of a page, times in milliseconds; `ratio` is the median over the median of the floor."""

    name: str
    p50_ms: float
    p95_ms: float
    statements: int
    floor_ms: float
    ratio: float


def measure(pages: Sequence[Page], bare: psycopg.Connection, turn: Turn) -> tuple[Result, ...]:
    """Open each page `RUNS` times after warming up, pages and floors in turn so that all share the same weather."""
    for page in pages:
        for _ in range(WARM_UP):
            _open(page)
            _floor(page, bare)
    statements = [_statements(page) for page in pages]
    times: list[list[float]] = [[] for _ in pages]
    floors: list[list[float]] = [[] for _ in pages]
    gc.collect()
    gc.freeze()
    for _ in range(RUNS):
        with turn():
            for number, page in enumerate(pages):
                times[number].append(_open(page))
                floors[number].append(_floor(page, bare))
    return tuple(
        _result(page.name, times[number], statements[number], floors[number]) for number, page in enumerate(pages)
    )


def _open(page: Page) -> float:
    """Milliseconds from the request to the last byte of the page."""
    began = perf_counter()
    response = page.client.get(page.address)
    content = response.content
    took = (perf_counter() - began) * 1000
    if response.status_code != 200 or page.shows.encode() not in content:
        raise RuntimeError(f"{page.address} answers {response.status_code} and does not show “{page.shows}”.")
    return took


def _floor(page: Page, bare: psycopg.Connection) -> float:
    began = perf_counter()
    for statement in page.floor:
        bare.execute(statement.sql, statement.values).fetchall()
    return (perf_counter() - began) * 1000


def _statements(page: Page) -> int:
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
