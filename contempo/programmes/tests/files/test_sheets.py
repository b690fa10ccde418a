"""A plan as a workbook is the same plan, and everything wrong in a workbook is told with its cell."""

import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from contempo.programmes.queries.files import problem_rows, read_file
from contempo.programmes.queries.workbooks import plan_workbook, read_workbook
from contempo.programmes.rules.plan.labels import FIELDS, SECTIONS
from contempo.programmes.rules.plan.problems import WrongFile
from contempo.programmes.rules.plan.sheets import text_of
from contempo.programmes.rules.plan.tables import TABLES
from contempo.programmes.rules.plan.tree import Plan
from contempo.programmes.tests.random_plans import plans

PLAN = Plan(
    key="piano",
    title="=SOMMA(A1:A9)",
    starts_on="2014-01-01",
    ends_on="2016-12-31",
    organisations=[{"key": "a", "name": "A", "kind": "company"}],
    alliances=[{"key": "uno", "name": "Uno", "lead": "a"}],
    budget={
        "sources": [{"key": "s", "name": "S", "kind": "fund"}],
        "lines": [{"key": "l", "title": "L"}],
        "cells": [{"line": "l", "source": "s", "amount": "1.234,56"}],
    },
)


@settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
@given(plans())
def test_what_is_written_is_read_as_the_same_plan(plan: Plan) -> None:
    assert read_workbook(plan_workbook(plan), filename="piano.xlsx") == plan


def test_text_that_begins_like_a_formula_stays_text_and_amounts_are_numbers() -> None:
    book = load_workbook(io.BytesIO(plan_workbook(PLAN)))
    assert (book["plan"]["C3"].value, book["plan"]["C3"].data_type) == ("=SOMMA(A1:A9)", "s")
    assert [cell.value for cell in book["budget.cells"][3]] == ["l", "s", None, 1234.56]


def test_every_table_and_column_has_a_label() -> None:
    assert {table.name for table in TABLES} <= SECTIONS.keys()
    assert {column.name.split(".")[-1] for table in TABLES for column in table.columns} <= FIELDS.keys()


def changed(*cells: tuple[str, str, Any], also: str = "") -> bytes:
    """The workbook of the plan with some cells changed, and perhaps a sheet more."""
    book = load_workbook(io.BytesIO(plan_workbook(PLAN)))
    for sheet, cell, value in cells:
        book[sheet][cell] = value
    if also:
        book.create_sheet(also)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_all_that_is_wrong_is_told_with_its_cell() -> None:
    data = changed(
        ("plan", "E3", "domani"),
        ("organisations", "C3", "firm"),
        ("alliances", "D3", "nessuno"),
        ("alliances.partners", "A3", "due"),
        ("alliances.partners", "B3", "a"),
        ("budget.cells", "D3", "=1+1"),
        ("budget.lines", "D2", "colour"),
        also="Foglio1",
    )
    with pytest.raises(WrongFile) as wrong:
        read_file(data, filename="piano.xlsx")
    assert {row.place for row in problem_rows(wrong.value.problems)} == {
        "Foglio1 A1",
        "plan E3",
        "organisations C3",
        "alliances D3",
        "alliances.partners A3",
        "budget.lines D2",
        "budget.cells D3",
    }


def test_numbers_days_and_shares_of_a_spreadsheet_are_read_as_they_are_shown() -> None:
    plan = read_workbook(changed(("budget.cells", "D3", 0.1), ("plan", "J3", 12.5)), filename="piano.xlsx")
    assert plan.budget.cells[0].amount == 10
    assert str(plan.budget.shift_limit) == "12.5"


def test_three_decimals_are_never_taken_for_thousands() -> None:
    assert text_of(1.234) == "1.2340"
    with pytest.raises(WrongFile):
        read_workbook(changed(("budget.cells", "D3", 1.234)), filename="piano.xlsx")


def test_an_empty_workbook_says_what_a_plan_begins_with() -> None:
    out = io.BytesIO()
    Workbook().save(out)
    with pytest.raises(WrongFile) as wrong:
        read_workbook(out.getvalue(), filename="vuoto.xlsx")
    assert {"plan", "Sheet"} <= {problem.sheet for problem in wrong.value.problems}


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_what_is_no_workbook_is_said_to_be_none(rest: bytes) -> None:
    with pytest.raises(WrongFile) as wrong:
        read_file(b"PK\x03\x04" + rest, filename="piano.xlsx")
    assert wrong.value.problems
