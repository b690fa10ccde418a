"""What reports of expenses are divided by, and what they add up. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from contempo.core.words import N_

NONE = "0"
"""Key of expenses of no alliance."""

_MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
_HALF = re.compile(r"((?:19|20)\d\d)-s([12])")


class Dimension(StrEnum):
    """What a report is divided by; a period is told by the day on which the document was paid."""

    PARTNER = "partner"
    ALLIANCE = "alliance"
    LINE = "line"
    SOURCE = "source"
    MONTH = "month"
    HALF = "half"


DIMENSION_NAMES: dict[str, str] = {
    Dimension.PARTNER: N_("Partner"),
    Dimension.ALLIANCE: N_("Alliance"),
    Dimension.LINE: N_("Line"),
    Dimension.SOURCE: N_("Source of funds"),
    Dimension.MONTH: N_("Month"),
    Dimension.HALF: N_("Half-year"),
}

FACET: dict[Dimension, str] = {dimension: dimension.value for dimension in Dimension} | {Dimension.HALF: "month"}
"""What the sums of the database are kept by: half-years are made of months."""


@dataclass(frozen=True)
class Sums:
    """How many expenses, and their amounts in cents: `claimed` is `waiting`, `accepted` and `refused` together."""

    expenses: int = 0
    claimed: int = 0
    waiting: int = 0
    accepted: int = 0
    refused: int = 0
    paid: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, name) + getattr(other, name) for name in MEASURES))

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in MEASURES)


MEASURES = ("expenses", "claimed", "waiting", "accepted", "refused", "paid")


def total(sums: Iterable[Sums]) -> Sums:
    """All of them together."""
    return sum(sums, Sums())


def half_of(month: str) -> str:
    """The half-year (`2026-s1`) of a month (`2026-03`)."""
    return f"{month[:4]}-s{1 if int(month[5:]) <= 6 else 2}"


def months_of(period: str) -> tuple[str, ...]:
    """The months of a half-year, or the month itself. Raises ValueError for what is neither."""
    if _MONTH.fullmatch(period):
        return (period,)
    if found := _HALF.fullmatch(period):
        first = 1 if found[2] == "1" else 7
        return tuple(f"{found[1]}-{month:02}" for month in range(first, first + 6))
    raise ValueError(N_("This is neither a month (2026-03) nor a half-year (2026-s1)."))


def by_half(months: Mapping[str, Sums]) -> dict[str, Sums]:
    """Sums by month as sums by half-year."""
    halves: dict[str, Sums] = {}
    for month, sums in months.items():
        halves[half_of(month)] = halves.get(half_of(month), Sums()) + sums
    return halves
