"""Values of periods and alliances make one; zero and missing stay apart; targets and forecasts."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.core.small_cells import LEAST
from contempo.core.verdict import Refusal
from contempo.programmes.rules import measuring
from contempo.programmes.rules.forecast import Basis, Point, forecast
from contempo.programmes.rules.plan.measures import Method, Unit
from contempo.programmes.rules.publication import published, told_counts
from contempo.programmes.rules.values import (
    Entry,
    Value,
    added_divisions,
    against,
    check_entry,
    over_alliances,
    over_periods,
)

counts = st.one_of(st.none(), st.integers(0, 50).map(lambda number: Value(Decimal(number))))
pairs = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(
    lambda pair: Value(Decimal(pair[0]), Decimal(pair[0] + pair[1])) if sum(pair) else None
)


@given(st.lists(counts, max_size=8))
def test_counts_over_periods_are_what_brute_force_makes_of_them(values):
    known = [int(value.numerator) for value in values if value is not None]
    made = {method: over_periods(Unit.COUNT, method, values, distinct=None) for method in Method}
    assert all((each.measured, each.of) == (len(known), len(values)) for each in made.values())
    if not known:
        assert all(each.value is None for each in made.values())
        return
    assert made[Method.SUM].value == Value(Decimal(sum(known)))
    assert made[Method.LAST].value == Value(Decimal(known[-1]))
    assert made[Method.DISTINCT].value == made[Method.SUM].value
    assert abs(Fraction(made[Method.AVERAGE].value.numerator) - Fraction(sum(known), len(known))) < Fraction(1, 10**20)


@given(st.lists(pairs, min_size=1, max_size=6))
def test_shares_add_their_parts_and_their_wholes(values):
    known = [value for value in values if value is not None]
    made = over_periods(Unit.SHARE, Method.SUM, values).value
    if not known:
        assert made is None
        return
    assert made.numerator == sum(value.numerator for value in known)
    assert made.denominator == sum(value.denominator for value in known)


def test_each_counted_once_is_what_the_records_say():
    values = [Value(Decimal(3)), Value(Decimal(4))]
    assert over_periods(Unit.COUNT, Method.DISTINCT, values, distinct=Decimal(5)).value == Value(Decimal(5))


def test_zero_is_measured_and_missing_is_not():
    assert over_periods(Unit.COUNT, Method.LAST, [Value(Decimal(0)), None]).value == Value(Decimal(0))
    assert over_periods(Unit.COUNT, Method.SUM, [None, None]).value is None


def test_the_value_of_the_plan_is_its_own_before_the_sum_of_its_alliances():
    reported = [Value(Decimal(2)), None, Value(Decimal(0))]
    made = over_alliances(Unit.COUNT, None, reported)
    assert (made.value, made.measured, made.of) == (Value(Decimal(2)), 2, 3)
    assert over_alliances(Unit.COUNT, Value(Decimal(9)), reported).value == Value(Decimal(9))
    assert over_alliances(Unit.YES_NO, None, [Value(yes=True)]).value is None
    assert over_alliances(Unit.COUNT, None, [None]).value is None


def test_divisions_add_up_only_where_all_have_them():
    first, second = {"sex": {"women": (3, 3), "men": (1, 1)}, "size": {}}, {"sex": {"women": (2, 2)}}
    assert added_divisions([first, second]) == {"sex": {"women": (5, 5), "men": (1, 1)}}
    assert added_divisions([]) == {}


@pytest.mark.parametrize(
    ("unit", "target", "value", "percent", "reached"),
    [
        (Unit.COUNT, "40", Value(Decimal(30)), 75, False),
        (Unit.COUNT, "40", Value(Decimal(0)), 0, False),
        (Unit.COUNT, "40", None, None, None),
        (Unit.COUNT, "", Value(Decimal(3)), None, None),
        (Unit.COUNT, "0", Value(Decimal(0)), None, True),
        (Unit.SHARE, "20%", Value(Decimal(1), Decimal(4)), 125, True),
        (Unit.YES_NO, "sì", Value(yes=True), None, True),
        (Unit.YES_NO, "sì", Value(yes=False), None, False),
        (Unit.TEXT, "Un documento", Value(text="Fatto"), None, None),
    ],
)
def test_a_value_stands_to_its_target(unit, target, value, percent, reached):
    found = against(unit, target, value)
    assert (found.percent, found.reached) == (percent, reached)


@pytest.mark.parametrize(
    ("unit", "value", "field"),
    [
        (Unit.COUNT, Value(), "numerator"),
        (Unit.COUNT, Value(Decimal("1.5")), "numerator"),
        (Unit.COUNT, Value(Decimal(-1)), "numerator"),
        (Unit.SHARE, Value(Decimal(1)), "denominator"),
        (Unit.SHARE, Value(Decimal(0), Decimal(0)), "denominator"),
        (Unit.SHARE, Value(Decimal(3), Decimal(2)), "numerator"),
        (Unit.YES_NO, Value(), "yes"),
        (Unit.TEXT, Value(text=" "), "text"),
    ],
)
def test_what_is_no_value_in_its_unit_is_refused_beside_its_field(unit, value, field):
    with pytest.raises(Refusal) as refused:
        check_entry(Entry(value), unit, ())
    assert refused.value.field == field


def test_zero_of_something_and_a_division_of_a_share_are_values():
    check_entry(Entry(Value(Decimal(0))), Unit.COUNT, ())
    check_entry(Entry(Value(Decimal(3), Decimal(5)), {"sex": {"women": (3, 4), "men": (0, 1)}}), Unit.SHARE, ("sex",))
    with pytest.raises(Refusal):
        check_entry(Entry(Value(Decimal(3), Decimal(5)), {"sex": {"women": (3, 4)}}), Unit.SHARE, ("sex",))


SINCE, UNTIL = date(2026, 1, 1), date(2029, 1, 1)
YEARS = [(date(2026, 1, 1), date(2027, 1, 1)), (date(2027, 1, 1), date(2028, 1, 1)), (date(2028, 1, 1), UNTIL)]


def foreseen(method, numbers, today, unit=Unit.COUNT):
    points = [
        Point(since, until, None if number is None else Value(Decimal(number)))
        for (since, until), number in zip(YEARS, numbers, strict=True)
    ]
    return forecast(unit, method, points, since=SINCE, until=UNTIL, today=today)


def test_a_sum_goes_on_at_the_pace_of_the_days_measured():
    assert foreseen(Method.SUM, (365, None, None), date(2027, 1, 1)).number == (UNTIL - SINCE).days
    assert foreseen(Method.SUM, (365, None, None), date(2028, 5, 1)).number == (UNTIL - SINCE).days
    half = date(2026, 7, 2)
    assert foreseen(Method.SUM, ((half - SINCE).days, None, None), half).number == (UNTIL - SINCE).days


def test_the_last_value_goes_on_along_a_straight_line_and_never_below_zero():
    found = foreseen(Method.LAST, (10, 20, None), date(2028, 1, 1))
    assert (found.basis, round(found.number)) == (Basis.LINE, 30)
    assert foreseen(Method.LAST, (20, 1, None), date(2028, 1, 1)).number == 0
    assert foreseen(Method.LAST, (10, None, None), date(2028, 1, 1)).basis is Basis.EARLY


def test_too_early_over_and_words_are_said_and_not_foreseen():
    assert foreseen(Method.SUM, (3, None, None), SINCE + timedelta(days=30)).basis is Basis.EARLY
    assert foreseen(Method.SUM, (3, 3, 3), UNTIL).basis is Basis.OVER
    assert foreseen(Method.DISTINCT, (3, 3, None), date(2028, 1, 1)).basis is Basis.DISTINCT
    assert foreseen(Method.LAST, (None, None, None), date(2028, 1, 1), Unit.TEXT).basis is Basis.WORDS
    assert foreseen(Method.SUM, (None, None, None), date(2028, 1, 1)).number is None


def test_what_a_period_is_to_measure_and_what_is_missing():
    computed = measuring.Watched(1, computed=True, by_alliance=True, alliances=(7, 8))
    plain = measuring.Watched(2, computed=False, by_alliance=False, alliances=())
    reported = measuring.Watched(3, computed=False, by_alliance=False, alliances=(7, 8))
    every = (computed, plain, reported)
    assert measuring.units(every) == ((1, None), (1, 7), (1, 8), (2, None), (3, 7), (3, 8))
    assert measuring.missing(every, [(1, None), (1, 7), (1, 8), (3, 8)]) == ((2, None), (3, 7))
    assert measuring.missing((reported,), [(3, None)]) == ()


@given(st.lists(counts, min_size=1, max_size=6), st.sampled_from(list(Method)))
def test_no_small_count_of_a_period_is_told_or_found_from_what_is(values, method):
    told = published(Unit.COUNT, method, values)
    for value, shown in zip(values, told.told, strict=True):
        assert not (shown and value is not None and 0 < value.numerator < LEAST)
    hidden = [value.numerator for value, shown in zip(values, told.told, strict=True) if not shown]
    if method is Method.SUM and told.total and hidden:
        assert len(hidden) > 1
        assert sum(hidden) >= LEAST
    if method in (Method.AVERAGE, Method.DISTINCT) and hidden:
        assert not told.total
    total = over_periods(Unit.COUNT, method, values).value
    if told.total and method in (Method.SUM, Method.LAST) and total is not None:
        assert not 0 < total.numerator < LEAST


@given(st.lists(pairs, min_size=1, max_size=6))
def test_of_shares_neither_part_nor_rest_is_found(values):
    told = published(Unit.SHARE, Method.SUM, values)
    shown = [value for value, may in zip(values, told.told, strict=True) if may and value is not None]
    hidden = [value for value, may in zip(values, told.told, strict=True) if not may]
    for value in shown:
        assert not any(0 < part < LEAST for part in (value.numerator, value.denominator - value.numerator))
    if told.total and hidden:
        for parts in ([v.numerator for v in hidden], [v.denominator - v.numerator for v in hidden]):
            assert len(hidden) > 1
            assert sum(parts) == 0 or sum(parts) >= LEAST


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30).map(lambda number: (number, number)), min_size=1))
def test_a_division_told_loses_nothing_and_tells_no_small_count(division):
    told, rest = told_counts(Unit.COUNT, division)
    assert all(not 0 < part < LEAST for part, _whole in told.values())
    assert sum(part for part, _whole in told.values()) + (rest[0] if rest else 0) == sum(
        p for p, _w in division.values()
    )
