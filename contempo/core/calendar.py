"""Working days and opening hours in Italy: national holidays by year, the patron saint of a place, the clocks of Rome.

Pure: holidays come from the `holidays` package, which knows them by year (4 October, a national holiday again from 2026
by law 151/2025; Easter Monday; the patron saints of the provincial capitals). Instants are aware; days and times of day
are those of Europe/Rome.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from holidays.countries.italy import Italy

from contempo.core.clock import ROME
from contempo.core.text import normalise

DAY = timedelta(days=1)
MIDNIGHT = 24 * 60

_OTHER_CAPITALS = {
    "Andria": ("BT", "Andria"),
    "Barletta": ("BT", "Barletta"),
    "Carbonia": ("SU", "SU"),
    "Cesena": ("FC", "Cesena"),
    "Forlì": ("FC", "Forli"),
    "Massa": ("MS", "MS"),
    "Monza": ("MB", "MB"),
    "Pesaro": ("PU", "Pesaro"),
    "Reggio di Calabria": ("RC", "RC"),
    "Reggio nell'Emilia": ("RE", "RE"),
    "Trani": ("BT", "Trani"),
    "Urbino": ("PU", "Urbino"),
    "Verbania": ("VB", "VB"),
}
"""Capitals whose name is not that of their province: province, and the name the package gives their calendar."""

_CAPITALS = {(code, normalise(name)): code for name, code in Italy.subdivisions_aliases.items()} | {
    (province, normalise(name)): code for name, (province, code) in _OTHER_CAPITALS.items()
}


@lru_cache(maxsize=512)
def _holidays(place: str, year: int) -> frozenset[date]:
    return frozenset(Italy(subdiv=place or None, years=year))  # type: ignore[no-untyped-call]


@lru_cache(maxsize=512)
def _named(place: str, year: int, language: str) -> dict[date, str]:
    found = Italy(subdiv=place or None, years=year, language=language)  # type: ignore[no-untyped-call]
    return {day: str(name) for day, name in found.items()}


@dataclass(frozen=True)
class Calendar:
    """The holidays of Italy and, when `place` names a provincial capital (`calendar_of`), its patron saint's day."""

    place: str = ""

    def __post_init__(self) -> None:
        if self.place and self.place not in Italy.subdivisions:
            raise ValueError(f"no calendar of holidays for {self.place!r}")

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is a holiday: law 260/1949 as amended, and the local patron saint; ordinary Sundays are not."""
        return day in _holidays(self.place, day.year)

    def holiday_name(self, day: date, language: str = "it") -> str:
        """What the holiday of `day` is called, in Italian or English; empty when it is none."""
        return _named(self.place, day.year, "en_US" if language == "en" else "it_IT").get(day, "")


def calendar_of(municipality: str = "", province: str = "") -> Calendar:
    """The calendar of a municipality, by its name and the two letters of its province.

    The patron saints known are those of the provincial capitals: any other municipality gets the national calendar. A
    day more counted as open makes a promise sooner, never later.
    """
    return Calendar(_CAPITALS.get((province, normalise(municipality)), ""))


@dataclass(frozen=True, order=True)
class Window:
    """Hours of one weekday (Monday is 0), half-open, in minutes after midnight by the clocks of Rome, up to 1440."""

    weekday: int
    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not (0 <= self.weekday < 7 and 0 <= self.opens < self.closes <= MIDNIGHT):
            raise ValueError(f"not hours of a weekday: {self.weekday} {self.opens}-{self.closes}")

    @property
    def minutes(self) -> int:
        """How long it is, on a day on which the clocks do not change."""
        return self.closes - self.opens


_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def _minutes(clock: str) -> int:
    found = _TIME.fullmatch(clock)
    if found is None and clock != "24:00":
        raise ValueError(f"not a time of day: {clock!r}")
    return int(found[1]) * 60 + int(found[2]) if found else MIDNIGHT


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def windows_of(rows: Iterable[Sequence[object]]) -> tuple[Window, ...]:
    """Windows, sorted, from rows as stored: `[0, "09:00", "13:00"]`; ValueError when one is none or two overlap."""
    windows = tuple(sorted(Window(int(str(day)), _minutes(str(start)), _minutes(str(end))) for day, start, end in rows))
    for one, following in pairwise(windows):
        if one.weekday == following.weekday and following.opens < one.closes:
            raise ValueError(f"hours that overlap: {one} and {following}")
    return windows


def rows_of(windows: Iterable[Window]) -> list[list[int | str]]:
    """Windows as they are stored: the inverse of `windows_of`."""
    return [[window.weekday, _clock(window.opens), _clock(window.closes)] for window in sorted(windows)]


def instant(day: date, minutes: int) -> datetime:
    """The instant at which the clocks of Rome show `minutes` after the midnight that begins `day`, in UTC.

    A time skipped in spring is the instant of the change, 01:00 UTC (directive 2000/84/EC, article 2); of a time shown
    twice in autumn the first is meant.
    """
    whole, rest = divmod(minutes, MIDNIGHT)
    local = datetime.combine(day + whole * DAY, time(rest // 60, rest % 60))
    found = local.replace(tzinfo=ROME).astimezone(UTC)
    if found.astimezone(ROME).replace(tzinfo=None) != local:
        return found.replace(hour=1, minute=0)
    return found


def local_day(moment: datetime) -> date:
    """The day people in Italy call it at `moment`."""
    return moment.astimezone(ROME).date()


def openings(start: datetime, windows: Sequence[Window], calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """Every stretch of open time after `start`, in order, the first cut at `start`; without end unless never open."""
    ordered = sorted(windows)
    start = start.astimezone(UTC)
    day = local_day(start)
    while ordered:
        if not calendar.is_holiday(day):
            for window in ordered:
                if window.weekday == day.weekday():
                    opens, closes = instant(day, window.opens), instant(day, window.closes)
                    if max(opens, start) < closes:
                        yield max(opens, start), closes
        day += DAY


def working_time_between(start: datetime, end: datetime, windows: Sequence[Window], calendar: Calendar) -> timedelta:
    """Open time within `[start, end)`, exact also when the clocks change in between; none when `end` comes first."""
    total, end = timedelta(), end.astimezone(UTC)
    for opens, closes in openings(start, windows, calendar):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total


def add_working_time(start: datetime, amount: timedelta, windows: Sequence[Window], calendar: Calendar) -> datetime:
    """The first instant by which `amount` of open time has passed since `start`, in UTC; `start` itself for none.

    Raises ValueError when there is no open time at all.
    """
    if amount <= timedelta():
        return start.astimezone(UTC)
    left = amount
    for opens, closes in openings(start, windows, calendar):
        if closes - opens >= left:
            return (opens + left).astimezone(UTC)
        left -= closes - opens
    raise ValueError("without opening hours no working time ever passes")
