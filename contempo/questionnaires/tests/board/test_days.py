"""The chart of answers by day: days without answers are there, and too many days become weeks."""

from datetime import date, timedelta

from django.utils.translation import override

from contempo.questionnaires.queries.board.days import MOST_BARS, by_day

MONDAY = date(2026, 11, 2)


def test_days_without_answers_are_zero_and_not_left_out():
    with override("it"):
        chart = by_day({MONDAY: {"email": 2}, MONDAY + timedelta(days=3): {"email": 1}})
    assert chart.categories == ("2 nov", "3 nov", "4 nov", "5 nov")
    assert chart.series[0].values == (2, 0, 0, 1)
    assert "2 novembre" in chart.title


def test_each_channel_has_its_own_bars_in_the_order_of_channels():
    chart = by_day({MONDAY: {"paper": 1, "email": 2}})
    assert [each.values for each in chart.series] == [(2,), (1,)]


def test_a_long_campaign_is_told_by_week():
    days = {MONDAY + timedelta(days=at): {"email": 1} for at in range(MOST_BARS + 1)}
    chart = by_day(days)
    assert len(chart.categories) == 7
    assert sum(chart.series[0].values) == MOST_BARS + 1
    assert chart.series[0].values[0] == 7


def test_before_the_first_answer_there_is_no_chart():
    assert by_day({}) is None
