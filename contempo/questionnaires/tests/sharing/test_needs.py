"""Needs told in answers, by type and municipality."""

from datetime import date, datetime

import pytest
from django.http import QueryDict

from contempo.core.clock import ROME
from contempo.network.tests.factories import BERGAMO, MILANO, SESTO
from contempo.questionnaires.models import Campaign, Coverage, Response
from contempo.questionnaires.queries.needs.page import need_answers, needs_page
from contempo.questionnaires.queries.needs.told import asking, needs, table, within
from contempo.questionnaires.tests.factories import CampaignFactory, ResponseFactory
from contempo.questionnaires.tests.samples import sample_answers

YEAR = (date(2026, 1, 1), date(2027, 1, 1))


def counts(pages, exact=True, since=YEAR[0], until=YEAR[1]):
    found = table(within(asking(pages.it.world.milano.pk), since, until), since, until, exact=exact)
    return {cell: count for cell, count in found.cells.items() if count}


@pytest.fixture
def alone(pages):
    """A campaign with name, and nothing else of which needs could be read."""
    Campaign.objects.update(state="draft")
    return CampaignFactory(version=pages.it.version, mode="identified", state="open")


def answered(campaign, count, **answers):
    return [ResponseFactory(campaign=campaign, answers=sample_answers(**answers)) for _each in range(count)]


def test_each_answer_counts_once_for_each_type_it_names(pages, alone):
    answered(alone, 2, needs=["nursery", "elderly"])
    answered(alone, 1, needs=["elderly"], place=SESTO)
    answered(alone, 1, needs=None)
    found = table(asking(pages.it.world.milano.pk), *YEAR, exact=True)
    assert {cell: count for cell, count in found.cells.items() if count} == {
        ("childcare", MILANO): 2,
        ("elderly", MILANO): 2,
        ("elderly", SESTO): 1,
    }
    assert (found.total, found.by_place) == (3, {MILANO: 2, SESTO: 1})


def test_without_an_answer_the_municipality_is_that_of_the_unit(pages, alone):
    answered(alone, 1, place=None)
    ResponseFactory(campaign=alone, answers=sample_answers(place=None), attributes={"municipality": BERGAMO})
    assert counts(pages) == {("childcare", ""): 1, ("childcare", BERGAMO): 1}


def test_half_done_left_out_and_doubled_answers_do_not_count(pages, alone):
    answered(alone, 1)
    ResponseFactory(campaign=alone, state="begun")
    ResponseFactory(campaign=alone, state="excluded")
    doubled = ResponseFactory(campaign=alone)
    target = pages.it.invitation(pages.it.named, "coop").target
    waits = Coverage.objects.create(
        response=doubled, target=target, state="disputed", since=datetime(2026, 11, 10, tzinfo=ROME)
    )
    assert counts(pages) == {("childcare", MILANO): 1}
    Coverage.objects.filter(pk=waits.pk).update(state="counted")
    assert counts(pages) == {("childcare", MILANO): 2}


def test_an_answer_counts_in_the_period_in_which_it_was_completed(pages, alone):
    (early,) = answered(alone, 1)
    Response.objects.filter(pk=early.pk).update(completed_at=datetime(2026, 1, 1, tzinfo=ROME))
    assert counts(pages, since=date(2026, 1, 1), until=date(2026, 1, 2)) == {}
    Campaign.objects.filter(pk=alone.pk).update(opens_at=datetime(2025, 12, 1, tzinfo=ROME))
    assert counts(pages, since=date(2026, 1, 1), until=date(2026, 1, 2)) == {("childcare", MILANO): 1}
    assert counts(pages, since=date(2025, 12, 1), until=date(2026, 1, 1)) == {}


def test_anonymous_answers_are_read_once_the_campaign_is_closed(pages, alone):
    hidden = CampaignFactory(version=pages.it.version, mode="anonymous", state="open")
    answered(hidden, 6)
    assert counts(pages) == {}
    Campaign.objects.filter(pk=hidden.pk).update(state="closed", closed_at=datetime(2026, 11, 19, tzinfo=ROME))
    assert counts(pages) == {("childcare", MILANO): 6}


def test_what_staff_say_stays_with_the_employer(pages, alone):
    answered(CampaignFactory(version=pages.it.version, organisation=pages.it.world.comune, mode="confidential"), 6)
    assert counts(pages) == {}


def test_other_contexts_are_told_no_small_cells(pages, alone):
    milano = pages.it.world.milano.pk
    answered(alone, 2)
    assert needs(milano, *YEAR) == ()
    answered(alone, 4)
    assert [(need.tag, need.municipality, need.count) for need in needs(milano, *YEAR)] == [("childcare", MILANO, 6)]


def test_few_answers_without_a_name_are_not_found_in_a_sum_with_those_of_organisations(pages, alone):
    milano = pages.it.world.milano.pk
    answered(alone, 10)
    hidden = CampaignFactory(version=pages.it.version, mode="anonymous", state="closed")
    answered(hidden, 2)
    assert [need.count for need in needs(milano, *YEAR)] == [10]
    answered(hidden, 4)
    assert [need.count for need in needs(milano, *YEAR)] == [16]


def test_the_page_tells_organisations_and_people_apart(pages, alone):
    answered(alone, 3)
    answered(CampaignFactory(version=pages.it.version, mode="anonymous", state="closed"), 6)
    marta, today = pages.it.actor("marta"), date(2026, 11, 20)
    first = needs_page(marta, "milano", QueryDict(), today)
    assert (first.total.number, bool(first.total.url)) == (3, True)
    assert [tab.current for tab in first.groups] == [True, False]
    other = needs_page(marta, "milano", QueryDict(first.groups[1].url.lstrip("?")), today)
    assert (other.total.number, other.total.url, other.exact) == (6, "", False)
    assert need_answers(marta, "milano", QueryDict(other.query), today) is None


def test_needs_cost_the_same_for_ten_campaigns_as_for_one(pages, alone, django_assert_num_queries):
    for _each in range(10):
        answered(CampaignFactory(version=pages.it.version, mode="identified"), 1)
    with django_assert_num_queries(3):
        needs(pages.it.world.milano.pk, *YEAR)
