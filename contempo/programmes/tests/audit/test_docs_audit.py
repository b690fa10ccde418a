"""What the documentation tells of the check is what the code does, in both languages."""

import re
from pathlib import Path
from random import Random

import pytest

from contempo.programmes.rules.audit import RULES, check
from contempo.programmes.rules.audit.measures import MEASURES
from contempo.programmes.rules.plan.tree import Plan
from contempo.programmes.tests.audit.planters import PLANTERS
from contempo.programmes.tests.audit.sound import Shape, sound_plan

DOCS = Path(__file__).parents[4] / "docs"
SEVERITIES = {"error": "errore", "warning": "da guardare", "note": "nota"}
IN_ENGLISH = {"error": "error", "warning": "to be looked at", "note": "note"}


def rows(name: str, columns: int) -> dict[str, tuple[str, ...]]:
    """The rows of the tables with this many columns whose first cell is a name in the code."""
    text = (DOCS / name).read_text(encoding="utf-8")
    found = re.findall(r"^\| `(.+?)` \| " + r"(.+?) \|" + r" (.+?) \|" * (columns - 2) + "$", text, re.MULTILINE)
    return {row[0]: tuple(row[1:]) for row in found}


@pytest.mark.parametrize("name", ["plan-audit.md", "plan-audit.en.md"])
def test_every_rule_is_told_in_order(name: str) -> None:
    assert list(rows(name, 4)) == [rule.name for rule in RULES]


@pytest.mark.parametrize("name", ["plan-audit.md", "plan-audit.en.md"])
def test_every_measure_is_told(name: str) -> None:
    told = re.findall(r"^\| `([a-z.<>_-]+)` \| [^|]+ \|$", (DOCS / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(told) == sorted(measure.pattern for measure in MEASURES)


@pytest.mark.parametrize(("name", "words"), [("plan-audit.md", SEVERITIES), ("plan-audit.en.md", IN_ENGLISH)])
def test_what_is_planted_has_a_severity_that_is_told(name: str, words: dict[str, str]) -> None:
    shape = Shape(seed=5, alliances=3, organisations=8, activities=2, lines=3, sources=4, periods=3)
    for rule, (_what, severity, _example) in rows(name, 4).items():
        tree = sound_plan(shape)
        PLANTERS[rule](tree, Random(1))
        found = {finding.severity for finding in check(Plan.model_validate(tree)) if finding.rule == rule}
        assert found <= {each for each, word in words.items() if word in severity.split(", ")}, rule
