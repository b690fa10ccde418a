"""The bare rule of the clearing: arrays in, arrays out, beside hashing the same ties and one sort of the same keys."""

import gc
import statistics
from collections.abc import Callable
from time import perf_counter

import numpy as np

from bench.agile.worlds import SEED, World, ordinary, worst
from bench.limits import BARE, BARE_WORST
from bench.measure import RUNS, Result
from bench.turns import Turn
from contempo.agile.rules.clearing import clear, ties

WORLDS = {BARE: ordinary, BARE_WORST: worst}
FEWEST_RUNS = 10
PEOPLE = 5_000_000
"""Cleared in all, as far as `FEWEST_RUNS` and `RUNS` allow."""


def measured(people: int, turn: Turn) -> tuple[Result, ...]:
    """Clear each world time and again, each time beside its floor, so that both share the same weather."""
    return tuple(_measured(name, made(people), turn) for name, made in WORLDS.items())


def _measured(name: str, world: World, turn: Turn) -> Result:
    runs = max(FEWEST_RUNS, min(RUNS, PEOPLE // len(world.claims)))
    times, floors = [], []
    _floor(world)
    _rule(world)
    gc.collect()
    for _ in range(runs):
        with turn():
            floors.append(_milliseconds(_floor, world))
            times.append(_milliseconds(_rule, world))
    median, floor = statistics.median(times), statistics.median(floors)
    return Result(
        name=name,
        p50_ms=round(median, 2),
        p95_ms=round(statistics.quantiles(times, n=20, method="inclusive")[18], 2),
        statements=0,
        floor_ms=round(floor, 3),
        ratio=round(median / floor, 2),
    )


def _rule(world: World) -> None:
    """Clear it; RuntimeError when not all days that somebody wanted were given."""
    claims, supply = world.claims, world.supply
    result = clear(claims, supply, SEED)
    if int(result.days.sum()) != sum(supply.own) + supply.shared:
        raise RuntimeError("Days were left that somebody wanted.")


def _floor(world: World) -> None:
    """Hash everybody's tie and put everybody in order: class, days enjoyed, tie."""
    drawn = ties(SEED, world.claims.pseudonym)
    np.lexsort((drawn, world.claims.enjoyed, world.claims.klass))


def _milliseconds(act: Callable[[World], None], world: World) -> float:
    began = perf_counter()
    act(world)
    return (perf_counter() - began) * 1000
