"""Each night the days that have passed become used."""

from datetime import date

import pytest

from contempo.agile.actions.planning.using import months_to_use, use_days
from contempo.agile.models import Account
from contempo.agile.rules.months import DayState
from contempo.agile.tests.planning.conftest import Plan, dec
from contempo.core.verdict import NotPermitted
from contempo.people.public import SYSTEM

NIGHT = "2026-12-04T01:15"


def test_days_that_have_passed_become_used(plan: Plan) -> None:
    plan.save("anna", dec(1, 3, 4))
    plan.save("bruno", dec(2))
    assert months_to_use() == []
    plan.at(NIGHT)
    assert months_to_use() == [plan.month_id]
    assert use_days(SYSTEM, month_id=plan.month_id) == 3
    assert plan.days("anna", DayState.USED) == [1, 3]
    assert plan.days("anna") == [4]
    assert plan.balance("anna").used == 2
    assert plan.agrees()


def test_a_second_run_changes_nothing(plan: Plan) -> None:
    plan.save("anna", dec(1))
    plan.at(NIGHT)
    use_days(SYSTEM, month_id=plan.month_id)
    assert months_to_use() == []
    assert use_days(SYSTEM, month_id=plan.month_id) == 0
    assert plan.balance("anna").used == 1


def test_the_first_used_day_is_kept(plan: Plan) -> None:
    plan.save("anna", dec(2, 3, 9))
    plan.at(NIGHT)
    use_days(SYSTEM, month_id=plan.month_id)
    plan.at("2026-12-10T01:15")
    use_days(SYSTEM, month_id=plan.month_id)
    assert plan.account("anna").first_used_on == date(2026, 12, 2)
    assert Account.objects.filter(first_used_on__isnull=False).count() == 1


def test_days_after_the_end_of_an_employment_are_given_back(plan: Plan) -> None:
    plan.save("anna", dec(1, 2, 3))
    worker = plan.worker("anna")
    worker.until = date(2026, 12, 2)
    worker.save()
    plan.at(NIGHT)
    assert use_days(SYSTEM, month_id=plan.month_id) == 1
    assert plan.days("anna", DayState.CANCELLED) == [2, 3]
    assert plan.balance("anna").available == 7
    assert plan.agrees()


def test_it_is_not_for_people_to_run(plan: Plan) -> None:
    with pytest.raises(NotPermitted):
        use_days(plan.bank.hr, month_id=plan.month_id)
