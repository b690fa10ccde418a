"""What is asked of the bank and what is in it: arrays, one row a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int16]
Names = NDArray[np.uint64]

MOST_CLASSES = 32
MOST_DIRECTORATES = 10_000
MOST_ENJOYED = 366
MOST_DAYS = 31
"""Days of a month: nobody asks for, may have or holds more."""


@dataclass(frozen=True)
class Claims:
    """Parallel arrays of one length.

    `pseudonym` stands for the person; `klass` is the priority class, 1 first; `directorate` an index into the pools;
    `enjoyed` the days got from the bank before this month, in the calendar year; `asked` the days asked for; `cap` the
    most that may be had; `held` those of an earlier clearing that are planned or used, never taken back.
    """

    pseudonym: Names
    klass: Whole
    directorate: Whole
    enjoyed: Whole
    asked: Whole
    cap: Whole
    held: Whole

    @classmethod
    def of(cls, columns: Mapping[str, Iterable[int]]) -> "Claims":
        """Claims from columns of whole numbers, by name.

        Raises ValueError when columns differ in length, or a number is out of its bounds.
        """
        names = np.asarray(columns["pseudonym"], np.uint64)
        made: dict[str, Whole] = {}
        for name, (least, most) in BOUNDS.items():
            column = np.asarray(columns[name], np.int64)
            if len(column) != len(names):
                raise ValueError("columns of different length")
            if len(column) and not least <= column.min() <= column.max() <= most:
                raise ValueError(f"{name} must lie between {least} and {most}")
            made[name] = column.astype(np.int16)
        return cls(names, **made)

    def __len__(self) -> int:
        return len(self.pseudonym)

    def at(self, rows: NDArray[np.intp]) -> "Claims":
        """The claims of some rows, in their order."""
        return Claims(**{name: getattr(self, name)[rows] for name in COLUMNS})


COLUMNS = tuple(field.name for field in fields(Claims))

BOUNDS = {
    "klass": (1, MOST_CLASSES),
    "directorate": (0, MOST_DIRECTORATES - 1),
    "enjoyed": (0, MOST_ENJOYED),
    "asked": (0, MOST_DAYS),
    "cap": (0, MOST_DAYS),
    "held": (0, MOST_DAYS),
}
"""The least and the most that a column may hold."""


@dataclass(frozen=True)
class Supply:
    """The days of the bank: of each directorate, and of the pool they share; `shared` is 0 while the policy keeps that
    one closed.
    """

    own: tuple[int, ...]
    shared: int = 0

    def __post_init__(self) -> None:
        if len(self.own) > MOST_DIRECTORATES or self.shared < 0 or min(self.own, default=0) < 0:
            raise ValueError("a pool holds no less than nothing, and there are only so many of them")


def gathered(claims: Claims) -> Claims:
    """The same claims in the order of pseudonyms, each person once: to split a request changes nothing.

    Days asked in several rows are added up; raises ValueError when rows of one person differ in anything else, or ask
    together for more than a month has.
    """
    names = claims.pseudonym
    if len(claims) < 2 or bool((names[1:] > names[:-1]).all()):
        return claims
    claims = claims.at(np.argsort(names))
    names = claims.pseudonym
    first = np.flatnonzero(np.concatenate(([True], names[1:] != names[:-1])))
    if len(first) == len(claims):
        return claims
    merged = claims.at(first)
    times = np.diff(np.append(first, len(claims)))
    for name in COLUMNS:
        if name != "asked" and not np.array_equal(getattr(claims, name), np.repeat(getattr(merged, name), times)):
            raise ValueError(f"rows of one person differ in {name}")
    asked = np.add.reduceat(claims.asked.astype(np.int64), first)
    return Claims.of({**{name: getattr(merged, name) for name in COLUMNS}, "asked": asked})
