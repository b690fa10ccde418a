"""What the database finds late and next is what the rule says is."""

from datetime import date, timedelta
from itertools import product

import pytest

from contempo.programmes.models import Activity
from contempo.programmes.queries.plans.timing import late, upcoming
from contempo.programmes.rules.activities import ActivityState
from contempo.programmes.rules.lateness import LATE, timing
from contempo.programmes.tests.factories import ActivityFactory
from contempo.programmes.tests.plans.conftest import Piano

TODAY = date(2026, 11, 20)
FROM_TODAY = (None, -40, -1, 0, 1, 29, 30, 31, 90)


@pytest.mark.django_db
def test_the_database_and_the_rule_agree_on_every_state_and_day(piano: Piano) -> None:
    def day(offset: int | None) -> date | None:
        return None if offset is None else TODAY + timedelta(days=offset)

    Activity.objects.bulk_create(
        ActivityFactory.build(plan=piano.it.plan, state=state.value, since=day(since), until=day(until))
        for state, since, until in product(ActivityState, FROM_TODAY, FROM_TODAY)
        if since is None or until is None or since < until
    )
    said = {each.pk: timing(each.state, each.since, each.until, today=TODAY) for each in Activity.objects.all()}
    assert {each for each, when in said.items() if when in LATE} == set(
        Activity.objects.filter(late(TODAY)).values_list("pk", flat=True)
    )
    assert {each for each, when in said.items() if when and when not in LATE} == set(
        Activity.objects.filter(upcoming(TODAY)).values_list("pk", flat=True)
    )
