"""What of a month is erased after years, and what stays."""

from datetime import date

import pytest
from django.db.utils import InternalError, ProgrammingError

from contempo.agile.actions.appeals import reject
from contempo.agile.actions.bank.appealing import appeal
from contempo.agile.actions.bank.asking import ask
from contempo.agile.actions.bank.giving import donate
from contempo.agile.actions.clearing.making import clear_bank
from contempo.agile.actions.clearing.publishing import publish_result
from contempo.agile.actions.months.closing import close_month
from contempo.agile.actions.months.passing import forget_month
from contempo.agile.models import Account, Appeal, Clearing, Entry, MonthTally, Pool, Request
from contempo.agile.rules.months import Reason
from contempo.agile.tests.bank.world import AFTER, OVER, PUBLISHED, Bank
from contempo.core.verdict import NotPermitted
from contempo.people.public import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(bank: Bank, at) -> Bank:
    """December with a gift, a request and an appeal, closed."""
    donate(bank.comune.actor("anna"), month_id=bank.month_id, days=2)
    ask(bank.comune.actor("carla"), month_id=bank.month_id, reason=Reason.OTHER, days=1)
    at(OVER)
    clear_bank(bank.hr, month_id=bank.month_id)
    at(PUBLISHED)
    publish_result(bank.hr, month_id=bank.month_id)
    appeal(bank.comune.actor("carla"), month_id=bank.month_id, text="Un racconto personale")
    reject(bank.hr, appeal_id=Appeal.objects.get().pk, answer="Il risultato resta.")
    at(AFTER)
    close_month(bank.hr, month_id=bank.month_id)
    return bank


def sums() -> list[tuple[object, ...]]:
    return sorted(MonthTally.objects.values_list("directorate", "sex", "birth_year", "measure", "count"))


def test_five_years_after_its_end_nothing_of_a_month_tells_of_persons(closed: Bank):
    figures = sums()
    assert forget_month(SYSTEM, today=date(2032, 1, 1))
    for model in (Account, Entry, Request, Appeal):
        assert not model.objects.filter(month=closed.month_id).exists()
    kept = Appeal.pgh_event_model.objects.all()
    assert kept.exists()
    assert not kept.exclude(text="").exists()
    assert sums() == figures
    assert Clearing.objects.filter(month=closed.month_id).exists()
    assert Pool.objects.filter(month=closed.month_id).exists()
    assert not forget_month(SYSTEM, today=date(2032, 1, 1))


def test_until_then_everything_stays(closed: Bank):
    assert not forget_month(SYSTEM, today=date(2031, 12, 31))
    assert Entry.objects.filter(month=closed.month_id).exists()


def test_nobody_else_erases_and_the_ledger_stays_a_ledger(closed: Bank):
    with pytest.raises(NotPermitted):
        forget_month(closed.hr, today=date(2032, 1, 1))
    with pytest.raises((InternalError, ProgrammingError)):
        Entry.objects.filter(month=closed.month_id).delete()
