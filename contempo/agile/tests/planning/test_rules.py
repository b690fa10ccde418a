"""Rules of planning, without a database."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.agile.rules.agreements import Ground
from contempo.agile.rules.months import MonthState
from contempo.agile.rules.planning import (
    Agreed,
    Closed,
    Pattern,
    Phase,
    Planner,
    Room,
    Span,
    class_of_grounds,
    days_of,
    may_plan,
    minimum_percent,
    month_after,
    month_named,
    phase_of,
    weeks_of,
)
from contempo.agile.rules.policy import proposed
from contempo.core.calendar import Calendar

ALWAYS = Span(date(2020, 1, 1))
FIRST = date(2026, 12, 1)
FROM, UNTIL = datetime(2026, 11, 10, 8, tzinfo=UTC), datetime(2026, 11, 17, 17, tzinfo=UTC)
MONTHS = st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(lambda day: day.replace(day=1))


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-12", FIRST),
        ("2026-1", None),
        ("2026-13", None),
        ("0000-01", None),
        ("٢٠٢٦-١٢", None),
        ("dicembre", None),
        ("", None),
    ],
)
def test_a_month_is_named_by_year_and_number(text: str, month: date | None) -> None:
    assert month_named(text) == month


@given(MONTHS, st.integers(-24, 24))
def test_going_forth_and_back_leads_to_the_same_month(first_day: date, months: int) -> None:
    assert month_after(month_after(first_day, months), -months) == first_day


@given(MONTHS)
def test_weeks_run_from_monday_to_sunday_and_hold_every_day(first_day: date) -> None:
    weeks = weeks_of(first_day)
    assert all(week[0].weekday() == 0 and len(week) == 7 for week in weeks)
    inside = [day for week in weeks for day in week if (day.year, day.month) == (first_day.year, first_day.month)]
    assert tuple(inside) == days_of(first_day)


def test_holidays_and_the_patron_saint_are_not_worked() -> None:
    pattern = Pattern(frozenset(range(5)), ALWAYS, Calendar("MI"))
    assert pattern.closed(date(2026, 12, 7)) is Closed.HOLIDAY
    assert pattern.closed(date(2026, 12, 5)) is Closed.NOT_WORKED
    assert pattern.closed(date(2019, 12, 3)) is Closed.NOT_EMPLOYED
    assert len(pattern.working_days(days_of(FIRST))) == 20
    assert Pattern(frozenset(range(5)), ALWAYS, Calendar()).closed(date(2026, 12, 7)) is None


@pytest.mark.parametrize(
    ("state", "now", "today", "phase"),
    [
        (MonthState.DRAFT, FROM, date(2026, 11, 10), Phase.EARLY),
        (MonthState.OPEN, datetime(2026, 11, 10, 7, 59, tzinfo=UTC), date(2026, 11, 10), Phase.EARLY),
        (MonthState.OPEN, FROM, date(2026, 11, 10), Phase.OPEN),
        (MonthState.OPEN, UNTIL, date(2026, 11, 17), Phase.AFTER),
        (MonthState.PUBLISHED, datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31), Phase.AFTER),
        (MonthState.PUBLISHED, datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1), Phase.OVER),
        (MonthState.CLOSED, UNTIL, date(2026, 11, 17), Phase.OVER),
    ],
)
def test_where_the_planning_of_a_month_stands(state: str, now: datetime, today: date, phase: Phase) -> None:
    assert phase_of(state, FIRST, FROM, UNTIL, now=now, today=today) is phase


@pytest.mark.parametrize(
    ("staff", "percent", "stay", "places"),
    [(1, 1, 1, 0), (1, 0, 0, 1), (3, 50, 2, 1), (4, 50, 2, 2), (10, 33, 4, 6), (0, 50, 0, 0), (7, 100, 7, 0)],
)
def test_people_are_not_divided(staff: int, percent: int, stay: int, places: int) -> None:
    room = Room(staff, percent)
    assert (room.stay, room.places) == (stay, places)


@given(st.integers(0, 500), st.integers(0, 100), st.integers(0, 500))
def test_the_minimum_is_kept_by_whoever_fills_every_place(staff: int, percent: int, away: int) -> None:
    room = Room(staff, percent, away)
    assert room.stay * 100 >= staff * percent
    assert room.stay + room.places == staff
    assert room.free == 0 or room.over == 0
    assert room.free - room.over == room.places - room.away


def test_a_weekday_of_the_unit_comes_before_every_day_and_that_before_the_employer() -> None:
    assert minimum_percent(1, {1: 80, None: 60}, 40) == 80
    assert minimum_percent(2, {1: 80, None: 60}, 40) == 60
    assert minimum_percent(2, {1: 80}, 40) == 40
    assert minimum_percent(1, {1: 0}, 40) == 0


def test_no_day_without_an_agreement_in_force_on_it() -> None:
    pattern = Pattern(frozenset(range(5)), ALWAYS, Calendar("MI"))
    agreed = (Agreed(date(2026, 1, 1), date(2026, 12, 3)), Agreed(date(2026, 12, 10)))
    planner = Planner(pattern, agreed, frozenset())
    able = [
        day.day
        for day in days_of(FIRST)
        if day.day < 15 and may_plan(day, planner, Phase.OPEN, today=date(2026, 11, 12))
    ]
    assert able == [1, 2, 10, 11, 14]


def test_a_class_is_the_first_a_verified_ground_backs() -> None:
    rules = proposed()
    assert class_of_grounds(rules, []) == 6
    assert class_of_grounds(rules, [Ground.CHILD_TO_12]) == 4
    assert class_of_grounds(rules, [Ground.CHILD_TO_12, Ground.DISABLED_WORKER]) == 1
