"""A clearing in a few figures, for its public report."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from contempo.agile.rules.clearing.reasons import End, PoolKind
from contempo.agile.rules.clearing.rule import Result


@dataclass(frozen=True)
class Line:
    """One class of one directorate, days in days.

    `reached` is how many days of the year everybody has who asked for as many; None when nobody went short. For the
    next one `winners` of `candidates` had it.
    """

    directorate: str
    klass: int
    persons: int
    asked: int
    awarded: int
    own: int
    shared: int
    reached: int | None
    winners: int
    candidates: int


@dataclass(frozen=True)
class Summary:
    """What was given of what: lines in the order of directorates, then classes; `ends` as `Result` has them, by key."""

    persons: int
    asked: int
    awarded: int
    pools: Mapping[str, int]
    shared_pool: int
    lines: tuple[Line, ...]
    ends: Mapping[str, End]

    def end_of(self, directorate: str) -> End | None:
        """How the pools ended for a directorate; None when nobody there went short."""
        return self.ends.get(directorate)

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON holds it."""
        return asdict(self)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Summary":
        """The summary that `as_json` told."""
        lines = tuple(Line(**each) for each in told["lines"])
        ends = {key: End(**{**each, "pool": PoolKind(each["pool"])}) for key, each in told["ends"].items()}
        return cls(**{**told, "lines": lines, "ends": ends})


def summed(result: Result, keys: Sequence[str]) -> Summary:
    """The figures of a result; `keys` name the directorates in the order of the pools."""
    claims = result.claims
    classes = int(claims.klass.max(initial=0)) + 1
    code = claims.directorate * np.intp(classes) + claims.klass
    used = np.bincount(code) > 0
    rows, row = np.flatnonzero(used), (np.cumsum(used) - 1)[code]
    wanted = np.maximum(np.minimum(claims.asked, claims.cap), claims.held)
    level = claims.enjoyed + result.days
    reached = np.full(len(rows), -1, np.int64)
    short = result.days < wanted
    reached[row[short]] = np.iinfo(np.int16).max
    np.minimum.at(reached, row[short], level[short])
    at_next = reached[row]
    stands = (claims.enjoyed <= at_next) & (at_next < claims.enjoyed + wanted)
    figures = [
        np.bincount(row, weights=each, minlength=len(rows)).astype(np.int64).tolist()
        for each in (
            np.ones(len(claims)),
            claims.asked,
            result.days,
            result.own,
            result.shared,
            stands & (level > at_next),
            stands,
        )
    ]
    lines = tuple(
        Line(
            keys[one // classes],
            one % classes,
            persons,
            asked,
            days,
            own,
            shared,
            None if whole < 0 else whole,
            won,
            stood,
        )
        for one, whole, persons, asked, days, own, shared, won, stood in zip(
            rows.tolist(), reached.tolist(), *figures, strict=True
        )
    )
    return Summary(
        persons=len(claims),
        asked=int(claims.asked.sum()),
        awarded=int(result.days.sum()),
        pools=dict(zip(keys, result.supply.own, strict=True)),
        shared_pool=result.supply.shared,
        lines=lines,
        ends={key: end for key, end in zip(keys, result.ends, strict=True) if end},
    )
