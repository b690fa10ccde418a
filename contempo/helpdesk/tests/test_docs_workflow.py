"""What the documentation says of the states of a question is what the code does."""

import re
from pathlib import Path

from contempo.helpdesk.rules.questions import DESK

WORKFLOW = (Path(__file__).parents[3] / "docs" / "workflows" / "desk.md").read_text(encoding="utf-8")


def table_of_steps() -> str:
    """Every step with the states it leaves and those it is open to, as the documentation shows it."""
    rows = [
        f"| {step.label} | {'; '.join(DESK.looks[source].label for source in step.sources)} "
        f"| {DESK.looks[step.target].label} | {'; '.join(sorted(step.who))} |"
        for step in DESK.transitions
    ]
    return "\n".join(["| Step | From | To | Who |", "|---|---|---|---|", *rows])


def test_the_diagram_is_the_one_the_table_of_steps_gives() -> None:
    assert re.search(r"```mermaid\n(.*?)\n```", WORKFLOW, re.DOTALL)[1] == DESK.mermaid()


def test_the_steps_are_listed_with_those_who_take_them() -> None:
    assert table_of_steps() in WORKFLOW
