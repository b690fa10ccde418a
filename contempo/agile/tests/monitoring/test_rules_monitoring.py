"""Periods, figures and what is told of them, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.agile.rules.monitoring import (
    COMMUTING,
    TOGETHER,
    Figure,
    hidden_figures,
    hidden_total,
    made,
    period_called,
    periods_with,
    refused,
)


@pytest.mark.parametrize(
    ("key", "since", "until"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("2026-T4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
    ],
)
def test_an_address_names_a_year_a_quarter_or_a_month(key, since, until):
    period = period_called(key)
    assert (period.since, period.until, period.key) == (since, until, key)


@pytest.mark.parametrize("key", ["", "2026-13", "2026-T5", "2026-1", "26", "2026-10-01", "٢٠٢٦"])
def test_anything_else_names_no_period(key):
    assert period_called(key) is None


def test_before_a_quarter_is_the_quarter_before():
    assert period_called("2026-T1").before.key == "2025-T4"
    assert period_called("2026").before.key == "2025"


def test_the_periods_offered_are_those_with_months_newest_first():
    assert [each.key for each in periods_with([date(2026, 10, 1), date(2026, 12, 1), date(2025, 12, 1)])] == [
        "2026",
        "2026-T4",
        "2026-12",
        "2026-10",
        "2025",
        "2025-T4",
        "2025-12",
    ]


def test_a_day_given_back_is_not_planned():
    assert made(Figure.PLANNED, {"plan": 12, "return": 5}) == 7


def test_a_day_drawn_after_the_clearing_does_not_make_up_for_one_that_was_refused():
    sums = {"asked": 10, "award": 9, "drawn": 3}
    assert (refused(sums).numerator, refused(sums).denominator) == (4, 10)


def test_nothing_asked_has_no_share_of_refused():
    assert refused({}).percent is None


def row(eligible, agreements, active, planned=100, used=80, **more):
    return {"accounts": eligible, "agreements": agreements, "active": active, "plan": planned, "use": used, **more}


def test_large_counts_are_told():
    hidden = hidden_figures({"a": row(50, 30, 20), "b": row(40, 20, 10)})
    assert not hidden["a"] & {*TOGETHER}


def test_a_small_count_is_hidden_with_all_of_its_row_and_with_another_row():
    hidden = hidden_figures({"a": row(50, 30, 20), "b": row(40, 20, 3), "c": row(30, 20, 10)})
    assert {*TOGETHER} <= hidden["b"]
    assert sum({*TOGETHER} <= hidden[key] for key in "abc") >= 2


def test_one_who_has_no_agreement_is_hidden_too():
    assert {*TOGETHER} <= hidden_figures({"a": row(31, 30, 20), "b": row(40, 20, 10), "c": row(60, 20, 10)})["a"]


def test_of_a_total_only_what_would_tell_of_a_few_is_hidden():
    assert hidden_total(row(33, 30, 20)) == {Figure.ELIGIBLE}
    assert hidden_total(row(50, 22, 20)) == {Figure.AGREEMENTS}
    assert hidden_total(row(50, 30, 3)) == {Figure.ACTIVE, Figure.PLANNED, Figure.USED}


def test_what_is_hidden_in_all_is_hidden_in_every_row():
    hidden = hidden_figures({"a": row(31, 30, 20), "b": row(32, 30, 20)})
    assert all(Figure.ELIGIBLE in hidden[key] and Figure.USED not in hidden[key] for key in "ab")


def test_the_way_to_work_is_never_told_by_row():
    hidden = hidden_figures({"a": row(50, 30, 20, declared=5000), "b": row(50, 30, 20, declared=5000)})
    assert all({*COMMUTING} <= hidden[key] for key in "ab")


def test_the_way_to_work_is_told_in_all_only_of_more_days_than_four_people_can_work():
    assert {*COMMUTING} <= hidden_total(row(50, 30, 20, declared=124))
    assert not {*COMMUTING} & hidden_total(row(50, 30, 20, declared=125))


counts = st.integers(0, 40)
rows = st.dictionaries(
    st.sampled_from("abcdef"),
    st.builds(
        lambda active, rest, others, used, donated, asked: {
            "active": active,
            "agreements": active + rest,
            "accounts": active + rest + others,
            "use": used,
            "plan": used + rest,
            "donate": donated,
            "asked": asked,
            "award": asked // 2,
        },
        *[counts] * 6,
    ),
    min_size=1,
)


@given(rows)
def test_what_is_told_never_lets_a_small_count_be_found_from_the_total(table):
    hidden = hidden_figures(table)
    for figure in (Figure.ACTIVE, Figure.PLANNED, Figure.USED, Figure.DONATED, Figure.AWARDED, Figure.REFUSED):
        told = {key: made(figure, sums) for key, sums in table.items() if figure not in hidden[key]}
        assert not any(0 < count < 5 for count in told.values())
        rest = sum(made(figure, sums) for sums in table.values()) - sum(told.values())
        if figure not in hidden[""]:
            assert not rest or len(table) - len(told) > 1
            assert rest == 0 or rest >= 5
