"""Who signs after a month has opened."""

from datetime import date

import pytest

from contempo.agile.actions.clearing.making import clear_bank
from contempo.agile.actions.months.joining import join_months
from contempo.agile.models import Entry, Month
from contempo.agile.tests.bank.world import OVER, Bank, owners, sign
from contempo.core.verdict import NotPermitted
from contempo.people.public import SYSTEM

pytestmark = pytest.mark.django_db


def test_who_signs_late_gets_the_days_that_waited_in_the_budget(bank: Bank):
    directorate = bank.account("sergio").directorate
    before = bank.free(directorate)
    agreement = sign(bank.comune.it.sergio, since=date(2026, 12, 9))
    days = join_months(SYSTEM, agreement_id=agreement.pk)
    assert days == bank.account("sergio").entitled > 0
    assert bank.balance("sergio").available == days
    assert bank.free(directorate) == before - days
    assert bank.account("sergio").agreement
    budget, owned = owners(bank.month_id)
    assert budget == owned


def test_hearing_of_it_twice_grants_once(bank: Bank):
    agreement = sign(bank.comune.it.sergio)
    join_months(SYSTEM, agreement_id=agreement.pk)
    assert join_months(SYSTEM, agreement_id=agreement.pk) == 0
    assert bank.kinds("sergio") == [("grant", bank.account("sergio").entitled)]


def test_an_agreement_of_another_month_grants_nothing(bank: Bank):
    for since, until in ((date(2027, 1, 1), None), (date(2026, 6, 1), date(2026, 12, 1))):
        agreement = sign(bank.comune.it.sergio, since=since, until=until)
        assert join_months(SYSTEM, agreement_id=agreement.pk) == 0
    assert not bank.account("sergio").agreement


def test_while_the_bank_is_being_cleared_nothing_moves(bank: Bank, at):
    at(OVER)
    clear_bank(bank.hr, month_id=bank.month_id)
    entries = Entry.objects.count()
    assert join_months(SYSTEM, agreement_id=sign(bank.comune.it.sergio).pk) == 0
    assert (Entry.objects.count(), Month.objects.get(pk=bank.month_id).state) == (entries, "cleared")


def test_only_the_platform_grants(bank: Bank):
    agreement = sign(bank.comune.it.sergio)
    with pytest.raises(NotPermitted):
        join_months(bank.comune.actor("sergio"), agreement_id=agreement.pk)
