"""Reminders by plan: when, and whom they reach."""

import itertools
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.core.clock import ROME
from contempo.core.verdict import Refusal
from contempo.questionnaires.rules.reminders import check_plan, due_by, may_write_again, reminder_day

_plans = (
    st.lists(st.integers(2, 30), min_size=1, max_size=5, unique=True)
    .map(sorted)
    .filter(lambda days: all(after - before >= 2 for before, after in itertools.pairwise(days)))
)
DAY = date(2026, 11, 3)


def test_a_plan_is_put_in_order() -> None:
    assert check_plan([14, 7]) == (7, 14)


@pytest.mark.parametrize("days", [[1], [7, 8], [7, 7], [0], [2, 4, 6, 8, 10, 12]])
def test_letters_too_close_or_too_many_are_refused(days: list[int]) -> None:
    with pytest.raises(Refusal):
        check_plan(days)


def test_a_late_reminder_pushes_those_after_it() -> None:
    late = DAY + timedelta(days=12)
    assert reminder_day([7, 14], reminders=0, sent=DAY, reminded=None) == DAY + timedelta(days=7)
    assert reminder_day([7, 14], reminders=1, sent=DAY, reminded=late) == late + timedelta(days=7)
    assert reminder_day([7, 14], reminders=2, sent=DAY, reminded=late) is None


@given(_plans, st.integers(0, 5), st.integers(0, 40), st.integers(0, 40), st.integers(0, 90))
def test_whom_a_day_reaches_is_who_has_a_reminder_by_that_day(
    plan: list[int], reminders: int, sent: int, reminded: int, day: int
) -> None:
    sent_on, on = DAY + timedelta(days=sent), DAY + timedelta(days=day)
    reminded_on = sent_on + timedelta(days=reminded) if reminders else None
    expected = reminder_day(plan, reminders=reminders, sent=sent_on, reminded=reminded_on)
    reached = any(
        due.number == reminders + 1
        and sent_on <= due.sent_by
        and (due.reminded_by is None or reminded_on is None or reminded_on <= due.reminded_by)
        for due in due_by(plan, on)
    )
    assert reached == (expected is not None and expected <= on)


def test_two_letters_by_hand_lie_two_days_apart() -> None:
    now = datetime(2026, 11, 20, 10, tzinfo=ROME)
    assert may_write_again(None, now)
    assert may_write_again(now - timedelta(days=2), now)
    assert not may_write_again(now - timedelta(days=1), now)
