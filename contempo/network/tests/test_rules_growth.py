"""The growth of a network, month by month."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from contempo.network.rules.growth import GrowthPoint, growth, next_month, yearly

FIRST = date(2011, 3, 1)

months = st.builds(date, st.integers(2011, 2026), st.integers(1, 12), st.just(1))
movements = st.dictionaries(months, st.integers(1, 40), max_size=20)


def test_december_is_followed_by_january_of_the_next_year():
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert next_month(date(2026, 1, 1)) == date(2026, 2, 1)


def test_a_network_nobody_ever_joined_has_no_growth():
    assert growth({}, {}, date(2026, 11, 20)) == ()


def test_a_quiet_month_is_a_point_like_any_other():
    points = growth({FIRST: 15, date(2011, 5, 1): 2}, {}, date(2011, 6, 30))
    assert points == (
        GrowthPoint(date(2011, 3, 1), 15, 0, 15),
        GrowthPoint(date(2011, 4, 1), 0, 0, 15),
        GrowthPoint(date(2011, 5, 1), 2, 0, 17),
        GrowthPoint(date(2011, 6, 1), 0, 0, 17),
    )


def test_who_leaves_is_a_member_no_longer_at_the_end_of_that_month():
    points = growth({FIRST: 3}, {date(2011, 4, 1): 1}, date(2011, 4, 1))
    assert points[-1] == GrowthPoint(date(2011, 4, 1), 0, 1, 2)


def test_who_joins_and_leaves_within_a_month_is_seen_coming_and_going():
    assert growth({FIRST: 1}, {FIRST: 1}, FIRST) == (GrowthPoint(FIRST, 1, 1, 0),)


def test_the_month_of_today_is_the_last_even_on_its_first_day():
    assert growth({FIRST: 1}, {}, date(2011, 3, 1))[-1].month == FIRST
    assert growth({FIRST: 1}, {}, date(2011, 4, 1))[-1].month == date(2011, 4, 1)


@given(movements, movements)
def test_members_are_always_all_who_joined_less_all_who_left(joined, left):
    points = growth(joined, left, date(2026, 12, 31))
    came = went = 0
    for point in points:
        came, went = came + point.joined, went + point.left
        assert point.members == came - went
    assert (came, went) == (sum(joined.values()), sum(left.values()))


@given(movements)
def test_no_month_is_missing_and_none_appears_twice(joined):
    points = growth(joined, {}, date(2026, 12, 31))
    assert [next_month(point.month) for point in points[:-1]] == [point.month for point in points[1:]]


def test_a_year_sums_its_movements_and_ends_with_its_last_month():
    points = growth({date(2013, 11, 1): 3, date(2014, 2, 1): 2}, {date(2014, 5, 1): 1}, date(2014, 6, 30))
    assert yearly(points) == (GrowthPoint(date(2013, 1, 1), 3, 0, 3), GrowthPoint(date(2014, 1, 1), 2, 1, 4))


@given(movements, movements)
def test_years_say_what_months_say(joined, left):
    points = growth(joined, left, date(2026, 12, 31))
    years = yearly(points)
    assert [sum(year.joined for year in years), sum(year.left for year in years)] == [
        sum(joined.values()),
        sum(left.values()),
    ]
    assert not points or years[-1].members == points[-1].members
