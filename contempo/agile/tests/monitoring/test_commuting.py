"""What a day at home spares: kilometres and CO₂, by declared distance and means and dated factors."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from contempo.agile.rules.commuting import (
    MEANS_LABELS,
    Avoided,
    Means,
    avoided,
    factor_on,
    factors_of,
    published_factors,
)

DAY = date(2026, 10, 5)
DOC = (Path(__file__).parents[4] / "docs" / "algorithms" / "commuting-co2.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\w+) \| ([\d.]+) \| (\w+) \| ([\d.]+) km \| (\d+) g \|$", DOC, re.MULTILINE)


def spared(km="10.0", means="car", place="home", day=DAY):
    return avoided(place=place, means=means, km=None if km is None else Decimal(km), day=day)


def document(*factors, **source):
    return {
        "source": {"one": {"title": "Una fonte", "author": "", "year": 2025, "url": "", **source}},
        "factor": [{"source": "one", "row": "", "since": date(2026, 1, 1), "means": "car"} | each for each in factors],
    }


def test_every_means_has_a_factor_that_holds_today():
    assert all(factor_on(means, DAY, published_factors()) for means in Means)
    assert set(MEANS_LABELS) == set(Means)


def test_every_factor_says_where_it_comes_from():
    for factor in published_factors():
        assert factor.title
        assert factor.row
        assert factor.url.startswith("https://") or not factor.grams_per_km


def test_a_day_spares_the_way_there_and_back():
    assert spared("10.0") == Avoided(20_000, 3_345)


def test_who_walks_or_cycles_spares_kilometres_and_no_co2():
    assert spared("2.5", "on_foot") == Avoided(5_000, 0)
    assert spared("2.5", "bicycle") == Avoided(5_000, 0)


def test_a_shared_car_counts_half_of_one_alone():
    alone, shared = (factor_on(each, DAY, published_factors()).grams_per_km for each in (Means.CAR, Means.CARPOOL))
    assert shared == alone / 2


@pytest.mark.parametrize("given", [{"km": None}, {"means": ""}, {"place": "seat"}, {"place": "other"}])
def test_what_was_not_declared_or_not_worked_at_home_is_not_known(given):
    assert spared(**given) is None


def test_no_distance_is_a_distance_of_zero():
    assert spared("0.0") == Avoided(0, 0)


def test_half_a_gram_is_rounded_up():
    factors = factors_of(document({"grams_per_km": "0.25"}))
    assert avoided(place="home", means="car", km=Decimal(1), day=DAY, factors=factors) == Avoided(2_000, 1)


def test_a_new_edition_holds_from_its_first_day_and_leaves_the_days_before():
    factors = factors_of(
        document(
            {"grams_per_km": "100", "until": date(2026, 10, 5)}, {"grams_per_km": "50", "since": date(2026, 10, 5)}
        )
    )
    days = [date(2026, 10, 4), date(2026, 10, 5)]
    found = [avoided(place="home", means="car", km=Decimal(1), day=day, factors=factors) for day in days]
    assert [each.grams for each in found] == [200, 100]


def test_before_any_factor_nothing_is_known():
    factors = factors_of(document({"grams_per_km": "100"}))
    assert avoided(place="home", means="car", km=Decimal(1), day=date(2025, 12, 31), factors=factors) is None


@pytest.mark.parametrize(
    "wrong", [{"grams_per_km": "-1"}, {"grams_per_km": "NaN"}, {"grams_per_km": "1", "means": "x"}]
)
def test_a_factor_that_is_none_is_refused(wrong):
    with pytest.raises(ValueError):
        factors_of(document(wrong))


def test_two_factors_of_one_means_never_hold_together():
    with pytest.raises(ValueError, match="two factors"):
        factors_of(document({"grams_per_km": "1"}, {"grams_per_km": "2", "since": date(2026, 6, 1)}))


def test_the_documentation_has_an_example_for_every_means():
    assert {row[0] for row in ROWS} == set(Means)


@pytest.mark.parametrize(("means", "grams", "one_way", "km", "co2"), ROWS)
def test_each_example_of_the_documentation_is_right(means, grams, one_way, km, co2):
    assert factor_on(means, DAY, published_factors()).grams_per_km == Decimal(grams)
    assert spared(one_way.replace("_", "."), means) == Avoided(int(Decimal(km) * 1000), int(co2))
