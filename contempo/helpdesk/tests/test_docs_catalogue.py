"""What the documentation says of the catalogue is what the code does."""

import re
from pathlib import Path

import pytest

from contempo.core.workflow import Workflow
from contempo.helpdesk.rules.entries import CATALOGUE, REVISION
from contempo.helpdesk.rules.redaction import KIND_LABELS, Kind, Known, found
from contempo.helpdesk.rules.redaction.places import THRESHOLD

DOCS = Path(__file__).parents[3] / "docs"
WORKFLOW = (DOCS / "workflows" / "catalogue.md").read_text(encoding="utf-8")
REDACTION = (DOCS / "algorithms" / "redaction.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `(.+?)` \| (.+?) \| (.+?) \|$", REDACTION, re.MULTILINE)
KNOWN = Known(
    persons=("Sara Moretti",),
    organisations=("Panificio Aurora S.r.l.",),
    small_places=("Gorla Minore",),
    places=("Milano",),
)


def table_of_steps(workflow: Workflow) -> str:
    """Every step with the states it leaves and those it is open to, as the documentation shows it."""
    rows = [
        f"| {step.label} | {'; '.join(workflow.looks[source].label for source in step.sources)} "
        f"| {workflow.looks[step.target].label} | {'; '.join(sorted(step.who))} |"
        for step in workflow.transitions
    ]
    return "\n".join(["| Step | From | To | Who |", "|---|---|---|---|", *rows])


def test_the_diagrams_are_those_the_tables_of_steps_give():
    assert re.findall(r"```mermaid\n(.*?)\n```", WORKFLOW, re.DOTALL) == [CATALOGUE.mermaid(), REVISION.mermaid()]


@pytest.mark.parametrize("workflow", [CATALOGUE, REVISION])
def test_the_steps_are_listed_with_those_who_take_them(workflow):
    assert table_of_steps(workflow) in WORKFLOW


def test_every_kind_of_mark_has_an_example():
    assert {kind for _text, _marked, kind in EXAMPLES if kind != "nothing"} == set(KIND_LABELS.values())
    assert f"{THRESHOLD:,}" in REDACTION


@pytest.mark.parametrize(("text", "marked", "kind"), EXAMPLES)
def test_each_example_of_the_marks_is_right(text, marked, kind):
    told = [(mark.text, KIND_LABELS[Kind(mark.kind)]) for mark in found(text, KNOWN)]
    assert told == ([] if kind == "nothing" else [(marked, kind)])
