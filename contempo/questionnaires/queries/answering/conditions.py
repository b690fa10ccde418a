"""Conditions as a page shows them at once: tests of what is on the same page stay open, all others are settled."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from contempo.questionnaires.rules.asking import holds
from contempo.questionnaires.rules.document import Condition, Group, Page, Question


def keys_on(page: Page) -> frozenset[str]:
    """The keys of the questions of a page that do not repeat: those conditions on it can speak of."""
    keys: set[str] = set()
    for item in page.items:
        if isinstance(item, Question):
            keys.add(item.key)
        elif not item.repeat:
            keys |= {one.key for one in item.questions}
    return frozenset(keys)


def each_of(group: Group) -> frozenset[str]:
    """The keys of the questions of a group that repeats, which conditions inside it can speak of."""
    return frozenset(one.key for one in group.questions)


def is_live(condition: Condition | None, keys: Collection[str]) -> bool:
    """Whether a condition speaks of something on the same page."""
    return condition is not None and any(test.question in keys for test in condition.tests)


def as_data(condition: Condition, here: Mapping[str, str], answers: Mapping[str, Any]) -> str:
    """A condition for the script of the page: a test of a question on the page by the name of its field (`here`), any
    other as whether it holds. `{"any": false, "tests": [true, ["flexible", "is", "yes"]]}`.
    """
    tests = [
        [here[test.question], test.op.value, test.value]
        if test.question in here
        else holds(Condition((test,)), answers)
        for test in condition.tests
    ]
    return json.dumps({"any": condition.any, "tests": tests}, ensure_ascii=False)


def may_hold(condition: Condition | None, keys: Collection[str], answers: Mapping[str, Any]) -> bool:
    """Whether a condition holds, or could once something on the page is answered otherwise."""
    if condition is None or not condition.tests:
        return True
    verdicts = [test.question in keys or holds(Condition((test,)), answers) for test in condition.tests]
    return any(verdicts) if condition.any else all(verdicts)
