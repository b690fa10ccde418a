"""Intervals, effective sizes, quantiles and weights agree with published and hand-made examples."""

from math import inf, isclose

import pytest

from contempo.questionnaires.rules.statistics import (
    difference_of_means,
    difference_of_shares,
    edges,
    effective,
    error_of_mean,
    mean_interval,
    quantile,
    share_interval,
)
from contempo.questionnaires.rules.weights import weights


def test_wilson_of_newcombe_1998() -> None:
    """Newcombe (Statistics in Medicine 17, 857-872), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    told = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)]
    for successes, of, low, high in told:
        found = share_interval(successes / of, of)
        assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_difference_of_newcombe_1998() -> None:
    """Newcombe (Statistics in Medicine 17, 873-890), table II, method 10: 56/70 - 48/80 and 9/10 - 3/10."""
    for one, of, two, of_two, low, high in ((56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090)):
        found = difference_of_shares(one / of, of, two / of_two, of_two)
        assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("freedom", "t"), [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042), (1000, 1.962)]
)
def test_a_mean_has_the_t_of_the_tables(freedom: int, t: float) -> None:
    found = mean_interval(0.0, 1.0, 1.0, freedom + 1)
    assert found is not None
    assert isclose(found.high, t, abs_tol=0.0006)


def test_everybody_answered_leaves_no_error() -> None:
    size = effective(50, 50, 50, 50)
    assert size == inf
    assert share_interval(0.3, size).low == share_interval(0.3, size).high == 0.3


def test_a_finite_population_makes_intervals_narrower() -> None:
    assert effective(100, 100, 100, None) == 100
    assert effective(100, 100, 100, 199) == pytest.approx(200)
    assert effective(100, 100, 100, 80) == 100
    assert effective(4, 6, 12, None) == pytest.approx(3)


def test_welch_by_hand() -> None:
    one, two = error_of_mean(2.0, 16, 16), error_of_mean(3.0, 9, 9)
    assert one is not None
    assert two is not None
    found = difference_of_means(10, one, 8, two)
    # variance 0.25 + 1; degrees of freedom 1.25² / (0.25²/15 + 1²/8) = 12.097; t = 2.1767
    assert found.high - 2 == pytest.approx(2.1767 * 1.25**0.5, abs=0.001)


def test_quantiles_are_ordinary_medians_without_weights() -> None:
    assert quantile([(1, 1), (2, 1), (3, 1), (10, 1)], 0.5) == 2.5
    assert quantile([(3, 1), (1, 1), (2, 1)], 0.5) == 2
    assert quantile([(1, 3), (2, 1)], 0.5) == 1
    assert quantile([(1, 1), (2, 0.5), (4, 1.5)], 0.5) == 3
    assert quantile([], 0.5) is None


@pytest.mark.parametrize(
    ("least", "most", "count"), [(0, 1, 2), (-3.2, 47, 300), (5, 5, 9), (0.01, 0.019, 50), (0, 1e6, 10**6)]
)
def test_bars_are_round_and_hold_everything(least: float, most: float, count: int) -> None:
    found = edges(least, most, count)
    assert found[0] <= least
    assert most < found[-1]
    assert 1 <= len(found) - 1 <= 24


def test_weights_are_units_over_responses() -> None:
    found = weights({"a": 100, "b": 50, "c": 7}, {"a": 10, "b": 25, "": 3, "z": 1})
    assert found.by == {"a": 10, "b": 2}
    assert (found.empty, found.lost, found.outside) == (("c",), 7, 4)
