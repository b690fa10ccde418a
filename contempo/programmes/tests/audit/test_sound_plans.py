"""A plan that agrees with itself is never reported; a planted disagreement always is, with its place."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contempo.programmes.rules.audit import RULES, check
from contempo.programmes.rules.findings import Severity
from contempo.programmes.rules.plan.tree import Plan
from contempo.programmes.tests.audit.planters import PLANTERS
from contempo.programmes.tests.audit.sound import SHAPES, Shape, sound_plan

CALM = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(max_examples=1000, deadline=None)
@given(SHAPES)
def test_of_a_thousand_sound_plans_none_is_reported(shape: Shape) -> None:
    findings = check(Plan.model_validate(sound_plan(shape)))
    assert [finding for finding in findings if finding.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
@CALM
@given(shape=SHAPES, seed=st.integers(0, 2**32))
def test_a_planted_disagreement_is_always_reported(rule: str, shape: Shape, seed: int) -> None:
    tree = sound_plan(shape)
    path = PLANTERS[rule](tree, Random(seed))
    found = [finding for finding in check(Plan.model_validate(tree)) if finding.rule == rule]
    assert path in [finding.path for finding in found]
    assert all(finding.place and finding.explanation % finding.params for finding in found)


def test_every_rule_has_a_disagreement_that_is_planted() -> None:
    assert set(PLANTERS) == {rule.name for rule in RULES}
