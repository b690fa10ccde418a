"""Contexts that count the figures of the desk get each with its numbers, its list, and whether it may be told."""

from random import Random

import pytest
from django.test import Client

from contempo.helpdesk.models import Question
from contempo.helpdesk.public import figures
from contempo.helpdesk.tests.factories import Desk
from contempo.helpdesk.tests.invented import entry_of, invented, of_the_catalogue
from contempo.network.tests.factories import BERGAMO, MILANO, SESTO, place


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """The desk of Milan with 120 questions of 2025 and 2026."""
    for code in (MILANO, BERGAMO, SESTO):
        place(code)
    random = Random(3)
    Question.objects.bulk_create(
        invented(desk.world.milano, random, number, asker=desk.sara, experts=[desk.nadia]) for number in range(1, 121)
    )
    of_the_catalogue(entry_of(desk.world.milano), random, 20)
    return desk


def told(desk, since, until, **filters):
    found = figures(desk.network_id, network="milano", since=since, until=until, filters=filters)
    return {figure.key: figure for figure in found}


@pytest.mark.parametrize("filters", [{}, {"topic": "childcare"}, {"sector": "", "channel": "web"}])
def test_each_figure_has_a_list_just_as_long(busy, filters):
    marta = Client()
    marta.force_login(busy.world.marta)
    listed = [figure for figure in told(busy, "2025-02", "2026-03", **filters).values() if figure.url]
    assert {"received", "within", "paused", "reopened", "satisfied", "deflected", "p50", "p90"} <= {
        each.key for each in listed
    }
    for figure in listed:
        rows = b"".join(marta.get(f"{figure.url}&formato=csv").streaming_content).decode("utf-8-sig").splitlines()
        long = figure.denominator if figure.unit == "minutes" else figure.value
        assert len(rows) - 1 == (long or 0), figure.key


def test_a_share_keeps_its_numerator_and_denominator(busy):
    within = told(busy, "2025-01", "2026-12")["within"]
    known = Question.objects.filter(within__isnull=False)
    assert (within.value, within.denominator) == (known.filter(within=True).count(), known.count())
    low, high = within.share.interval
    assert low < within.share.percent < high


def test_what_is_missing_is_not_zero(busy):
    empty = told(busy, "2031-01", "2031-03")
    assert empty["received"].value == 0
    assert empty["within"].value is None
    assert empty["within"].share is None
    assert empty["p50"].value is None


def test_what_would_speak_of_too_few_is_marked(busy):
    month = next(
        f"2025-{month:02d}"
        for month in range(1, 13)
        if told(busy, f"2025-{month:02d}", f"2025-{month:02d}")["p50"].value
    )
    assert not told(busy, month, month)["p90"].tellable
    Question.objects.exclude(pk__in=Question.objects.all()[:3]).delete()
    assert not told(busy, "2025-01", "2026-12")["received"].tellable
    assert told(busy, "2031-01", "2031-03")["received"].tellable
