"""When a period of membership may begin."""

from datetime import date

import pytest

from contempo.core.verdict import Refusal
from contempo.network.rules.membership import check_beginning

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("since", [date(2011, 3, 1), date(2026, 11, 19), TODAY])
def test_it_begins_today_or_began_in_the_past(since):
    check_beginning(since, today=TODAY, last_until=None)


def test_it_does_not_begin_in_the_future():
    with pytest.raises(Refusal) as refused:
        check_beginning(date(2026, 11, 21), today=TODAY, last_until=None)
    assert refused.value.field == "since"


def test_it_may_begin_on_the_day_the_last_one_ended_because_that_day_was_no_longer_part_of_it():
    check_beginning(date(2026, 6, 1), today=TODAY, last_until=date(2026, 6, 1))


def test_it_does_not_reach_into_the_last_one():
    with pytest.raises(Refusal) as refused:
        check_beginning(date(2026, 5, 31), today=TODAY, last_until=date(2026, 6, 1))
    assert refused.value.field == "since"
