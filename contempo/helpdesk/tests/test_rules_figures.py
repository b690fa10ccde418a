"""Periods, shares and percentiles are exact, and say nothing where nothing is known."""

from datetime import datetime
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.core.clock import ROME
from contempo.helpdesk.rules.figures import Period, Share, month_of, percentile, quarter_of, wilson, year_of

months = st.builds("{:04d}-{:02d}".format, st.integers(1990, 2060), st.integers(1, 12))


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        # R 4.3, prop.test(…, correct = FALSE)$conf.int
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_the_interval_is_that_of_the_literature(successes, trials, low, high):
    # The examples of R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statist. Med. 17 (1998).
    assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10**6).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_the_interval_holds_the_share_and_stays_between_none_and_all(proportion):
    successes, trials = proportion
    low, high = wilson(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1
    assert wilson(trials - successes, trials) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@pytest.mark.parametrize(("successes", "trials"), [(0, 0), (-1, 3), (4, 3)])
def test_what_is_no_proportion_has_no_interval(successes, trials):
    with pytest.raises(ValueError):
        wilson(successes, trials)


def test_a_share_of_nothing_is_not_known_and_none_of_some_is_zero():
    assert (Share(0, 0).percent, Share(0, 0).interval) == (None, None)
    assert Share(0, 7).percent == 0


@given(st.lists(st.integers(0, 5000), min_size=1))
def test_the_half_is_the_median(minutes):
    histogram = {minute: minutes.count(minute) for minute in minutes}
    assert percentile(histogram, 50) == median(minutes)


@given(st.lists(st.integers(0, 50), min_size=1), st.integers(0, 100))
def test_a_percentile_has_its_part_on_each_side(minutes, percent):
    found = percentile({minute: minutes.count(minute) for minute in minutes}, percent)
    share = Fraction(percent, 100)
    assert sum(minute <= found for minute in minutes) >= share * len(minutes)
    assert sum(minute >= found for minute in minutes) >= (1 - share) * len(minutes)


def test_without_answers_there_is_no_percentile():
    assert percentile({}, 50) is None
    assert percentile({30: 0}, 90) is None


def test_an_answer_at_once_is_zero_minutes():
    assert percentile({0: 3}, 90) == 0


@given(months, months)
def test_a_period_has_all_its_months_and_so_many_before(one, other):
    period = Period(min(one, other), max(one, other))
    assert (period.months[0], period.months[-1]) == (period.since, period.until)
    assert list(period.months) == sorted(set(period.months))
    assert period.before.length == period.length == len(period.months)
    assert period.before.instants[1] == period.instants[0]


def test_a_month_is_that_of_the_clocks_of_italy():
    period = Period("2026-03", "2026-03")
    since, until = period.instants
    assert since == datetime.fromisoformat("2026-02-28T23:00:00+00:00")
    assert until == datetime.fromisoformat("2026-03-31T22:00:00+00:00")
    assert month_of(since) == "2026-03"
    assert month_of(datetime(2026, 3, 31, 23, 59, tzinfo=ROME)) == "2026-03"
    assert month_of(until) == "2026-04"


@pytest.mark.parametrize(
    ("month", "quarter"),
    [("2026-01", "2026-01"), ("2026-03", "2026-01"), ("2026-08", "2026-07"), ("2026-12", "2026-10")],
)
def test_quarters_and_years_are_of_the_calendar(month, quarter):
    assert quarter_of(month).since == quarter
    assert quarter_of(month).length == 3
    assert year_of(month) == Period("2026-01", "2026-12")
