"""What the documentation says of revisions and of the reward is what the code does."""

import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from contempo.core.money import cents_written, shared_out
from contempo.programmes.rules.budgets import REVISION
from contempo.programmes.rules.plan.measures import Unit
from contempo.programmes.rules.revisions import Change, given_before, weighed
from contempo.programmes.rules.reward import Attained, as_file, part_reached, quota, redone
from contempo.programmes.rules.values import Value

DOCS = Path(__file__).parents[4] / "docs"
WORKFLOW = (DOCS / "workflows" / "revision.md").read_text(encoding="utf-8")
RULE = (DOCS / "algorithms" / "budget-revision.md").read_text(encoding="utf-8")
REWARD = (DOCS / "algorithms" / "reward-quota.md").read_text(encoding="utf-8")

EXAMPLES = re.findall(r"^\| (.+?) \| (.+?) \| (second coordinator|steering group) \|$", RULE, re.MULTILINE)
LINES, SOURCES, PARTNERS = {"rooms": 1, "wages": 2, "travel": 3}, {"A": 1, "B": 2}, {None: None, "X": 1, "Y": 2}
INDICATORS = re.findall(r"^\| ([a-z ]+) \| (\d+) \| (\S+) \| ([\d of]+) \| (\S+) \|$", REWARD, re.MULTILINE)
SPLIT = re.findall(r"^\| ([a-z]+) \| ([\d.]+) \| ([\d.]+) \|$", REWARD, re.MULTILINE)


def table_of_steps() -> str:
    rows = [
        f"| {step.label} | {'; '.join(REVISION.looks[source].label for source in step.sources)} "
        f"| {REVISION.looks[step.target].label} | {'; '.join(sorted(step.who))} |"
        for step in REVISION.transitions
    ]
    return "\n".join(["| Step | From | To | Who |", "|---|---|---|---|", *rows])


def changes_of(text: str) -> list[Change]:
    """The changes that an example tells: "rooms A -200, wages A +200"."""
    made = []
    for row in text.split(", "):
        line, source, partner, amount = re.fullmatch(r"(\w+) (\w)(?: for (\w))? ([+-][\d.]+)", row).groups()
        made.append(Change(LINES[line], SOURCES[source], PARTNERS[partner], cents_written(amount)))
    return made


def test_the_diagram_is_the_one_the_table_of_steps_gives() -> None:
    assert re.search(r"```mermaid\n(.*?)\n```", WORKFLOW, re.DOTALL)[1] == REVISION.mermaid()


def test_the_steps_are_listed_with_those_who_take_them() -> None:
    assert table_of_steps() in WORKFLOW


def test_the_rule_has_its_examples() -> None:
    assert len(EXAMPLES) == 10


@pytest.mark.parametrize(("before", "now", "who"), EXAMPLES)
def test_each_example_of_the_rule_is_right(before: str, now: str, who: str) -> None:
    approved = [] if before == "nothing" else [changes_of(each) for each in before.split("; ")]
    made = weighed(changes_of(now), first={1: 100_000, 2: 50_000}, before=given_before(approved), limit=Decimal(20))
    assert made.up_to_steering == (who == "steering group")


def attained() -> list[Attained]:
    made = []
    for name, weight, target, value, _part in INDICATORS:
        numbers = [Decimal(number) for number in value.split(" of ")]
        unit = Unit.SHARE if target.endswith("%") else Unit.COUNT
        made.append(Attained(name.replace(" ", "-"), int(weight), part_reached(unit, target, Value(*numbers))))
    return made


def test_each_part_of_the_reward_is_right() -> None:
    assert [each.counted for each in attained()] == [Fraction(part) for *_rest, part in INDICATORS]
    assert len(INDICATORS) == 3


def test_the_worked_example_of_the_reward_is_right() -> None:
    funds = {name: cents_written(amount) for name, amount, _share in SPLIT}
    made = quota(amount=1_000_000, threshold=Decimal(60), attained=attained(), funds=funds)
    assert made.average == Fraction(33, 40)
    assert made.earned == cents_written(re.search(r"\*\*([\d.]+) €\*\*", REWARD)[1])
    assert made.split == {name: cents_written(share) for name, _amount, share in SPLIT}
    assert shared_out(10_000, {"a": 1, "b": 1, "c": 1}) == {"a": 3334, "b": 3333, "c": 3333}


def test_the_file_of_the_example_is_reckoned_again() -> None:
    shown = json.loads(re.search(r"```json\n(.*?)\n```", REWARD, re.DOTALL)[1])
    funds = {name: cents_written(amount) for name, amount, _share in SPLIT}
    assert shown == as_file(amount=1_000_000, threshold=Decimal(60), attained=attained(), funds=funds)
    assert redone(shown) == shown["result"]
