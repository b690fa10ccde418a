"""A plan as a workbook is the same plan."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook

from contempo.programmes.queries.workbooks import plan_workbook, read_workbook
from contempo.programmes.rules.plan.problems import WrongFile
from contempo.programmes.rules.plan.tree import Plan, PlannedAction
from contempo.programmes.tests.random_plans import plans


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(plans())
def test_what_is_written_is_read_as_the_same_plan(plan: Plan) -> None:
    assert read_workbook(plan_workbook(plan), filename="piano.xlsx") == plan
