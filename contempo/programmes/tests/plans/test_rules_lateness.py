"""When an activity is late and when it is next."""

from datetime import date, timedelta

import pytest

from contempo.programmes.rules.activities import OPEN, ActivityState
from contempo.programmes.rules.lateness import SOON, Timing, timing

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_an_open_activity_is_late_from_the_day_after_its_last(state: str) -> None:
    assert timing(state, None, TODAY, today=TODAY) == Timing.OVERDUE
    assert timing(state, None, TODAY + DAY, today=TODAY) == Timing.ENDING


@pytest.mark.parametrize("state", sorted(set(ActivityState) - OPEN))
def test_what_is_over_is_never_late(state: str) -> None:
    assert timing(state, TODAY - 9 * DAY, TODAY - DAY, today=TODAY) is None


def test_a_planned_activity_is_late_when_its_first_day_has_passed() -> None:
    until = TODAY + timedelta(days=200)
    assert timing(ActivityState.PLANNED, TODAY - DAY, until, today=TODAY) == Timing.NOT_BEGUN
    assert timing(ActivityState.PLANNED, TODAY, until, today=TODAY) == Timing.BEGINNING
    assert timing(ActivityState.UNDER_WAY, TODAY - DAY, until, today=TODAY) is None


def test_next_is_what_begins_or_ends_within_thirty_days() -> None:
    far = TODAY + timedelta(days=200)
    assert timing(ActivityState.PLANNED, TODAY + SOON, far, today=TODAY) == Timing.BEGINNING
    assert timing(ActivityState.PLANNED, TODAY + SOON + DAY, far, today=TODAY) is None
    assert timing(ActivityState.UNDER_WAY, None, TODAY + SOON, today=TODAY) == Timing.ENDING
    assert timing(ActivityState.UNDER_WAY, None, TODAY + SOON + DAY, today=TODAY) is None


def test_without_days_nothing_is_late() -> None:
    assert timing(ActivityState.PLANNED, None, None, today=TODAY) is None
