"""What is written of campaigns and invitations is what their tables say."""

import re
from pathlib import Path

import pytest

from contempo.core.workflow import Workflow
from contempo.questionnaires.rules.states import CAMPAIGN, INVITATION

WORKFLOWS = Path(__file__).parents[4] / "docs" / "workflows"


@pytest.mark.parametrize(("name", "table"), [("campaign", CAMPAIGN), ("invitation", INVITATION)])
def test_the_diagram_is_drawn_from_the_table(name: str, table: Workflow) -> None:
    text = (WORKFLOWS / f"{name}.md").read_text(encoding="utf-8")
    drawn = re.search(r"```mermaid\n(.*?)\n```", text, re.DOTALL)
    assert drawn is not None
    assert drawn[1] == table.mermaid()
