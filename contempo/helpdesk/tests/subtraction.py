"""A patient reader of figures, who writes down every sum that is told and solves the equations."""

from collections.abc import Hashable, Iterable
from fractions import Fraction


class Reader:
    """Knows sums of unknown `cells`, and whatever follows from them by adding and subtracting."""

    def __init__(self, cells: Iterable[Hashable]) -> None:
        self.cells = list(cells)
        self._places = {cell: place for place, cell in enumerate(self.cells)}
        self._basis: dict[int, list[Fraction]] = {}

    def told(self, cells: Iterable[Hashable], count: int) -> None:
        """Read that `cells` are `count` together; when none, that each of them is none."""
        if count == 0:
            for cell in cells:
                self._add(self._sum([cell]))
        else:
            self._add(self._sum(cells))

    def knows(self, cells: Iterable[Hashable]) -> bool:
        """Whether the sum of `cells` follows from what was told."""
        return not any(self._rest(self._sum(cells)))

    def _sum(self, cells: Iterable[Hashable]) -> list[Fraction]:
        row = [Fraction(0)] * len(self.cells)
        for cell in cells:
            row[self._places[cell]] += 1
        return row

    def _rest(self, row: list[Fraction]) -> list[Fraction]:
        for place, known in self._basis.items():
            if times := row[place]:
                row = [value - times * other for value, other in zip(row, known, strict=True)]
        return row

    def _add(self, row: list[Fraction]) -> None:
        row = self._rest(row)
        place = next((place for place, value in enumerate(row) if value), None)
        if place is None:
            return
        row = [value / row[place] for value in row]
        for other, known in self._basis.items():
            if times := known[place]:
                self._basis[other] = [value - times * new for value, new in zip(known, row, strict=True)]
        self._basis[place] = row
