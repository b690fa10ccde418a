"""A plan written is the same plan read."""

import yaml
from hypothesis import HealthCheck, given, settings

from contempo.programmes.rules.plan.reading import faults_in, read_plan
from contempo.programmes.rules.plan.tree import Plan
from contempo.programmes.rules.plan.writing import write_plan
from contempo.programmes.tests.random_plans import plans

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@settings(max_examples=200, suppress_health_check=SLOW, deadline=None)
@given(plans())
def test_what_is_written_is_read_as_the_same_plan_and_written_again_as_the_same_bytes(plan: Plan) -> None:
    text = write_plan(plan)
    again = read_plan(text, filename="piano.yaml")
    assert again == plan
    assert write_plan(again) == text
    assert not faults_in(plan)


@settings(max_examples=50, suppress_health_check=SLOW, deadline=None)
@given(plans())
def test_any_reader_of_yaml_finds_the_same_texts(plan: Plan) -> None:
    read = yaml.safe_load(write_plan(plan))
    assert read["title"] == plan.title
    assert read.get("summary", "") == plan.summary
