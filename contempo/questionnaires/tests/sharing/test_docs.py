"""What is written of a good practice is what its table says."""

import re
from pathlib import Path

from contempo.questionnaires.rules.states import PRACTICE

WORKFLOW = (Path(__file__).parents[4] / "docs" / "workflows" / "practice.md").read_text(encoding="utf-8")


def test_the_diagram_is_drawn_from_the_table():
    assert re.search(r"```mermaid\n(.*?)\n```", WORKFLOW, re.DOTALL)[1] == PRACTICE.mermaid()
