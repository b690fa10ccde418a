"""What may be told of small counts, so that no person is recognised in a figure. See docs/algorithms/small-cells.md.

A count of one to four is not told, and neither is any other from which it could be found: by taking the told ones from
their total, or from the totals of the rows and columns of a table. Zero is told: it speaks of nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

LEAST = 5
"""The smallest count that is told, zero apart."""

Cell = tuple[str, str]
"""Row and column."""

_ROW, _COLUMN = 0, 1
_Line = tuple[int, str]


def is_small(count: int) -> bool:
    """Whether a count is too small to be told."""
    return 0 < count < LEAST


def hidden_in_row(counts: Mapping[str, int]) -> frozenset[str]:
    """The keys whose counts are not told in a table of one dimension with its total.

    At least two, or none; together at least `LEAST`, and more than one each: who takes the told ones from the total
    knows their sum. Beside the small ones the next smallest are hidden. When the total is small, or every count is,
    nothing is told, zeros included.
    """
    if any(counts.values()) and all(count < LEAST for count in counts.values()):
        return frozenset(counts)
    hidden = {key for key, count in counts.items() if is_small(count)}
    others = sorted((key for key, count in counts.items() if count >= LEAST), key=lambda key: (counts[key], key))
    for key in others:
        if not hidden or (
            _safe_sum(counts[one] for one in hidden) and sum(counts[one] for one in hidden) > len(hidden)
        ):
            break
        hidden.add(key)
    return frozenset(hidden)


def _safe_sum(counts: Iterable[int]) -> bool:
    """Whether so many hidden counts, their sum known, still hide each: two at least, `LEAST` together."""
    found = list(counts)
    return len(found) > 1 and sum(found) >= LEAST


def hidden_together(counts: Mapping[str, tuple[Decimal | int, ...]]) -> frozenset[str]:
    """As `hidden_in_row` where each key has several counts that are told or hidden together, all with their totals: a
    share, for instance, as those who have something and those who do not.
    """
    if not counts:
        return frozenset()
    totals = [sum(parts) for parts in zip(*counts.values(), strict=True)]
    if any(0 < total < LEAST for total in totals):
        return frozenset(counts)
    hidden = {key for key, parts in counts.items() if any(0 < part < LEAST for part in parts)}
    others = sorted(counts.keys() - hidden, key=lambda key: (sum(counts[key]), key))
    for key in others:
        if not hidden or _safe_parts([counts[one] for one in hidden]):
            return frozenset(hidden)
        hidden.add(key)
    return frozenset(hidden)


def _safe_parts(hidden: list[tuple[Decimal | int, ...]]) -> bool:
    """Whether the sums of so many hidden keys, one for each of their counts, hide each: or are zero, which is told."""
    sums = [sum(parts) for parts in zip(*hidden, strict=True)]
    return len(hidden) > 1 and all(not each or (each >= LEAST and each > len(hidden)) for each in sums)


def merged(counts: Mapping[str, int], others: str) -> dict[str, int]:
    """A table of one dimension in which the counts not told stand together under `others`; what is left is all told."""
    hidden = hidden_in_row(counts)
    told = {key: count for key, count in counts.items() if key not in hidden}
    return {**told, others: sum(counts[key] for key in hidden)} if hidden else told


def hidden_in_table(counts: Mapping[Cell, int]) -> frozenset[Cell]:
    """The cells not told in a table of two dimensions whose row and column totals are all told, and so not small.

    A cell left out counts zero. No hidden cell can be found from the others: there is another table of counts, with the
    same totals and the same told cells, in which it differs. Source: D. Gusfield, A graph theoretic approach to
    statistical data security, SIAM Journal on Computing 17 (1988) 552-571, extended here to cells of zero.
    """
    table = _Table(counts)
    table.hidden = {cell for cell, count in counts.items() if is_small(count)}
    while more := table.open_cell() or table.open_line():
        table.hidden |= more
    return frozenset(table.hidden)


class _Table:
    """A table being hidden, cell by cell, until nothing of what is hidden can be found out."""

    def __init__(self, counts: Mapping[Cell, int]) -> None:
        self.counts = {cell: count for cell, count in counts.items() if count}
        self.rows = sorted({row for row, _column in self.counts})
        self.columns = sorted({column for _row, column in self.counts})
        self.hidden: set[Cell] = set()

    def count(self, cell: Cell) -> int:
        return self.counts.get(cell, 0)

    def open_line(self) -> set[Cell]:
        """A cell to hide in a row or column where the sum of the hidden tells too much; empty when there is none.

        Of two, one that mends row and column at once; of zero only when there is no other.
        """
        hidden: dict[_Line, list[int]] = defaultdict(list)
        for row, column in self.hidden:
            hidden[_ROW, row].append(self.count((row, column)))
            hidden[_COLUMN, column].append(self.count((row, column)))
        opened = {line for line, counts in hidden.items() if not _safe_sum(counts)}
        cells = {(row, column) for side, row in opened if side == _ROW for column in self.columns}
        cells |= {(row, column) for side, column in opened if side == _COLUMN for row in self.rows}

        def loss(cell: Cell) -> tuple[bool, bool, int, Cell]:
            mends_both = (_ROW, cell[0]) in opened and (_COLUMN, cell[1]) in opened
            return not self.count(cell), not mends_both, self.count(cell), cell

        told = cells - self.hidden
        return {min(told, key=loss)} if told else set()

    def open_cell(self) -> set[Cell]:
        """The corners to hide with the first hidden cell that can be found out; empty when none can."""
        steps = self._steps()
        for cell in sorted(self.hidden):
            if not self._can_differ(cell, steps) and (corners := self._corners(cell)):
                return corners
        return set()

    def _steps(self) -> dict[_Line, set[_Line]]:
        """From a row to a column where the cell between them may grow, back where it may shrink: not below zero."""
        steps: dict[_Line, set[_Line]] = defaultdict(set)
        for row, column in self.hidden:
            steps[_ROW, row].add((_COLUMN, column))
            if self.count((row, column)):
                steps[_COLUMN, column].add((_ROW, row))
        return steps

    def _can_differ(self, cell: Cell, steps: Mapping[_Line, set[_Line]]) -> bool:
        """Whether one could be added to `cell`, or taken from it, and made good around a ring of other hidden cells."""
        row, column = (_ROW, cell[0]), (_COLUMN, cell[1])
        return _leads(column, row, steps) or (bool(self.count(cell)) and _leads(row, column, steps))

    def _corners(self, cell: Cell) -> set[Cell]:
        """The cells to hide for a ring of four with `cell`, at the least loss; rings that turn come first."""
        row, column = cell
        rings: list[tuple[Cell, ...]] = [
            ((row, other_column), (other_row, column), (other_row, other_column))
            for other_row in self.rows
            for other_column in self.columns
            if other_row != row and other_column != column
        ]
        rings = [ring for ring in rings if not self.hidden.issuperset(ring)]
        if not rings:
            return set()

        def loss(ring: tuple[Cell, ...]) -> tuple[bool, int, int, tuple[Cell, ...]]:
            beside, below, across = (self.count(corner) for corner in ring)
            turns = bool(beside and below) or bool(across and self.count(cell))
            lost = [self.count(corner) for corner in ring if corner not in self.hidden]
            return not turns, lost.count(0), sum(lost), ring

        return {*min(rings, key=loss)} - self.hidden


def _leads(start: _Line, end: _Line, steps: Mapping[_Line, set[_Line]]) -> bool:
    """Whether steps lead from one line to another by a way round, not by the cell between the two."""
    seen, waiting = {start}, [start]
    while waiting:
        line = waiting.pop()
        for near in steps.get(line, set()):
            if near == end and line != start:
                return True
            if near not in seen and near != end:
                seen.add(near)
                waiting.append(near)
    return False
