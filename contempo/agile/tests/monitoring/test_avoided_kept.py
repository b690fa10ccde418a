"""When a day becomes used, what it spared is written on it, and stays."""

from datetime import date
from decimal import Decimal

import pytest

from contempo.agile.actions.planning.using import use_days
from contempo.agile.models import MonthTally, PlannedDay
from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.months import DayState, MonthState
from contempo.agile.tests.monitoring.conftest import AT, account_of, enter, month_of
from contempo.people.public import SYSTEM

DAY = date(2026, 11, 5)


@pytest.fixture
def planned(comune):
    """November with a day planned by Anna, who goes 10 km by bus, and one by Bruno, who has declared nothing."""
    anna = comune.it.anna
    anna.commute_km, anna.commute_means = Decimal("10.0"), "bus"
    anna.save()
    month = month_of(comune, date(2026, 11, 1), MonthState.PUBLISHED)
    for worker in (anna, comune.it.bruno):
        account = account_of(month, worker)
        enter(account, EntryKind.GRANT, 8, own=-8)
        enter(account, EntryKind.PLAN, 1, day=DAY)
        PlannedDay.objects.create(
            account=account, worker=worker, unit=worker.unit, day=DAY, planned_at=AT, changed_at=AT
        )
    return month


def sums(month):
    rows = MonthTally.objects.filter(month=month, measure__in=["declared", "metres", "grams"])
    return {row.measure: row.count for row in rows}


def test_a_used_day_keeps_what_it_spared_of_who_declared_it(comune, planned):
    assert use_days(SYSTEM, month_id=planned.pk) == 2
    days = {row.worker_id: row for row in PlannedDay.objects.filter(state=DayState.USED)}
    known, unknown = days[comune.it.anna.pk], days[comune.it.bruno.pk]
    assert (known.metres_avoided, known.grams_avoided) == (20_000, 2_077)
    assert (unknown.metres_avoided, unknown.grams_avoided) == (None, None)
    assert sums(planned) == {"declared": 1, "metres": 20_000, "grams": 2_077}


def test_another_declaration_does_not_rewrite_the_past(comune, planned):
    use_days(SYSTEM, month_id=planned.pk)
    comune.it.anna.commute_km = Decimal("99.0")
    comune.it.anna.save()
    use_days(SYSTEM, month_id=planned.pk)
    assert sums(planned)["metres"] == 20_000
