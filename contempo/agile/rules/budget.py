"""How the days of a directorate come about, in numbers that stand in its formula."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """So many `persons`, each with `each` days of the month, by their category and part of full time."""

    category: str
    part_time_percent: int
    each: int
    persons: int

    @property
    def days(self) -> int:
        return self.each * self.persons


@dataclass(frozen=True)
class Formula:
    """The budget of a directorate: the eligible persons (those of them `with_agreement`), line by line, and `carried`
    days.
    """

    lines: tuple[Line, ...] = ()
    carried: int = 0
    with_agreement: int = 0

    @property
    def persons(self) -> int:
        return sum(line.persons for line in self.lines)

    @property
    def days(self) -> int:
        return sum(line.days for line in self.lines) + self.carried

    def as_json(self) -> dict[str, Any]:
        """The formula as it is stored; `read` is the inverse."""
        return asdict(self)


def read(told: Mapping[str, Any]) -> Formula:
    """The formula stored with a pool."""
    lines = tuple(Line(**line) for line in told.get("lines", ()))
    return Formula(lines, told.get("carried", 0), told.get("with_agreement", 0))
