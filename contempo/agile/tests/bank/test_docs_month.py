"""What the documentation says of months is what the code does."""

import re
from pathlib import Path

from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.months import MONTH
from contempo.agile.rules.windows import INSTANTS

WORKFLOW = (Path(__file__).parents[4] / "docs" / "workflows" / "month.md").read_text(encoding="utf-8")


def test_the_diagram_is_the_one_the_table_of_steps_gives() -> None:
    assert re.search(r"```mermaid\n(.*?)\n```", WORKFLOW, re.DOTALL)[1] == MONTH.mermaid()


def test_the_steps_are_listed_with_those_who_take_them() -> None:
    rows = [
        f"| {step.label} | {'; '.join(MONTH.looks[source].label for source in step.sources)} "
        f"| {MONTH.looks[step.target].label} | {'; '.join(sorted(step.who))} |"
        for step in MONTH.transitions
    ]
    assert "\n".join(["| Step | From | To | Who |", "|---|---|---|---|", *rows]) in WORKFLOW


def test_every_instant_and_every_kind_of_entry_is_told() -> None:
    assert all(f"`{name}`" in WORKFLOW for name in INSTANTS)
    table = WORKFLOW[WORKFLOW.index("## The days") :]
    assert all(re.search(rf"^\| .*\b{kind}\b", table, re.MULTILINE) for kind in EntryKind)
