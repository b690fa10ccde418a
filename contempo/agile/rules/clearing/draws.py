"""The draw: who of those that stand where a pool ends still gets a day of it."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from contempo.agile.rules.clearing.claims import Names, Whole
from contempo.agile.rules.clearing.counts import Grid, Rows, Served, Table
from contempo.agile.rules.clearing.ties import ties

Mask = NDArray[np.bool_]
Places = NDArray[np.uint32]


class Urn:
    """Ties, reckoned for those who need one and no sooner."""

    def __init__(self, names: Names, seed: bytes) -> None:
        self._names, self._seed = names, seed
        self._ties = np.zeros(len(names), np.uint64)
        self._known = np.zeros(len(names), np.bool_)

    def order(self, who: Rows) -> Rows:
        """`who`, given in the order of pseudonyms, in that of ties; where two are alike, of pseudonyms."""
        missing = who[~self._known[who]]
        self._ties[missing] = ties(self._seed, self._names[missing])
        self._known[missing] = True
        drawn = self._ties[who]
        order = np.argsort(drawn)
        if bool((drawn[order[1:]] == drawn[order[:-1]]).any()):
            order = np.argsort(drawn, kind="stable")
        return who[order]


@dataclass(frozen=True)
class Own:
    """What the directorates' pools give: `days` to each person; `edge` is the column at which the pool ended for the
    person's row; `won` says who had the day of that column by the draw, `place` where they came in it, 0 without one.

    In each ending row `winners` of `candidates` had the day of that column, earlier phases counted.
    """

    days: Whole
    edge: Whole
    won: Mask
    place: Places
    winners: Grid
    candidates: Grid


def from_own(
    table: Table, served: Served, start: Whole, end: Whole, urn: Urn, *, held_from: Whole | None = None
) -> Own:
    """Give each person the days of the directorate's pool that the counts allow, from `start` to `end`.

    Slots from `held_from` to `start` were served in an earlier phase: in the draw they come before all others.
    """
    row, edge = table.of, served.edge[table.of]
    days = np.maximum(np.minimum(edge, end) - start, 0)
    earlier = np.zeros(len(table), np.int64)
    if held_from is not None:
        earlier = np.bincount(row[(held_from <= edge) & (edge < start)], minlength=len(table))
    there = earlier[served.ending]
    own = Own(
        days,
        edge,
        np.zeros(len(row), np.bool_),
        np.zeros(len(row), np.uint32),
        there + served.last,
        there + served.slots,
    )
    last, draws = np.zeros((2, len(table)), np.int64)
    last[served.ending], draws[served.ending] = served.last, own.winners
    who = np.flatnonzero((draws > 0)[row] & (start <= edge) & (edge < end))
    if len(who):
        drawn = urn.order(who)
        drawn = drawn[np.argsort(row[drawn].astype(_narrow(len(table))), kind="stable")]
        rows = row[drawn]
        firsts = np.flatnonzero(np.diff(rows, prepend=-1))
        rank = np.arange(len(drawn)) - np.repeat(firsts, np.diff(np.append(firsts, len(drawn))))
        own.place[drawn] = rank + earlier[rows] + 1
        own.won[drawn[rank < last[rows]]] = True
        own.days[own.won] += 1
    return own


def _narrow(rows: int) -> type[np.uint16] | type[np.uint32]:
    """Sorting small numbers is many times faster."""
    return np.uint16 if rows <= np.iinfo(np.uint16).max else np.uint32


@dataclass(frozen=True)
class Shared:
    """Days of both pools: `days` to each person, and `place` in the draw for the last shared ones, 0 without one.

    The shared pool refused for the first time in class `klass` (from 1) at `level`: of `candidates` for its days there
    `winners` had one. `klass` is 0 when it refused nobody.
    """

    days: Whole
    place: Places
    klass: int = 0
    level: int = 0
    winners: int = 0
    candidates: int = 0

    def after(self, earlier: int) -> "Shared":
        """The same, when so many more had such a day before the draw; fewer, when it is negative."""
        place = np.where(self.place, self.place + np.int64(earlier), 0).astype(np.uint32)
        return replace(self, place=place, winners=self.winners + earlier, candidates=self.candidates + earlier)


def with_shared(table: Table, served: Served, own: Own, start: Whole, end: Whole, urn: Urn, *, always: bool) -> Shared:
    """Add to what the directorates' pools give what the shared one does; `always` draws, even for nothing to win."""
    place = np.zeros(len(table.of), np.uint32)
    if served.all_served:
        return Shared(end - start, place)
    klass, column = served.brim
    reached = np.where(table.klass < klass, table.levels, np.where(table.klass == klass, column, 0)).astype(np.int16)
    whole = np.maximum(served.edge, reached)[table.of]
    days = np.maximum(np.minimum(whole, end) - start, 0)
    days[own.won & (own.edge == whole)] += 1
    waiting = ((table.klass == klass) & (served.edge <= column))[table.of] & (start <= column) & (column < end)
    who = np.flatnonzero(waiting & ~(own.won & (own.edge == column)))
    winners = int(served.shared[klass, column])
    if winners or always:
        drawn = urn.order(who)
        days[drawn[:winners]] += 1
        place[drawn] = np.arange(1, 1 + len(drawn))
    return Shared(days, place, klass + 1, column + 1, winners, len(who))
