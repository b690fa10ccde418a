"""Planning the agile days of a month: which dates may be planned, when, and how many people a unit may have away."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from babel.dates import format_date

from contempo.agile.rules.months import MonthState, Place, Reason
from contempo.agile.rules.policy import GROUNDS, Policy
from contempo.agile.rules.presence import most_remote
from contempo.core.calendar import Calendar
from contempo.core.verdict import ALLOWED, Refusal, Verdict, because
from contempo.core.words import N_

DAY = timedelta(days=1)
NOT_LISTED = N_("Your agreement does not list this place: choose one that it lists, or ask to revise it.")
MOST_ALTERNATIVES = 5
"""Other dates proposed to who is displaced, the nearest ones."""


@dataclass(frozen=True)
class Span:
    """Days from `since` to `until`, that one excluded; without an end when it is None."""

    since: date
    until: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Agreed(Span):
    """The days on which an agreement holds, with the places it lists, and the seats if one of them is a seat."""

    places: frozenset[str] = frozenset()
    seats: frozenset[int] = frozenset()

    def lists(self, place: Place, seat_id: int | None) -> bool:
        """Whether work may be done at `place`, and at that seat when it is one."""
        return place in self.places and (place is not Place.SEAT or seat_id in self.seats)


def month_named(text: str) -> date | None:
    """The first day of the month written as `2026-11`; None when it is none."""
    year, dash, month = text.partition("-")
    if dash and len(year) == 4 and len(month) == 2 and f"{year}{month}".isascii() and f"{year}{month}".isdigit():
        return date(int(year), int(month), 1) if int(year) and 1 <= int(month) <= 12 else None
    return None


def day_words(day: date, language: str | None) -> str:
    """`giovedì 12 novembre`."""
    return str(format_date(day, "EEEE d MMMM", locale=language or "it"))


def month_words(first_day: date, language: str | None) -> str:
    """`novembre 2026`."""
    return str(format_date(first_day, "LLLL y", locale=language or "it"))


def month_after(first_day: date, months: int = 1) -> date:
    """The first day of the month that many months later, or earlier."""
    year, month = divmod(first_day.year * 12 + first_day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def days_of(first_day: date) -> tuple[date, ...]:
    """Every day of a month."""
    length = (month_after(first_day) - first_day).days
    return tuple(first_day + number * DAY for number in range(length))


def weeks_of(first_day: date) -> tuple[tuple[date, ...], ...]:
    """The weeks of a month, each from Monday to Sunday, with the days of the months around it."""
    monday = first_day - first_day.weekday() * DAY
    last = month_after(first_day) - DAY
    count = ((last - monday).days // 7) + 1
    return tuple(tuple(monday + (7 * week + day) * DAY for day in range(7)) for week in range(count))


class Closed(StrEnum):
    """Why a date is no working day of somebody."""

    HOLIDAY = "holiday"
    NOT_WORKED = "not_worked"
    NOT_EMPLOYED = "not_employed"


@dataclass(frozen=True)
class Pattern:
    """When somebody works: weekdays (Monday is 0), from when to when, and the holidays of the place."""

    weekdays: frozenset[int]
    employed: Span
    calendar: Calendar

    def closed(self, day: date) -> Closed | None:
        """Why `day` is no working day; None when it is one."""
        if day not in self.employed:
            return Closed.NOT_EMPLOYED
        if self.calendar.is_holiday(day):
            return Closed.HOLIDAY
        return None if day.weekday() in self.weekdays else Closed.NOT_WORKED

    def working_days(self, days: Iterable[date]) -> tuple[date, ...]:
        """Those of `days` that are worked."""
        return tuple(day for day in days if self.closed(day) is None)


class Phase(StrEnum):
    """Where the planning of a month stands.

    In the window (`OPEN`) limits of presence are told and may be passed; afterwards (`AFTER`) they hold, and who comes
    first is served first.
    """

    EARLY = "early"
    OPEN = "open"
    AFTER = "after"
    OVER = "over"


def phase_of(
    state: str, first_day: date, plan_from: datetime, plan_until: datetime, *, now: datetime, today: date
) -> Phase:
    """The phase at `now` of the month that begins on `first_day`; its window is `[plan_from, plan_until)`."""
    if state == MonthState.DRAFT:
        return Phase.EARLY
    if state == MonthState.CLOSED or today >= month_after(first_day):
        return Phase.OVER
    if now < plan_from:
        return Phase.EARLY
    return Phase.OPEN if now < plan_until else Phase.AFTER


@dataclass(frozen=True)
class Room:
    """How many of a unit may be away on a day. At least `minimum_percent` of the `staff` of that day stay.

    People are not divided: who must stay is rounded up, so a minimum of 50 % of three people keeps two, and any minimum
    above zero keeps the only one of a unit. `away` have planned the day.
    """

    staff: int
    minimum_percent: int
    away: int = 0

    @property
    def places(self) -> int:
        """How many may be away."""
        return most_remote(self.staff, self.minimum_percent)

    @property
    def stay(self) -> int:
        """How many must be present."""
        return self.staff - self.places

    @property
    def free(self) -> int:
        """How many more may be away; never below zero."""
        return max(self.places - self.away, 0)

    @property
    def over(self) -> int:
        """By how many too many are away."""
        return max(self.away - self.places, 0)


def minimum_percent(weekday: int, of_unit: Mapping[int | None, int], of_employer: int) -> int:
    """The least presence, in per cent: that of the unit for the weekday, else of the unit for every weekday (key None),
    else `of_employer` for the weekday."""
    return of_unit.get(weekday, of_unit.get(None, of_employer))


@dataclass(frozen=True)
class Planner:
    """What is known of a worker who plans: pattern, agreements in force and dates planned already."""

    pattern: Pattern
    agreed: tuple[Agreed, ...]
    planned: frozenset[date]


class DatesRefused(Refusal):
    """Why nothing was saved: what is wrong with each of the `days`."""

    def __init__(self, days: Mapping[date, Verdict]) -> None:
        super().__init__(N_("Nothing was saved: some of these dates cannot be planned so."))
        self.days = dict(days)


def may_change(day: date, phase: Phase, *, today: date) -> Verdict:
    """May a planned `day` still be changed or given back? Days in the past may not."""
    if phase is Phase.OVER:
        return because(N_("This month is over: its days are not changed any more."))
    if day < today:
        return because(N_("Days in the past are not changed."))
    return ALLOWED


def may_plan(day: date, planner: Planner, phase: Phase, *, today: date) -> Verdict:
    """May the worker plan `day`, as far as calendar, agreement and window go? Limits and balance are told apart.

    Agile work is alternated with presence by an individual agreement (Law 81/2017, articles 18 and 19): no day without
    one in force.
    """
    if phase is Phase.EARLY:
        return because(N_("The planning of this month has not begun yet."))
    if not (may := may_change(day, phase, today=today)):
        return may
    closed = planner.pattern.closed(day)
    if closed is Closed.HOLIDAY:
        return because(N_("This day is a holiday."))
    if closed is Closed.NOT_WORKED:
        return because(N_("You do not work on this day of the week."))
    if closed is Closed.NOT_EMPLOYED:
        return because(N_("You are not on the staff on this day."))
    if not any(day in span for span in planner.agreed):
        return because(N_("No agreement of yours is in force on this day."))
    if day in planner.planned:
        return because(N_("You have planned this day already."))
    return ALLOWED


def may_work_at(days: Collection[date], agreed: Iterable[Agreed], place: Place, seat_id: int | None) -> Verdict:
    """May the worker be at `place` on some of `days`, as far as the agreements in force on them say where?

    How work is done outside the premises is for the individual agreement (Law 81/2017, article 19, paragraph 1), and
    its written notice is on the risks of that way of working (article 22).
    """
    holding = [each for each in agreed if any(day in each for day in days)]
    if not holding or any(each.lists(place, seat_id) for each in holding):
        return ALLOWED
    return because(NOT_LISTED)


def within_limit(room: Room, phase: Phase) -> Verdict:
    """May one more be away? In the window always; afterwards only while there is room."""
    if phase is Phase.OPEN or room.free:
        return ALLOWED
    return because(
        N_("The unit has no room on this day: %(away)s are away and at most %(places)s may be."),
        away=room.away,
        places=room.places,
    )


def class_of_grounds(policy: Policy, grounds: Collection[str]) -> int:
    """The class in which who has these verified grounds keeps planned days: the first of the reasons they back.

    Without a verified ground it is that of other needs (Law 81/2017, article 18, paragraph 3-bis).
    """
    backed = [policy.class_of(Reason(reason)) for reason, these in GROUNDS.items() if these & set(grounds)]
    return min([*backed, policy.class_of(Reason.OTHER)])
