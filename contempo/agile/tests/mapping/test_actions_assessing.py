"""Assessing activities: who may, under which criteria, and what follows for those who do them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contempo.agile.actions.mapping.assessments import assess
from contempo.agile.models import Share, WorkActivity
from contempo.agile.rules.mapping import PROPOSED, Answer, Met
from contempo.agile.tests.factories import WorkerFactory
from contempo.agile.tests.mapping.conftest import ALL_YES, AT_THE_COUNTER, ON_PAPER, Mapped, by_the_rule, said
from contempo.core.testing import At
from contempo.core.verdict import NotPermitted, Refusal

pytestmark = pytest.mark.django_db


def test_the_newest_assessment_counts_and_the_older_ones_stay(mapped: Mapped, at: At) -> None:
    mapped.assess(mapped.cards, ALL_YES)
    at("2027-02-01T09:00")
    mapped.assess(mapped.cards, AT_THE_COUNTER)
    fresh = WorkActivity.objects.get(pk=mapped.cards.pk)
    assert (fresh.result, str(fresh.assessed_on)) == ("not", "2027-02-01")
    assert [each.result for each in fresh.assessments.all()] == ["not", "remote"]
    assert fresh.marks == "1;individual=yes;output=yes;presence=no;relations=yes;tools=yes"


def test_who_assessed_and_why_is_kept(mapped: Mapped) -> None:
    made = mapped.assess(mapped.cards, ON_PAPER, who="ugo")
    assert made.assessed_by == mapped.comune.person("ugo")
    assert made.answers["tools"] == {"met": "partly", "reason": "I fascicoli vecchi sono di carta."}


def test_a_head_assesses_the_units_below_and_changes_no_result_of_others(mapped: Mapped) -> None:
    mapped.assess(mapped.cards, ALL_YES, who="diana")
    with pytest.raises(NotPermitted):
        mapped.assess(mapped.meals, ALL_YES, who="diana")
    with pytest.raises(NotPermitted):
        mapped.assess(mapped.cards, ALL_YES, who="anna")
    assert WorkActivity.objects.get(pk=mapped.meals.pk).result == ""


def test_an_answer_without_its_reason_changes_nothing(mapped: Mapped) -> None:
    with pytest.raises(Refusal):
        mapped.assess(mapped.cards, {**ALL_YES, "tools": Answer(Met.NO)})
    assert not mapped.cards.assessments.exists()


def test_criteria_published_meanwhile_are_to_be_answered_anew(mapped: Mapped) -> None:
    mapped.publish(60)
    actor = mapped.comune.actor("paolo")
    with pytest.raises(Refusal):
        assess(actor, activity_id=mapped.cards.pk, version=1, answers=ALL_YES)


def test_an_assessment_made_meanwhile_is_not_overwritten_unseen(mapped: Mapped) -> None:
    mapped.assess(mapped.cards, ALL_YES, seen=0)
    with pytest.raises(Refusal):
        mapped.assess(mapped.cards, AT_THE_COUNTER, seen=0)


def test_an_old_assessment_keeps_its_criteria(mapped: Mapped) -> None:
    made = mapped.assess(mapped.cards, ALL_YES)
    mapped.publish(60, PROPOSED[:3])
    made.refresh_from_db()
    assert made.criteria.number == 1
    assert WorkActivity.objects.get(pk=mapped.cards.pk).assessed_under == made.criteria


def test_everybody_with_a_share_follows_the_result(mapped: Mapped) -> None:
    it = mapped.comune.it
    mapped.share(it.anna, cards=60, archive=40)
    mapped.share(it.bruno, archive=100)
    mapped.assess(mapped.cards, ALL_YES)
    mapped.assess(mapped.archive, ON_PAPER)
    assert said(it.anna) == by_the_rule(it.anna) == (80, True)
    assert said(it.bruno) == by_the_rule(it.bruno) == (50, True)
    mapped.assess(mapped.archive, AT_THE_COUNTER)
    assert said(it.anna) == (60, True)
    assert said(it.bruno) == (0, False)


def test_an_assessment_takes_as_many_statements_for_many_as_for_one(mapped: Mapped) -> None:
    mapped.share(mapped.comune.it.anna, cards=80)
    with CaptureQueriesContext(connection) as for_one:
        mapped.assess(mapped.cards, ALL_YES)
    workers = [WorkerFactory(unit=mapped.comune.it.counter, number=f"W{number}") for number in range(60)]
    Share.objects.bulk_create(Share(worker=each, activity=mapped.cards, percent=70) for each in workers)
    with CaptureQueriesContext(connection) as for_many:
        mapped.assess(mapped.cards, ON_PAPER)
    assert len(for_many) == len(for_one)
    assert all(said(each) == (35, False) for each in workers)
