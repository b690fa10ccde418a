"""The description of the format says what the format is."""

import re
from pathlib import Path

import pytest

from contempo.programmes.rules.plan.reading import read_plan
from contempo.programmes.rules.plan.schema import schema
from contempo.programmes.rules.plan.tables import TABLES
from contempo.programmes.rules.plan.tree import Plan

DOCS = Path(__file__).parents[4] / "docs"
PAGES = ("plan-format.md", "plan-format.en.md")


def test_the_schema_is_the_one_of_the_tree() -> None:
    written = (DOCS / "plan.schema.json").read_text(encoding="utf-8")
    assert written == f"{schema()}\n", "python -m contempo.programmes.rules.plan.schema > docs/plan.schema.json"


def test_the_example_can_be_read_and_has_every_section() -> None:
    page = (DOCS / "plan-format.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, flags=re.DOTALL)
    plan = read_plan(example, filename="esempio.yaml", kinds=frozenset({"municipality", "social_cooperative"}))
    left_out = {name for name in Plan.model_fields if name not in plan.model_fields_set}
    assert left_out == {"summary", "context"}
    assert plan.budget.cells[0].amount == 6_000_000


@pytest.mark.parametrize("page", PAGES)
def test_every_field_is_described(page: str) -> None:
    said = set(re.findall(r"`([a-z_]+)`", (DOCS / page).read_text(encoding="utf-8")))
    fields = {step for table in TABLES for column in table.columns for step in column.name.split(".")}
    sections = {step for table in TABLES for step in table.path}
    assert not (fields | sections) - said - {"format"}
