"""What differs between two plans, and what a file may not change of one that is there."""

import pytest
from hypothesis import HealthCheck, given, settings

from contempo.programmes.rules.activities import PlanState
from contempo.programmes.rules.plan.amending import Records, hindrances
from contempo.programmes.rules.plan.changes import changes_between
from contempo.programmes.rules.plan.tree import Plan
from contempo.programmes.tests.random_plans import plans

BEFORE: dict[str, object] = {
    "key": "piano",
    "title": "Piano",
    "starts_on": "2014-01-01",
    "ends_on": "2016-12-31",
    "organisations": [{"key": key, "name": key.upper(), "kind": "company"} for key in "ab"],
    "alliances": [
        {
            "key": "uno",
            "name": "Uno",
            "lead": "a",
            "partners": [{"organisation": "b", "role": "Coopera"}],
            "activities": [{"key": "x", "title": "X", "state": "under_way"}, {"key": "y", "title": "Y"}],
        }
    ],
    "monitoring": [{"key": "m", "title": "M", "starts_on": "2014-01-01", "ends_on": "2014-12-31"}],
    "indicators": [{"key": "i", "typology": "companies", "name": "I"}],
    "budget": {
        "sources": [{"key": "s", "name": "S", "kind": "fund"}],
        "lines": [{"key": "l", "title": "L"}],
        "cells": [{"line": "l", "source": "s", "amount": "100"}],
    },
}
EVERYTHING = Records(
    measured=frozenset({"i"}),
    periods=frozenset({"m"}),
    closed=frozenset({"m"}),
    alliances=frozenset({"uno"}),
    claiming=frozenset({("uno", "b")}),
    lines=frozenset({"l"}),
    sources=frozenset({"s"}),
    cells=frozenset({("l", "s", "")}),
)


def plan(**changes: object) -> Plan:
    return Plan.model_validate(BEFORE | changes)


def refused(state: PlanState, records: Records, **changes: object) -> list[str]:
    return [each.what for each in hindrances(state, plan(), plan(**changes), records)]


def test_changes_come_by_section_with_names_before_and_after() -> None:
    after = plan(
        title="Piano nuovo",
        alliances=[{"key": "due", "name": "Due", "lead": "b"}],
        indicators=[{"key": "i", "typology": "companies", "name": "I", "target": "20"}],
    )
    found = changes_between(plan(), after)
    told = [(each.kind, each.section, each.path, each.label, each.was, each.now) for each in found]
    assert told == [
        ("changed", "plan", "title", "Piano nuovo", "Piano", "Piano nuovo"),
        ("added", "alliances", "alliances.due", "Due", "", "Due"),
        ("removed", "alliances", "alliances.uno", "Uno", "Uno", ""),
        ("added", "indicators", "indicators.i.target", "I", "", "20"),
    ]


def test_amounts_are_shown_as_people_write_them() -> None:
    budget = {**plan().budget.model_dump(mode="json"), "cells": [{"line": "l", "source": "s", "amount": "1234.5"}]}
    (change,) = changes_between(plan(), plan(budget=budget))
    assert (change.section, change.label, change.was, change.now) == ("budget", "l/s", "100,00", "1.234,50")


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(plans(), plans())
def test_two_plans_differ_exactly_when_there_are_changes(first: Plan, second: Plan) -> None:
    assert not changes_between(first, first)
    assert bool(changes_between(first, second)) == (first != second)


def test_a_draft_without_records_may_be_changed_whole() -> None:
    changes: dict[str, object] = {"alliances": [], "indicators": [], "monitoring": [], "budget": {}}
    assert refused(PlanState.DRAFT, Records(), **changes) == []


def test_what_has_records_stays_also_in_a_draft() -> None:
    changes: dict[str, object] = {"alliances": [], "indicators": [], "monitoring": [], "budget": {}}
    assert refused(PlanState.DRAFT, EVERYTHING, **changes) == ["I", "M", "Uno", "L", "S", "l / s"]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"indicators": [{"key": "i", "typology": "companies", "name": "I", "method": "sum"}]}, "I"),
        ({"monitoring": [{"key": "m", "title": "M", "starts_on": "2014-01-01", "ends_on": "2015-12-31"}]}, "M"),
        ({"alliances": [{"key": "uno", "name": "Uno", "lead": "a"}]}, "Uno: b"),
        ({"budget": BEFORE["budget"] | {"lines": [{"key": "l", "title": "L", "alliance": "uno"}]}}, "L"),
        ({"budget": BEFORE["budget"] | {"sources": [{"key": "s", "name": "S", "kind": "in_kind"}]}}, "S"),
    ],
)  # fmt: skip
def test_what_records_rest_on_stays_as_it_is(changes: dict[str, object], what: str) -> None:
    assert refused(PlanState.DRAFT, EVERYTHING, **changes) == [what]


def test_in_force_amounts_limit_and_states_change_elsewhere() -> None:
    alliance = {"key": "uno", "name": "Uno", "lead": "a", "activities": [{"key": "y", "title": "Y", "state": "done"}]}
    budget = BEFORE["budget"] | {"shift_limit": "30", "cells": [{"line": "l", "source": "s", "amount": "90"}]}
    changes = {"alliances": [alliance], "budget": budget}
    assert refused(PlanState.IN_FORCE, Records(), **changes) == ["X", "Y", "l / s", "shift_limit"]
    assert refused(PlanState.DRAFT, Records(), **changes) == []
    assert refused(PlanState.DRAFT, Records(revised=True), **changes) == ["l / s", "shift_limit"]


def test_a_closed_plan_does_not_change() -> None:
    assert refused(PlanState.CLOSED, Records(), title="Altro") == ["Piano"]
