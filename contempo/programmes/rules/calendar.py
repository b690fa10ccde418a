"""The calendar of a plan as columns of equal rank, and where an activity stands in them. Half-open days. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

MOST_COLUMNS = 48
"""Four years of months; more would not be read at a glance."""


class Unit(IntEnum):
    """What a column stands for, in months."""

    MONTH = 1
    QUARTER = 3
    YEAR = 12


@dataclass(frozen=True)
class Span:
    """The columns from `first` to `last`, both included, that an activity takes; `before` and `after` tell that it
    goes on past the edges of the calendar."""

    first: int
    last: int
    before: bool = False
    after: bool = False


class Part(StrEnum):
    """What stands in a cell of the calendar."""

    EMPTY = ""
    WHOLE = "whole"
    START = "start"
    MIDDLE = "middle"
    END = "end"


def unit_for(since: date, until: date) -> Unit:
    """The smallest unit with which a plan fits into `MOST_COLUMNS`; years, however long it is."""
    return next((unit for unit in Unit if len(columns(since, until, unit)) <= MOST_COLUMNS), Unit.YEAR)


def columns(since: date, until: date, unit: Unit) -> tuple[date, ...]:
    """The first day of every month, quarter or year of the calendar with a day of the plan."""
    first = _index(since, unit)
    last = _index(date.fromordinal(until.toordinal() - 1), unit)
    return tuple(_first_day(number, unit) for number in range(first, last + 1))


def column_of(day: date, heads: Sequence[date], unit: Unit) -> int | None:
    """The column `day` falls into; None outside the calendar."""
    number = _index(day, unit) - _index(heads[0], unit)
    return number if 0 <= number < len(heads) else None


def span(since: date | None, until: date | None, heads: Sequence[date], unit: Unit) -> Span | None:
    """The columns of an activity; None without days, or wholly outside the calendar.

    Of one that has only a first or only a last day, the column of that day.
    """
    if since is None and until is None:
        return None
    last_day = date.fromordinal(until.toordinal() - 1) if until is not None else since
    first_day = since if since is not None else last_day
    if first_day is None or last_day is None:
        return None
    origin, most = _index(heads[0], unit), len(heads) - 1
    first, last = _index(first_day, unit) - origin, _index(last_day, unit) - origin
    if last < 0 or first > most:
        return None
    return Span(max(first, 0), min(last, most), before=first < 0, after=last > most)


def parts(taken: Span | None, count: int) -> tuple[Part, ...]:
    """What stands in each of `count` cells of the row of an activity."""
    if taken is None:
        return (Part.EMPTY,) * count
    return tuple(_part(number, taken) for number in range(count))


def _part(number: int, taken: Span) -> Part:
    if not taken.first <= number <= taken.last:
        return Part.EMPTY
    starts = number == taken.first and not taken.before
    ends = number == taken.last and not taken.after
    if starts and ends:
        return Part.WHOLE
    if starts:
        return Part.START
    return Part.END if ends else Part.MIDDLE


def _index(day: date, unit: Unit) -> int:
    return (day.year * 12 + day.month - 1) // unit


def _first_day(index: int, unit: Unit) -> date:
    year, month = divmod(index * unit, 12)
    return date(year, month + 1, 1)
