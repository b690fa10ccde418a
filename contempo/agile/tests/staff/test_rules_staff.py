"""What the row of a worker may say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.agile.rules.structure_staff import (
    check_birth_year,
    check_weekdays,
    left_long_ago,
    weekdays_read,
    weekdays_written,
)
from contempo.core.verdict import Refusal


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("lu-ve", (0, 1, 2, 3, 4)),
        ("lu ma gi", (0, 1, 3)),
        ("Lunedì, martedì; giovedì", (0, 1, 3)),
        ("LUN/MAR", (0, 1)),
        ("lu - me ve", (0, 1, 2, 4)),
        ("lu–sa", (0, 1, 2, 3, 4, 5)),
        ("ve lu", (0, 4)),
        ("", (0, 1, 2, 3, 4)),
        ("  ", (0, 1, 2, 3, 4)),
    ],
)
def test_weekdays_are_read_as_people_write_them(text: str, days: tuple[int, ...]) -> None:
    assert weekdays_read(text) == days


@pytest.mark.parametrize("text", ["xx", "1-5", "ve-lu", "lu ma boh", "-"])
def test_words_that_are_no_weekdays_are_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        weekdays_read(text)
    assert refused.value.field == "weekdays"


@given(st.sets(st.integers(0, 6), min_size=1))
def test_what_is_written_is_read_again_as_it_was(days: set[int]) -> None:
    assert weekdays_read(weekdays_written(days)) == tuple(sorted(days))


def test_no_weekday_is_refused_and_doubles_are_one() -> None:
    assert check_weekdays([3, 1, 3]) == (1, 3)
    with pytest.raises(Refusal):
        check_weekdays([])


@pytest.mark.parametrize(("year", "allowed"), [(None, True), (1985, True), (2012, True), (2013, False), (1920, False)])
def test_a_year_of_birth_agrees_with_the_first_day_of_work(year: int | None, allowed: bool) -> None:
    since, today = date(2026, 1, 1), date(2026, 11, 20)
    if allowed:
        check_birth_year(year, since=since, today=today)
        return
    with pytest.raises(Refusal) as refused:
        check_birth_year(year, since=since, today=today)
    assert refused.value.field == "birth_year"


def test_what_identifies_who_left_is_kept_two_years() -> None:
    assert left_long_ago(date(2026, 12, 1)) == date(2024, 12, 1)
    assert left_long_ago(date(2028, 2, 29)) == date(2026, 2, 28)
