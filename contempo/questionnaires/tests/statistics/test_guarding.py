"""No small count can be computed from what is told: not from one table, nor from all tables with its questions."""

from collections.abc import Iterator
from itertools import combinations, product
from random import Random

import numpy as np
import pytest

from contempo.core.small_cells import LEAST
from contempo.questionnaires.rules.guarding import ANYBODY, NOBODY, Guard, mean_is_told

Counts = dict[tuple[str, ...], int]


def random_counts(chance: Random, sizes: tuple[int, ...]) -> Counts:
    """A table with a level of who did not answer in each dimension, of counts that are often small."""
    levels = [[f"l{at}" for at in range(size)] + [NOBODY] for size in sizes]
    often = chance.choice([2, 6, 15])
    return {cell: max(0, round(chance.expovariate(1 / often)) - chance.choice([0, 1])) for cell in product(*levels)}


def questions_put(counts: Counts) -> Iterator[tuple[str | None, ...]]:
    """Everything that pages may ask of a table: cells and totals, of all and of who answered."""
    levels = [sorted({cell[place] for cell in counts}) for place in range(len(next(iter(counts))))]
    yield from product(*([*one, None, ANYBODY] for one in levels))


def sums(asked: tuple[str | None, ...], cell: tuple[str, ...]) -> bool:
    """Whether a cell is among those that a question sums."""
    return all(
        want is None or want == level or (want == ANYBODY and level != NOBODY)
        for want, level in zip(asked, cell, strict=True)
    )


@pytest.mark.parametrize("sizes", [(3,), (3, 2), (4, 3), (2, 2, 1), (3, 2, 2)])
@pytest.mark.parametrize("seed", range(25))
def test_no_small_count_follows_from_what_is_told(sizes: tuple[int, ...], seed: int) -> None:
    counts = random_counts(Random(seed), sizes)
    cells = sorted(counts)
    values = np.array([counts[cell] for cell in cells])
    guard = Guard(counts)
    rows = {asked: np.array([sums(asked, cell) for cell in cells], float) for asked in questions_put(counts)}
    told = np.array([row for asked, row in rows.items() if guard.tells(*asked)]).reshape(-1, len(cells))
    known = np.linalg.pinv(told) @ told if len(told) else np.zeros((len(cells), len(cells)))
    for asked, row in rows.items():
        count = row @ values
        if 0 < count < LEAST:
            assert not guard.tells(*asked)
            if ANYBODY not in asked:  # the sum of several cells, each of which is looked at by itself
                assert np.abs(row @ known - row).max() > 1e-9, (asked, count)


def test_a_table_of_large_counts_is_told_whole() -> None:
    counts = {cell: 10 + len(cell[0]) for cell in product("abc", "xyz", "12")}
    guard = Guard(counts)
    assert all(guard.tells(*asked) for asked in questions_put(counts))


def test_zero_is_told() -> None:
    guard = Guard({("a", "x"): 20, ("a", "y"): 20, ("b", "x"): 20})
    assert guard.tells("b", "y")


def test_a_table_of_fewer_than_five_tells_nothing() -> None:
    guard = Guard({("a", "x"): 2, ("b", "y"): 2})
    assert not any(guard.tells(*asked) for asked in [(None, None), ("a", None), ("a", "x"), ("a", "y"), ("*", "*")])


def test_a_filter_that_leaves_out_too_few_tells_nothing() -> None:
    inside = {("yes", "in"): 30, ("no", "in"): 40, ("yes", "out"): 1, ("no", "out"): 1}
    guard = Guard(inside)
    assert not guard.tells(None, "in")
    assert not guard.tells("yes", "in")
    assert guard.tells("yes", None)


@pytest.mark.parametrize("seed", range(30))
def test_a_mean_told_leaves_every_hidden_count_open(seed: int) -> None:
    """Every way to share out the hidden answers with their number and their sum: each count differs in one."""
    chance = Random(seed)
    hidden = {float(score): chance.choice([0, 1, 2, 3, 6]) for score in chance.sample(range(6), chance.randint(1, 4))}
    if not mean_is_told({9.0: 20}, hidden) or not any(hidden.values()):
        return
    number, total = sum(hidden.values()), sum(score * count for score, count in hidden.items())
    ways = [
        way
        for way in product(range(number + 1), repeat=len(hidden))
        if sum(way) == number and sum(score * count for score, count in zip(hidden, way, strict=True)) == total
    ]
    for place in range(len(hidden)):
        assert len({way[place] for way in ways}) > 1


def test_two_hidden_counts_would_follow_from_a_mean() -> None:
    assert not mean_is_told({5.0: 20}, {1.0: 3, 2.0: 6})
    assert mean_is_told({5.0: 20}, {1.0: 3, 2.0: 6, 3.0: 4})
    assert mean_is_told({5.0: 20}, {})


def test_three_questions_keep_back_what_two_of_them_do() -> None:
    counts = dict.fromkeys(product("ab", "xy", "12"), 10) | {("a", "x", "1"): 1, ("a", "x", "2"): 2}
    guard = Guard(counts)
    for pair in combinations(range(3), 2):
        hidden = [
            cell
            for cell in counts
            if not guard.tells(*(level if at in pair else None for at, level in enumerate(cell)))
        ]
        assert all(not guard.tells(*cell) for cell in hidden)
