"""Slots counted, not listed: how many there are in each class and level, and which pool serves how many of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contempo.agile.rules.clearing.claims import Claims, Whole

Grid = NDArray[np.int64]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Table:
    """A row for each class that a directorate has, in the order of directorates, then classes (0 is the first).

    `of` is the row of each person. A column of a row is a level: column 0 is the first day of the year; a person has
    slots in the columns from some start up to, and without, some end, which is `levels` at most.
    """

    directorate: Rows
    klass: Rows
    of: Rows
    levels: int

    def __len__(self) -> int:
        return len(self.klass)


@dataclass(frozen=True)
class Served:
    """What the pools serve of some slots, in the order of classes, then levels.

    `ending` are the rows in which a directorate's pool ends, one for each directorate whose pool does; `edge` is for
    each row the first column that the directorate's pool does not serve whole, `levels` when there is none; at the edge
    of ending rows there are `slots`, and `last` of them are served. `taken` is what each directorate's pool gave. The
    rest goes on to the shared pool: `over`, by class and level, of which it serves `shared`.
    """

    ending: Rows
    edge: Whole
    slots: Grid
    last: Grid
    taken: Grid
    over: Grid
    shared: Grid

    @property
    def all_served(self) -> bool:
        """Whether nobody is refused."""
        return bool((self.shared == self.over).all())

    @property
    def brim(self) -> tuple[int, int]:
        """Class and column of the first slots that the shared pool refuses; there must be some."""
        klass, column = np.unravel_index(int((self.shared < self.over).argmax()), self.shared.shape)
        return int(klass), int(column)


def table_of(claims: Claims, end: Whole) -> Table:
    """The table of `claims`, in which nobody's slots go beyond `end`."""
    klass = claims.klass.astype(np.intp) - 1
    classes = int(klass.max(initial=0)) + 1
    code = claims.directorate * np.intp(classes) + klass
    used = np.bincount(code) > 0
    codes = np.flatnonzero(used)
    return Table(codes // classes, codes % classes, (np.cumsum(used) - 1)[code], max(1, int(end.max(initial=0))))


def counted(row: Rows, start: Whole, end: Whole, rows: int, levels: int) -> Grid:
    """How many slots each cell of some rows has."""
    width = levels + 1
    steps = np.bincount(row * width + start, minlength=rows * width)
    steps -= np.bincount(row * width + end, minlength=rows * width)
    return np.cumsum(steps).reshape(rows, width)[:, :-1]


def serve(table: Table, start: Whole, end: Whole, pools: Grid, shared_pool: int) -> Served:
    """Serve the slots of each person from `start` to `end`; `pools` are the days of each directorate."""
    whole = np.bincount(table.of, weights=end - start, minlength=len(table)).astype(np.int64)
    before = np.cumsum(whole) - whole
    firsts = np.flatnonzero(np.diff(table.directorate, prepend=-1))
    offset = np.repeat(before[firsts], np.diff(np.append(firsts, len(table))))
    left = pools[table.directorate] - before + offset
    own = np.clip(left, 0, whole)
    short = np.flatnonzero(own < whole)
    ending = short[np.flatnonzero(np.diff(table.directorate[short], prepend=-1))]

    number = np.full(len(table), -1, np.intp)
    number[short], number[ending] = len(ending), np.arange(len(ending))
    of = number[table.of]
    count = counted(*_only(of, start, end, (of >= 0) & (of < len(ending))), len(ending), table.levels)
    served = np.clip(left[ending, None] - (np.cumsum(count, axis=1) - count), 0, count)
    columns = (served < count).argmax(axis=1) if len(ending) else np.zeros(0, np.intp)
    edge = np.full(len(table), table.levels, np.int16)
    edge[short], edge[ending] = 0, columns
    cells = (np.arange(len(ending)), columns)

    classes = int(table.klass.max(initial=0)) + 1
    over = counted(*_only(table.klass[table.of], start, end, of == len(ending)), classes, table.levels)
    np.add.at(over, table.klass[ending], count - served)
    flat = over.ravel()
    shared = np.clip(shared_pool - (np.cumsum(flat) - flat), 0, flat).reshape(over.shape)
    taken = np.zeros(len(pools), np.int64)
    np.add.at(taken, table.directorate, own)
    return Served(ending, edge, count[cells], served[cells], taken, over, shared)


def _only(row: Rows, start: Whole, end: Whole, which: NDArray[np.bool_]) -> tuple[Rows, Whole, Whole]:
    return (row, start, end) if bool(which.all()) else (row[which], start[which], end[which])
