"""Charts: a finding as title, a summary in words, a table with the same numbers, and the picture where scripts run."""

from dataclasses import dataclass
from typing import Any, Literal

Number = int | float | None


@dataclass(frozen=True)
class Series:
    """One line or one set of bars: a value for each category of the chart, None where it is not known."""

    name: str
    values: tuple[Number, ...]


@dataclass(frozen=True)
class Chart:
    """`title` states what the numbers show; `unit` says what is counted ("members"); `category` heads the table's
    first column; `summary` tells the chart in words to who does not see it. Bars and areas begin at zero. `links`, when
    given, holds for each category the address of its records.
    """

    id: str
    title: str
    kind: Literal["bar", "line", "area"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    summary: str = ""
    category: str = ""
    links: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if wrong := [each.name for each in self.series if len(each.values) != len(self.categories)]:
            raise ValueError(f"{self.id}: not one value for each category: {wrong}")

    @property
    def data_id(self) -> str:
        """Where the picture finds its numbers."""
        return f"{self.id}-data"

    @property
    def table(self) -> tuple[tuple[str, str, tuple[Number, ...]], ...]:
        """Rows of the table: a category, the address of its records ("" for none), and the value of each series."""
        links = self.links or ("",) * len(self.categories)
        return tuple(
            (name, links[at], tuple(each.values[at] for each in self.series)) for at, name in enumerate(self.categories)
        )

    @property
    def data(self) -> dict[str, Any]:
        """What the picture is drawn from."""
        return {
            "kind": self.kind,
            "categories": self.categories,
            "series": [{"name": each.name, "values": each.values} for each in self.series],
            "unit": self.unit,
        }
