"""A board costs as many statements with ten thousand records as with a hundred."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from contempo.core.clock import ROME
from contempo.programmes.models import Activity
from contempo.programmes.queries.indicators.board import board
from contempo.programmes.queries.indicators.page import indicator_page, reading_of
from contempo.programmes.queries.indicators.records import record_page
from contempo.programmes.queries.opened import opened

TODAY = date(2026, 11, 20)


def activities(plan, count, first):
    done = datetime(2026, 3, 1, 9, tzinfo=ROME)
    Activity.objects.bulk_create(
        Activity(
            plan=plan,
            key=f"molte-{number}",
            position=number,
            area="initiative",
            title=f"Incontro {number}",
            state="done",
            state_since=done,
        )
        for number in range(first, first + count)
    )


@pytest.mark.parametrize("method", ["sum", "distinct"])
def test_board_page_and_list_cost_the_same_with_a_hundred_and_with_ten_thousand_records(measuring, method):
    what = measuring.indicator(source="programmes.activities_done", method=method, by=["other"])
    measuring.indicator(source="network.members", by=["kind", "municipality"])
    actor = measuring.world.actor(measuring.world.elena)
    counted = []
    for first, count in ((0, 100), (100, 9_900)):
        activities(measuring.plan, count, first)
        plan = opened(actor, measuring.plan.key)
        with CaptureQueriesContext(connection) as sent:
            shown = board(actor, plan, QueryDict(), today=TODAY)
            page = indicator_page(actor, plan, what.key, today=TODAY)
            reading = reading_of(actor, plan, what.key, today=TODAY)
            listed = record_page(actor, plan, reading, QueryDict())
        counted.append(len(sent))
        assert listed.page.total == reading.plan.total.value.numerator == first + count
        assert page is not None
        assert len(shown.page.rows) == 3
    assert counted[0] == counted[1]
