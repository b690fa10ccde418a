"""Holidays of a place, and working time by the clocks of Rome."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.core.calendar import (
    Calendar,
    Window,
    add_working_time,
    calendar_of,
    instant,
    rows_of,
    windows_of,
    working_time_between,
)
from contempo.core.clock import ROME

ITALY = Calendar()
MILAN = calendar_of("Milano", "MI")
OFFICE = windows_of([[day, *hours] for day in range(5) for hours in (("09:00", "13:00"), ("14:00", "18:00"))])
ALWAYS = tuple(Window(day, 0, 1440) for day in range(7))
NIGHTS = tuple(Window(day, 60, 210) for day in range(7))
HOUR = timedelta(hours=1)


def rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


def test_the_fourth_of_october_is_a_holiday_from_2026_and_was_none_in_2025():
    assert not ITALY.is_holiday(date(2025, 10, 4))
    assert ITALY.is_holiday(date(2026, 10, 4))
    assert ITALY.is_holiday(date(2027, 10, 4))


@pytest.mark.parametrize("day", [date(2024, 4, 1), date(2025, 4, 21), date(2026, 4, 6), date(2027, 3, 29)])
def test_easter_monday_moves_and_is_found_every_year(day):
    assert ITALY.is_holiday(day)
    assert not ITALY.is_holiday(day + timedelta(days=1))


def test_the_seventh_of_december_is_a_holiday_in_milan_and_not_elsewhere():
    assert MILAN.is_holiday(date(2026, 12, 7))
    assert not ITALY.is_holiday(date(2026, 12, 7))
    assert not calendar_of("Torino", "TO").is_holiday(date(2026, 12, 7))


def test_every_national_holiday_of_a_year_is_known():
    days = ["01-01", "01-06", "04-05", "04-06", "04-25", "05-01", "06-02", "08-15", "10-04", "11-01", "12-08", "12-25"]
    named = {date.fromisoformat(f"2026-{day}") for day in (*days, "12-26")}
    year = [date(2026, 1, 1) + timedelta(days=count) for count in range(365)]
    assert {day for day in year if ITALY.is_holiday(day)} == named


@pytest.mark.parametrize(
    ("municipality", "province", "saint"),
    [
        ("Roma", "RM", date(2026, 6, 29)),
        ("Monza", "MB", date(2026, 6, 24)),
        ("Cesena", "FC", date(2026, 6, 24)),
        ("Forlì", "FC", date(2026, 2, 4)),
        ("Reggio nell'Emilia", "RE", date(2026, 11, 24)),
        ("Reggio di Calabria", "RC", date(2026, 4, 23)),
        ("L'Aquila", "AQ", date(2026, 6, 10)),
        ("Verbania", "VB", date(2026, 5, 8)),
    ],
)
def test_the_patron_saint_of_a_capital_is_kept(municipality, province, saint):
    assert calendar_of(municipality, province).is_holiday(saint)
    assert not ITALY.is_holiday(saint)


def test_two_capitals_of_one_province_keep_each_its_own_saint():
    assert not calendar_of("Cesena", "FC").is_holiday(date(2026, 2, 4))
    assert not calendar_of("Forlì", "FC").is_holiday(date(2026, 6, 24))


def test_a_municipality_that_is_no_capital_keeps_the_national_holidays():
    assert calendar_of("Rho", "MI") == ITALY
    assert calendar_of("Milano", "TO") == ITALY
    assert calendar_of() == ITALY


def test_a_place_nobody_knows_is_refused():
    with pytest.raises(ValueError):
        Calendar("XX")


@pytest.mark.parametrize(
    "rows",
    [
        [[7, "09:00", "13:00"]],
        [[0, "13:00", "09:00"]],
        [[0, "09:00", "09:00"]],
        [[0, "9", "13:00"]],
        [[0, "09:00", "25:00"]],
        [[0, "09:00", "13:00"], [0, "12:00", "14:00"]],
    ],
)
def test_hours_that_are_none_are_refused(rows):
    with pytest.raises(ValueError):
        windows_of(rows)


def test_hours_are_kept_as_they_are_read():
    rows = [[0, "09:00", "13:00"], [0, "13:00", "24:00"], [6, "00:00", "00:30"]]
    assert rows_of(windows_of(reversed(rows))) == rows


def test_a_day_of_the_office_has_eight_hours():
    assert working_time_between(rome("2026-11-18T00:00"), rome("2026-11-19T00:00"), OFFICE, ITALY) == 8 * HOUR


def test_the_weekend_and_a_holiday_have_none():
    assert working_time_between(rome("2026-11-20T18:00"), rome("2026-11-23T09:00"), OFFICE, ITALY) == timedelta()
    assert working_time_between(rome("2026-12-07T00:00"), rome("2026-12-09T00:00"), OFFICE, MILAN) == timedelta()
    assert working_time_between(rome("2026-12-07T00:00"), rome("2026-12-09T00:00"), OFFICE, ITALY) == 8 * HOUR


def test_working_time_ends_at_the_end_of_a_day_rather_than_at_the_beginning_of_the_next():
    assert add_working_time(rome("2026-11-18T09:00"), 8 * HOUR, OFFICE, ITALY) == rome("2026-11-18T18:00")
    assert add_working_time(rome("2026-11-18T10:00"), 8 * HOUR, OFFICE, ITALY) == rome("2026-11-19T10:00")


def test_working_time_passes_over_easter():
    assert add_working_time(rome("2026-04-03T17:00"), 2 * HOUR, OFFICE, ITALY) == rome("2026-04-07T10:00")


def test_without_opening_hours_no_time_is_invented():
    with pytest.raises(ValueError):
        add_working_time(rome("2026-04-03T17:00"), HOUR, (), ITALY)
    assert working_time_between(rome("2026-04-03T17:00"), rome("2026-05-03T17:00"), (), ITALY) == timedelta()


def test_the_sunday_on_which_the_clock_goes_forward_has_twenty_three_hours():
    assert working_time_between(rome("2026-03-29T00:00"), rome("2026-03-30T00:00"), ALWAYS, ITALY) == 23 * HOUR


def test_the_sunday_on_which_the_clock_goes_back_has_twenty_five():
    assert working_time_between(rome("2026-10-25T00:00"), rome("2026-10-26T00:00"), ALWAYS, ITALY) == 25 * HOUR


def test_hours_that_begin_in_the_hour_that_is_skipped_begin_with_the_change():
    night = (Window(6, 150, 300),)
    assert instant(date(2026, 3, 29), 150) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert working_time_between(rome("2026-03-29T00:00"), rome("2026-03-30T00:00"), night, ITALY) == 2 * HOUR


def test_hours_that_begin_in_the_hour_shown_twice_begin_the_first_time():
    night = (Window(6, 150, 300),)
    assert instant(date(2026, 10, 25), 150) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert working_time_between(rome("2026-10-25T00:00"), rome("2026-10-26T00:00"), night, ITALY) == 3.5 * HOUR


moments = st.integers(0, 60 * 24 * 1100).map(
    lambda minutes: datetime(2024, 12, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
near_changes = st.sampled_from([datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]).flatmap(
    lambda change: st.integers(-3000, 3000).map(lambda minutes: change + timedelta(minutes=minutes))
)
instants = moments | near_changes
weeks = st.sampled_from([OFFICE, ALWAYS, NIGHTS, (Window(6, 0, 1),), (Window(0, 1439, 1440), Window(3, 150, 160))])
places = st.sampled_from([ITALY, MILAN, calendar_of("Venezia", "VE")])


def counted(start: datetime, end: datetime, windows: tuple[Window, ...], calendar: Calendar) -> timedelta:
    """The same, minute by minute, as somebody looking at the clock on the wall would count."""
    minutes, moment = 0, start
    while moment < end:
        local = moment.astimezone(ROME)
        inside = any(
            window.weekday == local.weekday() and window.opens <= local.hour * 60 + local.minute < window.closes
            for window in windows
        )
        minutes += inside and not calendar.is_holiday(local.date())
        moment += timedelta(minutes=1)
    return timedelta(minutes=minutes)


@given(near_changes, st.integers(0, 3000), st.sampled_from([OFFICE, ALWAYS]), places)
def test_it_is_what_somebody_counts_looking_at_the_clock_on_the_wall(start, minutes, windows, calendar):
    end = start + timedelta(minutes=minutes)
    assert working_time_between(start, end, windows, calendar) == counted(start, end, windows, calendar)


@given(instants, st.integers(0, 60 * 24 * 20), weeks, places)
def test_adding_and_counting_are_inverse(start, minutes, windows, calendar):
    amount = timedelta(minutes=minutes)
    if minutes > 20 and windows[0].minutes < 60:
        amount = timedelta(minutes=minutes % 20)
    end = add_working_time(start, amount, windows, calendar)
    assert end >= start
    assert working_time_between(start, end, windows, calendar) == amount


@given(instants, instants, instants, weeks, places)
def test_time_adds_up_however_it_is_cut(one, two, three, windows, calendar):
    start, middle, end = sorted((one, two, three))
    assert working_time_between(start, end, windows, calendar) == working_time_between(
        start, middle, windows, calendar
    ) + working_time_between(middle, end, windows, calendar)


@given(instants, instants, places)
def test_working_time_is_never_longer_than_time(one, two, calendar):
    start, end = sorted((one, two))
    assert working_time_between(start, end, ALWAYS, calendar) <= end - start


@given(instants, st.sampled_from([OFFICE, ALWAYS]))
def test_the_zone_in_which_an_instant_is_written_does_not_matter(start, windows):
    local = start.astimezone(ROME)
    amount = timedelta(hours=20)
    assert add_working_time(local, amount, windows, MILAN) == add_working_time(start, amount, windows, MILAN)
    later = local + timedelta(days=3)
    assert working_time_between(local, later, windows, MILAN) == working_time_between(
        start, later.astimezone(UTC), windows, MILAN
    )


def test_holidays_have_their_name_in_either_language() -> None:
    milan = calendar_of("Milano", "MI")
    assert milan.holiday_name(date(2026, 12, 7)) == "Sant'Ambrogio"
    assert milan.holiday_name(date(2026, 12, 25), "en") == "Christmas Day"
    assert milan.holiday_name(date(2026, 12, 24)) == ""
