"""Waves beside each other, respondents beside the population, groups that repeat."""

from typing import Any

import pytest

from contempo.questionnaires.queries.tables import compared, compositions, frequency, opened_tables
from contempo.questionnaires.rules.states import UnitKind
from contempo.questionnaires.rules.tables import read
from contempo.questionnaires.tests.factories import (
    CampaignFactory,
    ResponseFactory,
    Surveys,
    TargetFactory,
    make_surveys,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def surveys() -> Surveys:
    return make_surveys()


def test_two_waves_differ_by_the_difference_of_their_shares(surveys: Surveys) -> None:
    waves = []
    for yes, no in ((10, 30), (30, 10)):
        wave = CampaignFactory(version=surveys.version)
        for at in range(yes + no):
            answers = {"flexible": "yes" if at < yes else "no", "rated": 8 if at < yes else 4}
            ResponseFactory(campaign=wave, answers=answers)
        waves.append(wave)
    with opened_tables(waves[0]) as before, opened_tables(waves[1]) as now:
        found = compared(before, now, read({"rows": "q.flexible"}, now.book))
        rated = compared(before, now, read({"rows": "q.rated"}, now.book))
    assert found is not None
    change = found.changes[0]
    assert (change.key, change.difference, change.certain) == ("yes", 0.5, True)
    # Wilson: 30 of 40 from 0.5981 to 0.8581, 10 of 40 from 0.1419 to 0.4019; 0.5 - 0.1519·√2
    assert change.interval.low == pytest.approx(0.2852, abs=0.0002)
    assert found.changes[2].certain is False
    assert rated is not None
    assert rated.mean == pytest.approx(2)
    assert rated.mean_interval.low == pytest.approx(1.219, abs=0.002)


def test_who_answered_is_told_beside_the_population(surveys: Surveys) -> None:
    campaign = CampaignFactory(version=surveys.version)
    for number in range(10):
        TargetFactory(campaign=campaign, size="micro" if number < 8 else "large", kind="company")
    for size in ("micro", "micro", "large", "large"):
        ResponseFactory(campaign=campaign, attributes={"size": size})
    with opened_tables(campaign) as tables:
        (found,) = compositions(tables)
    assert (found.attribute, found.units, found.base) == ("size", 10, 4)
    told = {one.key: (one.units, one.of_units, one.responses, one.of_responses) for one in found.lines}
    assert told == {"micro": (8, 0.8, 2, 0.5), "large": (2, 0.2, 2, 0.5)}
    assert list(told) == ["micro", "large"], "by size, not by letter"


def test_a_group_that_repeats_is_told_by_mention(surveys: Surveys) -> None:
    campaign = CampaignFactory(version=surveys.version)
    for users in ([3, 5], [10], [], [None, 2]):
        services = [{"service": "x", **({"users": one} if one is not None else {})} for one in users]
        ResponseFactory(campaign=campaign, answers={"services": services})
    with opened_tables(campaign) as tables:
        mentions = tables.repeated("services")
        found = frequency(mentions, read({"rows": "q.users"}, mentions.book))
    assert (found.base.responses, found.base.answered, found.base.missing) == (5, 4, 1)
    assert found.numbers.mean == 5
    assert all(bar.count for bar in (found.bars[0], found.bars[-1]))


def test_groups_that_repeat_are_silent_where_small_counts_are_hidden(surveys: Surveys) -> None:
    campaign = CampaignFactory(version=surveys.version, unit_kind=UnitKind.FAMILY.value)
    for _ in range(30):
        ResponseFactory(campaign=campaign, answers={"services": [{"service": "x", "users": 4}]})
    with opened_tables(campaign) as tables:
        mentions: Any = tables.repeated("services")
        assert frequency(mentions, read({"rows": "q.users"}, mentions.book)).silent
