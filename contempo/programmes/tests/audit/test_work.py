"""A check does work in proportion to what the plan holds: counted in calls, not in seconds."""

import sys
from types import FrameType
from typing import Any

from contempo.programmes.rules.audit import check
from contempo.programmes.rules.plan.tree import Plan
from contempo.programmes.tests.audit.sound import Shape, sound_plan


def large_plan(activities: int) -> Plan:
    """A sound plan with this many more activities, some without responsible."""
    tree = sound_plan(Shape(seed=7, alliances=3, organisations=9, activities=2, lines=3, sources=4, periods=3))
    alliance = tree["alliances"][0]
    alliance["activities"] += [
        {"key": f"molte-{n}", "title": f"Una di molte {n}", "responsible": [alliance["lead"]] if n % 3 else []}
        for n in range(activities)
    ]
    tree["declared"] += [
        {"key": f"volte-{n}", "place": "Tabella", "value": "3", "measures": "activities.times.p0", "quantity": f"q{n}"}
        for n in range(activities // 10)
    ]
    return Plan.model_validate(tree)


def calls_of_a_check(plan: Plan) -> int:
    """How many functions, of Python and of C, a check calls."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        check(plan)
    finally:
        sys.setprofile(None)
    return calls


def test_ten_times_the_activities_are_ten_times_the_work() -> None:
    small, large = calls_of_a_check(large_plan(300)), calls_of_a_check(large_plan(3000))
    assert large < small * 11


def test_ten_thousand_activities_are_checked_and_each_finding_told() -> None:
    findings = [finding for finding in check(large_plan(10_000)) if finding.rule == "activity-responsible"]
    assert len(findings) == 3334
    assert len({finding.path for finding in findings}) == 3334
