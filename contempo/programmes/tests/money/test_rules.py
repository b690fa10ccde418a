"""The rules of the money, without a database: nothing is lost, nothing is invented."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.programmes.rules.cofinancing import OfSource, cofinancing
from contempo.programmes.rules.cup import cup_problem, cup_written
from contempo.programmes.rules.matrix import Amount, matrix
from contempo.programmes.rules.plan.measures import Unit
from contempo.programmes.rules.plan.tree import SourceKind
from contempo.programmes.rules.reports import Sums, by_half, half_of, months_of, total
from contempo.programmes.rules.revisions import Change, Held, balance, revised, short, sound
from contempo.programmes.rules.revisions import given as given_by
from contempo.programmes.rules.reward import Attained, part_reached, quota
from contempo.programmes.rules.unspent import outlook
from contempo.programmes.rules.values import Value

CELLS = st.tuples(st.integers(1, 4), st.integers(1, 3), st.none() | st.integers(1, 3))
CENTS = st.integers(-(10**9), 10**9)
CHANGES = st.dictionaries(CELLS, CENTS.filter(bool), max_size=12).map(
    lambda found: [Change(*cell, cents) for cell, cents in found.items()]
)


# Project codes


@pytest.mark.parametrize("code", ["C11G06000000001", "g17h03000130001", "J11 B17 000 000 001", ""])
def test_a_project_code_of_the_right_shape_has_no_problem(code: str) -> None:
    assert cup_problem(code) is None


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("C11G0600000000", "15 characters"),
        ("C11G060000000012", "15 characters"),
        ("111G06000000001", "eleven digits"),
        ("C1AG06000000001", "eleven digits"),
        ("C11G0600000000O", "eleven digits"),
        ("PROV0000012345", "provisional"),
    ],
)
def test_what_is_wrong_with_a_project_code_is_told(code: str, problem: str) -> None:
    assert problem in (cup_problem(code) or "")


def test_a_project_code_is_kept_without_spaces_in_capitals() -> None:
    assert cup_written(" c11 g06 00000 000 1 ") == "C11G06000000001"


# Matrix


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4), st.builds(Amount, CENTS, CENTS, CENTS)), max_size=40))
def test_every_sum_of_the_matrix_is_that_of_its_cells(held: list[tuple[int, int, Amount]]) -> None:
    made = matrix(range(6), range(5), held, at=lambda each: each[:2], money=lambda each: each[2])
    whole = sum((amount for _row, _column, amount in held), Amount())
    assert made.total == whole
    assert sum((made.row_total(row) for row in made.rows), Amount()) == whole
    assert sum((made.column_total(column) for column in made.columns), Amount()) == whole


# Revisions


@given(CHANGES)
def test_a_revision_that_balances_neither_makes_nor_loses_a_cent(changes: list[Change]) -> None:
    held = {(1, 1, None): Held(10**12), (2, 2, 1): Held(10**11)}
    after = revised(held, changes)
    difference = sum(cell.cents for cell in after.values()) - sum(cell.cents for cell in held.values())
    assert difference == sum(change.cents for change in changes) == sum(balance(changes).values())
    if sound(changes, act=""):
        assert difference == 0


@given(CHANGES, st.dictionaries(CELLS, st.builds(Held, st.integers(0, 10**9), st.integers(0, 10**9)), max_size=8))
def test_what_is_not_short_stays_at_or_above_what_was_accepted(changes: list[Change], held: dict) -> None:
    held = {cell: Held(max(each.cents, each.accepted), each.accepted) for cell, each in held.items()}
    after = revised(held, changes)
    below = [cell for cell in after if after[cell].cents < after[cell].accepted or after[cell].cents < 0]
    assert (short(changes, held) is None) == (not below)


@given(CHANGES)
def test_what_lines_give_is_at_least_what_they_lose(changes: list[Change]) -> None:
    given_away = given_by(changes)
    for line in {change.line for change in changes}:
        lost = -sum(change.cents for change in changes if change.line == line)
        assert given_away.get(line, 0) >= max(0, lost)


@pytest.mark.parametrize(
    ("changes", "act", "problem"),
    [
        ([], "", "at least one"),
        ([Change(1, 1, None, 5), Change(1, 1, None, -5)], "", "two changes"),
        ([Change(1, 1, None, 5), Change(1, 2, None, -5)], "", "add up to zero"),
        ([Change(1, 1, None, 0)], "", "nothing"),
    ],
)
def test_what_is_wrong_with_a_revision_is_told(changes: list[Change], act: str, problem: str) -> None:
    assert problem in sound(changes, act=act).reason


# Co-financing


def test_cofinancing_is_told_with_what_it_is_made_of() -> None:
    found = cofinancing(
        [
            OfSource(SourceKind.FUND, 75_000, 30_000),
            OfSource(SourceKind.OWN_RESOURCES, 15_000, 5_000),
            OfSource(SourceKind.IN_KIND, 5_000, 5_000),
            OfSource(SourceKind.COFINANCING, 5_000),
        ]
    )
    assert (found.promised.numerator, found.promised.denominator) == (25_000, 100_000)
    assert (found.reached.numerator, found.reached.denominator) == (10_000, 40_000)
    assert found.kept is True


def test_cofinancing_of_nothing_is_not_zero() -> None:
    found = cofinancing([OfSource(SourceKind.FUND, 100), OfSource(SourceKind.IN_KIND, 50)])
    assert found.reached is None
    assert found.kept is None
    assert cofinancing([]).promised is None


# Forecast


SINCE, UNTIL = date(2025, 1, 1), date(2026, 1, 1)


def forecast(today: date, *, accepted: int = 0, waiting: int = 0, allocated: int = 10_000):
    return outlook(allocated=allocated, accepted=accepted, waiting=waiting, since=SINCE, until=UNTIL, today=today)


def test_a_forecast_begins_with_the_second_quarter() -> None:
    begins = SINCE + timedelta(days=92)
    assert forecast(begins - timedelta(days=1), accepted=100).unspent is None
    assert forecast(begins, accepted=100).unspent == 10_000 - 100 * 365 // 92


def test_after_the_end_nothing_is_forecast_but_counted() -> None:
    assert forecast(UNTIL, accepted=100, waiting=50).unspent == 9_850


@given(
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.dates(SINCE - timedelta(days=400), UNTIL + timedelta(days=400)),
)
def test_what_is_expected_and_what_remains_are_what_is_allocated(
    allocated: int, accepted: int, waiting: int, today: date
) -> None:
    found = forecast(today, accepted=accepted, waiting=waiting, allocated=allocated)
    if found.unspent is not None:
        assert found.expected + found.unspent == allocated
        assert 0 <= found.unspent <= allocated
        assert found.expected >= min(accepted + waiting, allocated)


# Reward


PARTS = st.lists(
    st.builds(Attained, st.text(max_size=3), st.integers(1, 100), st.none() | st.fractions(0, 3)), max_size=8
)


@given(st.integers(0, 10**11), PARTS, st.dictionaries(st.text(max_size=4), st.integers(0, 10**10), max_size=6))
def test_the_reward_is_never_more_than_promised_and_its_parts_are_the_whole(
    amount: int, attained: list[Attained], funds: dict[str, int]
) -> None:
    made = quota(amount=amount, threshold=Decimal(0), attained=attained, funds=funds)
    assert 0 <= made.earned <= amount
    if any(funds.values()):
        assert sum(made.split.values()) == made.earned
    else:
        assert made.split == {}


def test_nothing_is_due_below_the_threshold_and_something_at_it() -> None:
    half = [Attained("a", 1, Fraction(1, 2))]
    assert quota(amount=1000, threshold=Decimal("50.01"), attained=half).earned == 0
    assert quota(amount=1000, threshold=Decimal(50), attained=half).earned == 500


@pytest.mark.parametrize(
    ("unit", "target", "value", "part"),
    [
        (Unit.COUNT, "12", Value(Decimal(3)), Fraction(1, 4)),
        (Unit.COUNT, "12", Value(Decimal(0)), Fraction(0)),
        (Unit.COUNT, "12", None, None),
        (Unit.COUNT, "", Value(Decimal(3)), None),
        (Unit.COUNT, "0", Value(Decimal(0)), Fraction(1)),
        (Unit.SHARE, "90%", Value(Decimal(45), Decimal(60)), Fraction(5, 6)),
        (Unit.YES_NO, "sì", Value(yes=True), Fraction(1)),
        (Unit.YES_NO, "sì", Value(yes=False), Fraction(0)),
        (Unit.TEXT, "una rete", Value(text="una rete"), None),
    ],
)
def test_the_part_of_a_target_is_exact_and_missing_is_missing(
    unit: Unit, target: str, value: Value | None, part: Fraction | None
) -> None:
    assert part_reached(unit, target, value) == part


# Reports


def test_half_years_are_their_months() -> None:
    assert months_of("2026-s2") == tuple(f"2026-{month:02}" for month in range(7, 13))
    assert months_of("2026-03") == ("2026-03",)
    assert all(half_of(month) == "2026-s1" for month in months_of("2026-s1"))
    for wrong in ("2026", "2026-13", "2026-s3", "marzo"):
        with pytest.raises(ValueError, match="month"):
            months_of(wrong)


@given(st.dictionaries(st.sampled_from(months_of("2025-s1") + months_of("2025-s2")), st.builds(Sums, *[CENTS] * 6)))
def test_half_years_lose_nothing_of_their_months(months: dict[str, Sums]) -> None:
    assert total(by_half(months).values()) == total(months.values())
