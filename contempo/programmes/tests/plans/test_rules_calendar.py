"""The columns of the calendar and what stands in them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contempo.programmes.rules.calendar import (
    MOST_COLUMNS,
    Part,
    Span,
    Unit,
    column_of,
    columns,
    parts,
    span,
    unit_for,
)

DAYS = st.dates(date(2000, 1, 1), date(2080, 1, 1))
SINCE, UNTIL = date(2014, 7, 1), date(2017, 1, 1)
HEADS = columns(SINCE, UNTIL, Unit.MONTH)


def test_a_plan_of_two_years_and_a_half_has_thirty_months() -> None:
    assert unit_for(SINCE, UNTIL) is Unit.MONTH
    assert (HEADS[0], HEADS[-1], len(HEADS)) == (date(2014, 7, 1), date(2016, 12, 1), 30)


def test_a_long_plan_is_drawn_by_quarters_and_a_very_long_one_by_years() -> None:
    assert unit_for(date(2014, 1, 1), date(2020, 1, 1)) is Unit.QUARTER
    assert unit_for(date(2000, 1, 1), date(2040, 1, 1)) is Unit.YEAR
    assert columns(date(2014, 5, 9), date(2014, 10, 1), Unit.QUARTER) == (date(2014, 4, 1), date(2014, 7, 1))


def test_an_activity_takes_the_months_it_has_a_day_in() -> None:
    assert span(date(2014, 8, 31), date(2014, 10, 1), HEADS, Unit.MONTH) == Span(1, 2)
    assert span(date(2014, 8, 31), date(2014, 10, 2), HEADS, Unit.MONTH) == Span(1, 3)


def test_an_activity_that_goes_past_the_plan_says_so() -> None:
    assert span(date(2014, 1, 1), date(2018, 1, 1), HEADS, Unit.MONTH) == Span(0, 29, before=True, after=True)
    assert span(date(2018, 1, 1), date(2019, 1, 1), HEADS, Unit.MONTH) is None


def test_an_activity_with_one_day_only_takes_the_month_of_that_day() -> None:
    assert span(date(2014, 9, 3), None, HEADS, Unit.MONTH) == Span(2, 2)
    assert span(None, date(2014, 9, 1), HEADS, Unit.MONTH) == Span(1, 1)
    assert span(None, None, HEADS, Unit.MONTH) is None


def test_cells_say_where_an_activity_starts_and_ends() -> None:
    assert parts(Span(1, 3), 5) == (Part.EMPTY, Part.START, Part.MIDDLE, Part.END, Part.EMPTY)
    assert parts(Span(0, 0), 2) == (Part.WHOLE, Part.EMPTY)
    assert parts(Span(0, 1, before=True, after=True), 2) == (Part.MIDDLE, Part.MIDDLE)
    assert parts(None, 2) == (Part.EMPTY, Part.EMPTY)


@given(since=DAYS, length=st.integers(1, 5000), unit=st.sampled_from(Unit))
def test_the_columns_cover_the_plan_and_nothing_else(since: date, length: int, unit: Unit) -> None:
    until = since + timedelta(days=length)
    heads = columns(since, until, unit)
    assert heads[0] <= since
    assert heads[-1] < until
    assert list(heads) == sorted(set(heads))
    assert column_of(since, heads, unit) == 0
    assert column_of(until - timedelta(days=1), heads, unit) == len(heads) - 1
    assert column_of(heads[0] - timedelta(days=1), heads, unit) is None


@given(since=DAYS, length=st.integers(1, 2000), start=st.integers(-500, 2500), lasting=st.integers(1, 900))
def test_a_cell_is_filled_exactly_when_the_activity_has_a_day_in_it(
    since: date, length: int, start: int, lasting: int
) -> None:
    until = since + timedelta(days=length)
    unit = unit_for(since, until)
    heads = columns(since, until, unit)
    begins = since + timedelta(days=start)
    ends = begins + timedelta(days=lasting)
    filled = parts(span(begins, ends, heads, unit), len(heads))
    edges = [*heads[1:], columns(heads[-1], date(heads[-1].year + 2, 1, 1), unit)[1]]
    assert [bool(part) for part in filled] == [
        begins < edge and ends > head for head, edge in zip(heads, edges, strict=True)
    ]


def test_no_plan_of_ten_years_has_more_columns_than_can_be_read() -> None:
    assert len(columns(SINCE, date(2024, 7, 1), unit_for(SINCE, date(2024, 7, 1)))) <= MOST_COLUMNS
