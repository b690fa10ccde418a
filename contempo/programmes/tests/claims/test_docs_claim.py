"""What the documentation says of claims is what the code does."""

import re
from pathlib import Path

import pytest

from contempo.programmes.rules.claims import CLAIM
from contempo.programmes.rules.invoices import number_pieces

WORKFLOW = (Path(__file__).parents[4] / "docs" / "workflows" / "claim.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| (.+?) \| (20\d\d) \| (.+?) \|$", WORKFLOW, re.MULTILINE)


def table_of_steps() -> str:
    """Every step with the states it leaves and those it is open to, as the documentation shows it."""
    rows = [
        f"| {step.label} | {'; '.join(CLAIM.looks[source].label for source in step.sources)} "
        f"| {CLAIM.looks[step.target].label} | {'; '.join(sorted(step.who))} |"
        for step in CLAIM.transitions
    ]
    return "\n".join(["| Step | From | To | Who |", "|---|---|---|---|", *rows])


def test_the_diagram_is_the_one_the_table_of_steps_gives() -> None:
    assert re.search(r"```mermaid\n(.*?)\n```", WORKFLOW, re.DOTALL)[1] == CLAIM.mermaid()


def test_the_steps_are_listed_with_those_who_take_them() -> None:
    assert table_of_steps() in WORKFLOW


@pytest.mark.parametrize(("typed", "year", "pieces"), EXAMPLES)
def test_each_example_of_a_number_is_read_as_it_says(typed: str, year: str, pieces: str) -> None:
    assert " ".join(number_pieces(typed, int(year))) == pieces


def test_there_are_examples_of_numbers() -> None:
    assert len(EXAMPLES) == 9
