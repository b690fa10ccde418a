"""Requests to the bank of days, made up the same way every time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contempo.agile.rules.clearing import Claims, Supply

SEED = bytes(range(32))
PEOPLE_OF_DIRECTORATE = 200
MOST_DIRECTORATES = 5000


@dataclass(frozen=True)
class World:
    """Requests in no order, and a bank that has too few days for them."""

    claims: Claims
    supply: Supply


def ordinary(people: int) -> World:
    """A month as it comes: seven classes, some have had days before, each asks for a few; the pools have three days for
    five that are asked.
    """
    draw = np.random.default_rng(1)
    where = draw.integers(0, _directorates(people), people)
    asked = draw.integers(1, 6, people)
    claims = Claims.of(
        {
            "pseudonym": _names(draw, people),
            "klass": np.minimum(draw.geometric(0.4, people), 7),
            "directorate": where,
            "enjoyed": np.minimum(draw.poisson(2, people), 20),
            "asked": asked,
            "cap": np.full(people, 4),
            "held": np.zeros(people),
        }
    )
    half = np.bincount(where, weights=asked, minlength=_directorates(people)) // 2
    return World(claims, Supply(tuple(half.astype(int).tolist()), people // 3))


def worst(people: int) -> World:
    """Everybody alike and asking for a whole month: every pool, then the shared one, ends among all of its people."""
    draw = np.random.default_rng(2)
    where = draw.integers(0, _directorates(people), people)
    claims = Claims.of(
        {
            "pseudonym": _names(draw, people),
            "klass": np.ones(people),
            "directorate": where,
            "enjoyed": np.zeros(people),
            "asked": np.full(people, 31),
            "cap": np.full(people, 31),
            "held": np.zeros(people),
        }
    )
    middle = np.bincount(where, minlength=_directorates(people)) * 15.3
    return World(claims, Supply(tuple(middle.astype(int).tolist()), people // 3))


def _directorates(people: int) -> int:
    return min(max(people // PEOPLE_OF_DIRECTORATE, 1), MOST_DIRECTORATES)


def _names(draw: np.random.Generator, people: int) -> NDArray[np.uint64]:
    """Different pseudonyms, in no order."""
    return draw.permutation(np.unique(draw.integers(0, 2**63, people + 1000, dtype=np.uint64)))[:people]
