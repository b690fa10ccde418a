"""What the people of an employer think, for who shows figures of agile work."""

import json
from datetime import date

import pytest

from contempo.questionnaires.models import Campaign
from contempo.questionnaires.queries.opinions import opinions
from contempo.questionnaires.rules.document import read, to_json
from contempo.questionnaires.rules.measures import measured
from contempo.questionnaires.tests.factories import ResponseFactory
from contempo.questionnaires.tests.samples import sample_answers, sample_document

SINCE, UNTIL = date(2026, 11, 1), date(2026, 12, 1)


@pytest.fixture
def staff(pages):
    """Eight satisfied and six who are not, of the staff of the municipality."""
    for said in ["l4"] * 8 + ["l2"] * 6:
        ResponseFactory(campaign=pages.it.staff, answers=sample_answers(satisfied=said))
    return pages


def read_of(pages, since=SINCE, until=UNTIL, measure="satisfaction"):
    return opinions(pages.it.world.comune.pk, measure, since, until)


def test_in_favour_is_above_the_middle():
    found = measured(sample_document(), "satisfaction")
    assert (found.question, found.favourable) == ("satisfied", {"l4", "l5"})
    assert measured(sample_document(), "productivity") is None


def test_to_work_as_well_as_before_is_in_favour():
    kept = json.dumps(to_json(sample_document())).replace('"measure": "satisfaction"', '"measure": "productivity"')
    assert measured(read(json.loads(kept)), "productivity").favourable == {"l3", "l4", "l5"}


def test_the_share_opens_the_results_of_its_campaign(staff):
    found = read_of(staff)
    assert (found.favourable, found.answers) == (8, 14)
    assert found.path.startswith(f"/milano/questionari/{staff.it.staff.number}/risultati/?sezione=")
    assert found.path.endswith("#q-q-satisfied")


def test_nobody_asked_is_nothing_measured(staff):
    assert read_of(staff, measure="productivity") is None
    assert read_of(staff, since=date(2024, 1, 1), until=date(2024, 2, 1)) is None
    assert opinions(staff.it.members["bakery"].pk, "satisfaction", SINCE, UNTIL) is None


def test_few_answers_without_a_name_are_not_told(pages):
    for _each in range(3):
        ResponseFactory(campaign=pages.it.staff)
    assert read_of(pages) is None


def test_an_anonymous_campaign_is_read_once_it_is_closed(staff):
    Campaign.objects.filter(pk=staff.it.staff.pk).update(mode="anonymous")
    assert read_of(staff) is None
    Campaign.objects.filter(pk=staff.it.staff.pk).update(state="closed", closed_at="2026-11-19T10:00+01:00")
    assert read_of(staff).answers == 14
