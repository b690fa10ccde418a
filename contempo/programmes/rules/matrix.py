"""The budget as a matrix: cells summed by row, by column and by part, so that every sum is that of what it holds. Pure.

Amounts are cents.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from contempo.core.money import Percentage

R = TypeVar("R", bound=Hashable)
C = TypeVar("C", bound=Hashable)
T = TypeVar("T")


@dataclass(frozen=True)
class Amount:
    """Money of cells: `first` in the plan, `present` after its revisions, `accepted` of expenses."""

    first: int = 0
    present: int = 0
    accepted: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.first + other.first, self.present + other.present, self.accepted + other.accepted)

    @property
    def remaining(self) -> int:
        """What may still be accepted."""
        return self.present - self.accepted

    def share_of(self, whole: "Amount") -> Percentage | None:
        """Its part of `whole`, as it is at present; None when that is nothing."""
        return share(self.present, whole.present)


def share(part: int, whole: int) -> Percentage | None:
    """The percentage of `part` in `whole`, both cents; None when there is no whole."""
    return Percentage(Decimal(part), Decimal(whole)) if whole else None


@dataclass(frozen=True)
class Matrix(Generic[R, C]):
    """Sums by row and column; what is not among `cells` is nothing. Rows and columns stand in the order they came."""

    rows: tuple[R, ...]
    columns: tuple[C, ...]
    cells: dict[tuple[R, C], Amount]

    def cell(self, row: R, column: C) -> Amount | None:
        """What stands in a cell; None where nothing was ever allocated."""
        return self.cells.get((row, column))

    def row_total(self, row: R) -> Amount:
        """The sum of a row."""
        return total(amount for (at, _column), amount in self.cells.items() if at == row)

    def column_total(self, column: C) -> Amount:
        """The sum of a column."""
        return total(amount for (_row, at), amount in self.cells.items() if at == column)

    @property
    def total(self) -> Amount:
        """The sum of all cells."""
        return total(self.cells.values())


def matrix(
    rows: Iterable[R],
    columns: Iterable[C],
    held: Iterable[T],
    *,
    at: Callable[[T], tuple[R, C]],
    money: Callable[[T], Amount],
) -> Matrix[R, C]:
    """What is `held`, each `at` its row and column, summed; rows and columns of which nothing is held stay."""
    cells: dict[tuple[R, C], Amount] = {}
    for each in held:
        place = at(each)
        cells[place] = cells.get(place, Amount()) + money(each)
    return Matrix(tuple(rows), tuple(columns), cells)


def total(amounts: Iterable[Amount]) -> Amount:
    """The sum of amounts."""
    return sum(amounts, Amount())
