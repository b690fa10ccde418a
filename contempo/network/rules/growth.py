"""How the network grows: members over time, from what joined and left in each month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class GrowthPoint:
    """One month (its first day): organisations that joined and left in it, and members at its end."""

    month: date
    joined: int
    left: int
    members: int


def next_month(month: date) -> date:
    """First day of the following month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def growth(joined: Mapping[date, int], left: Mapping[date, int], until: date) -> tuple[GrowthPoint, ...]:
    """Every month from the first joining to the month of `until`, months without movement included.

    `joined` and `left` count organisations by first day of month. Zero is a value: a quiet month is a point.
    """
    months = [*joined, *left]
    if not months:
        return ()
    points: list[GrowthPoint] = []
    month, members = min(months), 0
    while month <= until:
        came, went = joined.get(month, 0), left.get(month, 0)
        members += came - went
        points.append(GrowthPoint(month, came, went, members))
        month = next_month(month)
    return tuple(points)


def yearly(points: Iterable[GrowthPoint]) -> tuple[GrowthPoint, ...]:
    """One point a year, under its first day: who joined and left in it, and members at the end of its last month."""
    years: dict[int, GrowthPoint] = {}
    for point in points:
        year = point.month.year
        before = years.get(year, GrowthPoint(date(year, 1, 1), 0, 0, 0))
        years[year] = GrowthPoint(before.month, before.joined + point.joined, before.left + point.left, point.members)
    return tuple(years.values())
