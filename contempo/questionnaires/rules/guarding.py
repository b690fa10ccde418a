"""Which numbers of a table are told where a small count would speak of somebody. Pure. See
docs/algorithms/anonymity.md.

Tables of a campaign share their totals: the same question stands in a frequency, across another one, under a filter. So
all are cut from the same cloth: a table knows its levels for who did not answer and for who is outside the filters too,
and a total is told, in all tables or in none, when it is told in the table that has it as a cell.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, product
from math import gcd

from contempo.core.small_cells import LEAST, hidden_in_row, hidden_in_table, is_small

NOBODY = "~"
"""The level of who gave no answer."""

UNASKED = "~~"
"""The level of who was not asked, where that is told apart."""

ANYBODY = "*"
"""All other levels."""

Levels = tuple[str, ...]
_APART = "·"


class Guard:
    """What is told of a table: `counts` by one level for each of its dimensions, at most four."""

    def __init__(self, counts: Mapping[Levels, int]) -> None:
        self._counts = {levels: count for levels, count in counts.items() if count}
        self._size = len(next(iter(counts), ()))
        self._hidden: dict[tuple[int, ...], frozenset[Levels]] = {}
        self._silent: set[tuple[int, ...]] = set()

    def tells(self, *levels: str | None) -> bool:
        """Whether the count of these levels is told: None stands for all of a dimension, `ANYBODY` for all who
        answered.

        The count of who answered is that of all less that of who did not: it is told when both are, and it is not
        small.
        """
        if ANYBODY in levels and is_small(self._sum(levels)):
            return False
        for place, level in enumerate(levels):
            if level == ANYBODY:
                others = [(*levels[:place], one, *levels[place + 1 :]) for one in (None, NOBODY, UNASKED)]
                return all(self.tells(*other) for other in others)
        kept = tuple(place for place, level in enumerate(levels) if level is not None)
        if not kept:
            return not 0 < self._total < LEAST
        hidden = self._hidden_in(kept)
        return kept not in self._silent and tuple(level for level in levels if level is not None) not in hidden

    def _sum(self, wanted: Sequence[str | None]) -> int:
        def has(levels: Levels) -> bool:
            pairs = zip(wanted, levels, strict=True)
            return all(
                want is None or want == level or (want == ANYBODY and level not in (NOBODY, UNASKED))
                for want, level in pairs
            )

        return sum(count for levels, count in self._counts.items() if has(levels))

    @cached_property
    def _total(self) -> int:
        return sum(self._counts.values())

    def _margin(self, kept: tuple[int, ...]) -> dict[Levels, int]:
        found: dict[Levels, int] = defaultdict(int)
        for levels, count in self._counts.items():
            found[tuple(levels[place] for place in kept)] += count
        return found

    def _hidden_in(self, kept: tuple[int, ...]) -> frozenset[Levels]:
        if kept not in self._hidden:
            counts = self._margin(kept)
            if 0 < self._total < LEAST or any(place in self._mute for place in kept):
                self._silent.add(kept)
            self._hidden[kept] = _HIDING[len(kept)](counts)
        return self._hidden[kept]

    @cached_property
    def _mute(self) -> frozenset[int]:
        """The dimensions of which no level is told."""
        mute = set()
        for place in range(self._size):
            counts = {levels[0]: count for levels, count in self._margin((place,)).items()}
            if counts and hidden_in_row(counts) == counts.keys():
                mute.add(place)
        return frozenset(mute)


def hidden_in_one(counts: Mapping[Levels, int]) -> frozenset[Levels]:
    """The levels not told in a table of one dimension."""
    return frozenset((level,) for level in hidden_in_row({levels[0]: count for levels, count in counts.items()}))


def hidden_in_two(counts: Mapping[Levels, int]) -> frozenset[Levels]:
    """The cells not told in a table of two dimensions: rows and columns whose totals are not told stand together as
    one, and then no cell can be found out (`core.small_cells`).
    """
    hidden = [hidden_in_row(_totals(counts, place)) for place in (0, 1)]
    joined: dict[tuple[str, str], int] = defaultdict(int)
    for (row, column), count in counts.items():
        joined[_APART if row in hidden[0] else row, _APART if column in hidden[1] else column] += count
    found = hidden_in_table(joined)
    levels = [sorted({cell[place] for cell in counts}) for place in (0, 1)]
    return frozenset(
        (row, column)
        for row, column in product(*levels)
        if row in hidden[0] or column in hidden[1] or (row, column) in found
    )


def hidden_in_three(counts: Mapping[Levels, int]) -> frozenset[Levels]:
    """The cells not told in a table of three dimensions all of whose tables of two are told as `hidden_in_two` says.

    What a table of two hides is hidden here in all its cells. Every other hidden cell stands at the corner of a block
    of two by two by two hidden cells: one could be added to four of its corners and taken from the other four, and
    nothing told would change. In each line of hidden cells there are two at least, and `LEAST` together.
    """
    return _Block(counts).hidden()


def hidden_in_four(counts: Mapping[Levels, int]) -> frozenset[Levels]:
    """As `hidden_in_three`, the last two dimensions taken as one."""
    found = hidden_in_three({(a, b, f"{c}{_APART}{d}"): count for (a, b, c, d), count in counts.items()})
    return frozenset((a, b, *both.split(_APART)) for a, b, both in found)


def mean_is_told(told: Mapping[float, int], hidden: Mapping[float, int]) -> bool:
    """Whether the mean of values may be told when the counts of some of them are hidden: it tells their sum too.

    Told only if every hidden count could still be another one, with the same sum and the same number of answers: three
    values can be moved against each other, two cannot.
    """
    if not any(hidden.values()) or not hidden:
        return sum(told.values()) >= LEAST
    safe: set[float] = set()
    for low, middle, high in combinations(sorted(hidden), 3):
        steps = (high - middle, high - low, middle - low)
        if not all(float(step).is_integer() for step in steps):
            continue
        shared = gcd(*(int(step) for step in steps))
        outer_low, inner, outer_high = (int(step) // shared for step in steps)
        spread = hidden[middle] >= inner
        closed = hidden[low] >= outer_low and hidden[high] >= outer_high
        if spread or closed:
            safe |= {low, middle, high}
    return safe == set(hidden) and sum(told.values()) + sum(hidden.values()) >= LEAST


def _totals(counts: Mapping[Levels, int], place: int) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for levels, count in counts.items():
        found[levels[place]] += count
    return found


_HIDING = {1: hidden_in_one, 2: hidden_in_two, 3: hidden_in_three, 4: hidden_in_four}


class _Block:
    """A table of three dimensions being hidden."""

    def __init__(self, counts: Mapping[Levels, int]) -> None:
        self.counts = {cell: count for cell, count in counts.items() if count}
        self.levels = [sorted({cell[place] for cell in counts}) for place in range(3)]
        self.veiled: dict[tuple[int, int], frozenset[Levels]] = {
            pair: hidden_in_two(self._pairs(pair)) for pair in combinations(range(3), 2)
        }
        self.found: set[Levels] = set()
        self.safe: set[Levels] = set()

    def hidden(self) -> frozenset[Levels]:
        cells = list(product(*self.levels))
        free = {cell for cell in cells if self._is_veiled(cell)}
        self.found = free | {cell for cell, count in self.counts.items() if is_small(count)}
        waiting = sorted(self.found - free)
        while waiting or (waiting := self._thin(free)):
            cell = waiting.pop()
            self.found.add(cell)
            if cell in self.safe or cell in free:
                continue
            corners = self._corners(cell)
            if corners is None:
                return frozenset(cells)
            self.found |= corners
            self.safe |= corners
        return frozenset(self.found)

    def _pairs(self, pair: tuple[int, int]) -> dict[Levels, int]:
        found: dict[Levels, int] = defaultdict(int)
        for cell, count in self.counts.items():
            found[cell[pair[0]], cell[pair[1]]] += count
        return found

    def _is_veiled(self, cell: Levels) -> bool:
        return any((cell[one], cell[two]) in hidden for (one, two), hidden in self.veiled.items())

    def _corners(self, cell: Levels) -> frozenset[Levels] | None:
        """The corners of the block through a cell that costs least to hide; None when nothing can be moved in any."""
        best: tuple[tuple[int, int, Levels], frozenset[Levels]] | None = None
        for others in product(*([level for level in self.levels[at] if level != cell[at]] for at in range(3))):
            corners = list(_corners(cell, others))
            even = all(self.counts.get(corner) for corner, odd in corners if not odd)
            if not even and not all(self.counts.get(corner) for corner, odd in corners if odd):
                continue
            new = [self.counts.get(corner, 0) for corner, _odd in corners if corner not in self.found]
            loss = (sum(new), len(new), others)
            if best is None or loss < best[0]:
                best = loss, frozenset(corner for corner, _odd in corners)
        return best[1] if best else None

    def _thin(self, free: set[Levels]) -> list[Levels]:
        """A cell to hide in a line where the hidden ones are fewer than two, or than `LEAST` together; empty for none.

        A line of which a table of two already hides the total is not looked at: its sum is not known.
        """
        for place in range(3):
            pair = tuple(at for at in range(3) if at != place)
            lines: dict[Levels, list[Levels]] = defaultdict(list)
            for cell in self.found:
                lines[cell[pair[0]], cell[pair[1]]].append(cell)
            for line, held in sorted(lines.items()):
                if line in self.veiled[pair[0], pair[1]]:
                    continue
                if len(held) > 1 and sum(self.counts.get(cell, 0) for cell in held) >= LEAST:
                    continue
                told = [cell for cell in self._line(place, line) if cell not in self.found]
                if told:
                    return [min(told, key=lambda cell: (not self.counts.get(cell), self.counts.get(cell, 0), cell))]
        return []

    def _line(self, place: int, line: Levels) -> Iterator[Levels]:
        for level in self.levels[place]:
            yield (*line[:place], level, *line[place:])


def _corners(cell: Levels, others: Levels) -> Iterator[tuple[Levels, bool]]:
    """The eight corners between two cells; odd ones differ from `cell` in one place, or in all three."""
    for turns in product((False, True), repeat=3):
        yield (
            tuple(other if turn else own for own, other, turn in zip(cell, others, turns, strict=True)),
            sum(turns) % 2 == 1,
        )
