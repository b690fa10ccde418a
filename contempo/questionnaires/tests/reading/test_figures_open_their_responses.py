"""A figure of a campaign with name opens the responses it counts, and the list is as long as it says."""

import re

import pytest
from django.http import QueryDict

from contempo.questionnaires.queries.opened import opened
from contempo.questionnaires.queries.reading.responses import response_list
from contempo.questionnaires.queries.reading.results import results_page
from contempo.questionnaires.queries.tables import frequency, opened_tables
from contempo.questionnaires.rules.narrowing import span, token
from contempo.questionnaires.rules.tables import Spec
from contempo.questionnaires.tests.reading.surveyed import surveyed


@pytest.fixture
def reading(surveys):
    campaign = surveyed(surveys)
    return opened(surveys.actor("marta"), campaign.number)


def test_every_count_of_every_variable_is_the_length_of_its_list(reading):
    with opened_tables(reading.campaign) as tables:
        figures = []
        for offer in tables.book.offers.values():
            found = frequency(tables, Spec(offer.variable))
            figures += [(token(offer.variable.code, one.key), one.count) for one in found.categories]
            figures += [(span(offer.variable.code, bar.low, bar.high - 1), bar.count) for bar in found.bars]
    assert len(figures) > 50
    for figure, count in figures:
        params = QueryDict(mutable=True)
        params["vale"] = figure
        assert response_list(reading, params).total == count, figure


def test_the_links_of_the_page_are_those_lists(reading):
    page = results_page(reading, QueryDict("sezione=measures&vale=a.size:small"))
    (flexible,) = [one for one in page.results if one.id == "q-flexible"]
    for row in flexible.table.rows:
        if row.url:
            params = QueryDict(re.sub(r"^.*\?", "", row.url))
            assert str(response_list(reading, params).total) == row.cells[0]
            assert params.getlist("vale")[0] == "a.size:small"


def test_who_only_reads_figures_gets_no_such_links(surveys, reading):
    page = results_page(opened(surveys.actor("elena"), reading.campaign.number), QueryDict("sezione=measures"))
    assert not [row.url for one in page.results if one.table for row in one.table.rows if row.url]
