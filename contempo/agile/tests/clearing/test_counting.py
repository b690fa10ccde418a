"""Counting slots gives what serving them one by one gives, however many there are."""

import numpy as np
import pytest
from hypothesis import given, settings

from contempo.agile.rules.clearing import Claims, Result, Supply, clear, gathered, ties
from contempo.agile.tests.clearing.worlds import SEED, World, claims_of, worlds


def served_one_by_one(claims: Claims, supply: Supply) -> tuple[list[int], list[int]]:
    """Days of the own pools and of the shared one, by the rule as its page reads; `claims` in the order of
    pseudonyms."""
    own_left, shared_left = list(supply.own), supply.shared
    own, shared = [0] * len(claims), [0] * len(claims)
    columns = (claims.klass, claims.enjoyed, claims.asked, claims.cap, claims.held, claims.directorate)
    rows = zip(ties(SEED, claims.pseudonym).tolist(), *(each.tolist() for each in columns), strict=True)
    slots = [
        (day >= held, klass, enjoyed + day, tie, person, where)
        for person, (tie, klass, enjoyed, asked, cap, held, where) in enumerate(rows)
        for day in range(max(min(asked, cap), held))
    ]
    for _held, _klass, _level, _tie, person, where in sorted(slots):
        if own_left[where]:
            own_left[where] -= 1
            own[person] += 1
        elif shared_left:
            shared_left -= 1
            shared[person] += 1
    return own, shared


def same(result: Result, own: list[int], shared: list[int]) -> bool:
    days = [one + other for one, other in zip(own, shared, strict=True)]
    pools = (own, shared) == (result.own.tolist(), result.shared.tolist())
    return result.days.tolist() == days and (pools or bool(result.claims.held.any()))


@settings(max_examples=300, deadline=None)
@given(worlds(40, days=6, held=True))
def test_a_small_bank_is_served_as_one_by_one(world: World) -> None:
    assert same(world.cleared(), *served_one_by_one(gathered(claims_of(world.persons)), world.supply))


@pytest.mark.parametrize(
    ("people", "directorates", "classes", "enjoyed", "asked", "held"),
    [(4000, 12, 7, 6, 5, 0), (4000, 1, 1, 1, 31, 0), (4000, 300, 1, 1, 31, 3), (80_000, 10_000, 12, 3, 2, 0)],
    ids=["many classes", "one directorate", "a month each", "more groups than 16 bits count"],
)
def test_a_large_bank_is_served_as_one_by_one(
    people: int, directorates: int, classes: int, enjoyed: int, asked: int, held: int
) -> None:
    draw = np.random.default_rng(people + directorates)
    where = draw.integers(0, directorates, people)
    claims = gathered(
        Claims.of(
            {
                "pseudonym": draw.permutation(people) * 2**40,
                "klass": draw.integers(1, classes + 1, people),
                "directorate": where,
                "enjoyed": draw.integers(0, enjoyed, people),
                "asked": draw.integers(1, asked + 1, people),
                "cap": np.full(people, 31),
                "held": draw.integers(0, held + 1, people),
            }
        )
    )
    own = np.bincount(where, minlength=directorates) * (asked + 1) // 3
    supply = Supply(tuple(own.tolist()), people // 7 + held * people)
    assert same(clear(claims, supply, SEED), *served_one_by_one(claims, supply))
