"""Money: read as Italians and machines write it, shown without a cent more or less, divided without losing one."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.core.money import (
    MOST_CENTS,
    Percentage,
    cents_written,
    decimals_of,
    euro,
    in_euro,
    in_italian,
    number_written,
    rounding_between,
    shared_out,
)

CENTS = st.integers(-MOST_CENTS, MOST_CENTS)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1.234,56", 123_456),
        ("1234,56", 123_456),
        ("1234.56", 123_456),
        ("1,234.56", 123_456),
        ("1.234", 123_400),
        ("1.234.567", 123_456_700),
        ("€ 1.234,5", 123_450),
        ("1 234,56 €", 123_456),
        ("1’234,56", 123_456),
        ("1.234,56 euro", 123_456),
        ("EUR 12", 1_200),
        ("+12", 1_200),
        ("−0,01", -1),
        ("-1.234,56", -123_456),
        ("0", 0),
        ("12,00", 1_200),
        ("12,000", 1_200),
    ],
)
def test_amounts_are_read_as_italians_and_as_machines_write_them(text: str, cents: int) -> None:
    assert cents_written(text) == cents


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "not a number"),
        ("dodici", "not a number"),
        ("1.23.4", "not a number"),
        ("1,2,3", "not a number"),
        ("12.34,5.6", "not a number"),
        ("--1", "not a number"),
        ("1e3", "not a number"),
        ("NaN", "not a number"),
        ("1,234", "two decimals"),
        ("0,001", "two decimals"),
        ("100000000000000", "too large"),
    ],
)
def test_what_is_no_amount_gets_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        cents_written(text)


@given(CENTS)
def test_an_amount_shown_is_read_back_to_the_cent(cents: int) -> None:
    assert cents_written(in_euro(cents)) == cents
    assert cents_written(in_italian(euro(cents))) == cents
    assert cents_written(f"{euro(cents)}") == cents


@given(CENTS)
def test_machines_thousands_are_read_back_too(cents: int) -> None:
    assert cents_written(f"{euro(cents):,}") == cents


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_a_number_keeps_the_decimals_it_is_written_with(number: Decimal) -> None:
    text = in_italian(number)
    read = number_written(text)
    assert (read, decimals_of(read)) == (number, 3)


@given(CENTS, st.dictionaries(st.text(max_size=5), st.integers(0, 10**12), min_size=1, max_size=20))
def test_nothing_is_lost_when_money_is_shared_out(cents: int, weights: dict[str, int]) -> None:
    if not any(weights.values()):
        with pytest.raises(ValueError, match="nothing"):
            shared_out(cents, weights)
        return
    shares = shared_out(cents, weights)
    assert sum(shares.values()) == cents
    whole = sum(weights.values())
    for key, weight in weights.items():
        assert abs(shares[key] * whole - cents * weight) < whole


@given(CENTS, st.lists(st.integers(0, 10**6), min_size=1, max_size=10).filter(any))
def test_sharing_out_does_not_depend_on_the_order_of_the_weights(cents: int, weights: list[int]) -> None:
    keyed = {f"{place:02}": weight for place, weight in enumerate(weights)}
    backwards = dict(reversed(keyed.items()))
    assert shared_out(cents, keyed) == shared_out(cents, backwards)


def test_weights_below_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        shared_out(100, {"a": 2, "b": -1})


@given(st.integers(0, 10**13), st.integers(1, 10**13))
def test_a_percentage_keeps_what_it_is_made_of(part: int, whole: int) -> None:
    share = Percentage(Decimal(part), Decimal(whole))
    assert (share.numerator, share.denominator) == (part, whole)
    assert abs(share.rounded() * whole - part * 100) <= Decimal("0.005") * whole + Decimal(whole) * Decimal("1E-10")


def test_a_share_of_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="nothing"):
        Percentage(Decimal(1), Decimal(0))


def test_half_is_rounded_up_as_it_is_printed() -> None:
    assert Percentage(Decimal(25_885), Decimal(100_000)).rounded() == Decimal("25.89")


@pytest.mark.parametrize(
    ("computed", "written", "way"),
    [
        ("25.889", "25.89", ROUND_HALF_UP),
        ("25.885", "25.88", ROUND_HALF_EVEN),
        ("25.889", "25.88", ROUND_DOWN),
        ("25.881", "25.89", ROUND_UP),
        ("25.881", "25.90", None),
    ],
)
def test_the_rounding_between_two_figures_is_named(computed: str, written: str, way: str | None) -> None:
    assert rounding_between(Decimal(computed), Decimal(written)) == way
