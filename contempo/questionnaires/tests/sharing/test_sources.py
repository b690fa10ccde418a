"""What questionnaires offer as indicators: the list behind each value has exactly its length."""

from datetime import date, datetime

import pytest

from contempo.core.clock import ROME
from contempo.network.tests.factories import MILANO
from contempo.programmes.public import Dimension, Scope, Unit, measure, records, source_called
from contempo.questionnaires.models import Campaign, Coverage, Invitation, Response, Target
from contempo.questionnaires.tests.factories import ResponseFactory
from contempo.questionnaires.tests.samples import sample_answers

COUNTS = ["responses", "organisations", "needs"]
SHARES = ["rr1", "rr2", "units", "satisfied", "productive", "measure"]
END = datetime(2026, 11, 20, tzinfo=ROME)


def scope(pages, year=2026, **filters):
    return Scope(
        network_id=pages.it.world.milano.pk,
        plan_id=0,
        since=date(year, 1, 1),
        until=date(year + 1, 1, 1),
        filters={name: str(value) for name, value in filters.items()},
    )


def parts(key, asked):
    found = measure(source_called(f"questionnaires.{key}"), asked)
    return found.numerator, found.denominator


@pytest.fixture
def ended(pages):
    """The campaign with name, closed on 20 November."""
    Campaign.objects.filter(pk=pages.it.named.pk).update(state="closed", closed_at=END)
    return pages


def test_rates_are_those_of_the_standard_definitions(ended):
    # One completed, one begun and half answered, one refused, two not heard and one not sent: six cases.
    assert parts("rr1", scope(ended, campaign=ended.it.named.number)) == (1, 6)
    assert parts("rr2", scope(ended, campaign=ended.it.named.number)) == (2, 6)
    Invitation.objects.filter(campaign=ended.it.named, state="refused").update(state="not_eligible")
    assert parts("rr1", scope(ended, campaign=ended.it.named.number)) == (1, 5)


def test_units_are_those_an_answer_speaks_for_of_those_concerned(ended):
    assert parts("units", scope(ended)) == (1, 6)
    assert parts("units", scope(ended, kind="company")) == (1, 3)
    school = ended.it.members["school"]
    Target.objects.filter(campaign=ended.it.named, organisation=school).update(eligible=False)
    assert parts("units", scope(ended)) == (1, 5)


def test_a_campaign_counts_in_the_period_in_which_it_closes(ended):
    assert parts("rr1", scope(ended, year=2025)) == (3, 6)
    assert parts("rr1", scope(ended, year=2024)) == (0, 0)


def test_answers_are_those_completed_and_counted(pages):
    named = {"campaign": pages.it.named.number}
    assert parts("responses", scope(pages, **named)) == (1, None)
    Coverage.objects.filter(response__campaign=pages.it.named).update(state="disputed")
    assert parts("responses", scope(pages, **named)) == (0, None)


def test_an_organisation_that_answered_two_campaigns_counts_once(pages):
    # The bakery answered three campaigns, the co-operative and the school one of these.
    assert parts("organisations", scope(pages)) == (3, None)
    assert parts("responses", scope(pages)) == (5, None)


def test_satisfied_are_those_above_the_middle_of_who_was_asked(pages):
    for said in ("l1", "l3", "l4", "l5", None):
        ResponseFactory(campaign=pages.it.named, answers=sample_answers(satisfied=said))
    assert parts("satisfied", scope(pages, campaign=pages.it.named.number)) == (3, 5)
    assert parts("productive", scope(pages)) == (0, 0)


def test_a_measure_in_place_is_an_option_of_a_question(pages):
    ResponseFactory(campaign=pages.it.named, answers=sample_answers(flexible="no", how=None))
    number = pages.it.named.number
    assert parts("measure", scope(pages, campaign=number, question="flexible", option="yes")) == (1, 2)
    assert parts("measure", scope(pages, campaign=number, question="how", option="bank")) == (1, 1)
    assert parts("measure", scope(pages, campaign=number, question="how", option="exit+bank")) == (1, 1)
    assert parts("measure", scope(pages, campaign=number)) == (0, 0)


def test_needs_are_answers_that_name_one_of_a_type(pages):
    assert parts("needs", scope(pages, need="childcare")) == (5, None)
    assert parts("needs", scope(pages, need="elderly")) == (0, None)
    assert parts("needs", scope(pages)) == (5, None)


def test_anonymous_answers_and_those_of_staff_are_not_counted_while_they_may_not_be_read(pages):
    before = parts("responses", scope(pages))
    ResponseFactory(campaign=pages.it.anonymous)
    ResponseFactory(campaign=pages.it.staff)
    assert parts("responses", scope(pages)) == before
    Campaign.objects.filter(pk=pages.it.anonymous.pk).update(state="closed", closed_at=END)
    assert parts("responses", scope(pages)) == (before[0] + 2, None)


@pytest.mark.parametrize("key", COUNTS + SHARES)
@pytest.mark.parametrize("filters", [{}, {"kind": "company"}, {"municipality": MILANO}])
def test_the_list_is_as_long_as_the_value_and_divides_as_it_says(ended, key, filters):
    source = source_called(f"questionnaires.{key}")
    asked = scope(ended, question="flexible", option="yes", **filters)
    found, listed = measure(source, asked, sorted(source.dimensions)), records(source, asked, network="milano")
    assert source.personal
    assert source.unit == (Unit.SHARE if key in SHARES else Unit.COUNT)
    assert found.numerator == sum(each.counted for each in listed)
    assert len(listed) == len({each.key for each in listed}) == (found.denominator or found.numerator)
    assert sum(count for count, _whole in found.breakdown[Dimension.KIND].values()) == found.numerator


def test_a_filter_of_another_network_finds_nothing(pages):
    asked = Scope(network_id=0, plan_id=0, since=date(2026, 1, 1), until=date(2027, 1, 1))
    assert [parts(key, asked)[0] for key in COUNTS + SHARES] == [0] * 9
    assert Response.objects.exists()
