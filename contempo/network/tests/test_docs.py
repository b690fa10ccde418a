"""What the documentation says of accession is what the code does."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from contempo.core.clock import ROME
from contempo.network.rules.accession import ACCESSION, Move, State, due_on

DOCS = Path(__file__).parents[3] / "docs"
WORKFLOW = (DOCS / "workflows" / "accession.md").read_text(encoding="utf-8")
TERM = (DOCS / "algorithms" / "accession-term.md").read_text(encoding="utf-8")

WORDS = {"sent": State.SUBMITTED, "changes asked": State.CHANGES_ASKED, "answered": State.IN_EXAMINATION}
EXAMPLES = re.findall(r"^\| (sent \d{4}.*?) \| (.+?) \|$", TERM, re.MULTILINE)


def table_of_steps() -> str:
    """Every step with the states it leaves and those it is open to, as the documentation shows it."""
    rows = [
        f"| {step.label} | {'; '.join(ACCESSION.looks[source].label for source in step.sources)} "
        f"| {ACCESSION.looks[step.target].label} | {'; '.join(sorted(step.who))} |"
        for step in ACCESSION.transitions
    ]
    return "\n".join(["| Step | From | To | Who |", "|---|---|---|---|", *rows])


def moves_of(story: str) -> list[Move]:
    """The moves an example tells: "sent 2026-02-02, changes asked 2026-02-12"."""
    told = (line.rsplit(" ", 1) for line in story.split(", "))
    return [Move(WORDS[what], datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ROME)) for what, day in told]


def test_the_diagram_is_the_one_the_table_of_steps_gives():
    assert re.search(r"```mermaid\n(.*?)\n```", WORKFLOW, re.DOTALL)[1] == ACCESSION.mermaid()


def test_the_steps_are_listed_with_those_who_take_them():
    assert table_of_steps() in WORKFLOW


def test_the_term_has_its_examples():
    assert len(EXAMPLES) == 7


@pytest.mark.parametrize(("story", "day"), EXAMPLES)
def test_each_example_of_the_term_is_right(story, day):
    due = due_on(moves_of(story))
    assert (due.isoformat() if due else "nothing is due") == day
