"""A day beyond the limit is asked of who manages the unit."""

from datetime import date

import pytest

from contempo.agile.actions.planning.exceptions import allow_exception, ask_exception, refuse_exception
from contempo.agile.models import PlannedDay, UnitDay, Worker
from contempo.agile.rules.months import DayState
from contempo.agile.tests.planning.conftest import SETTLED, Plan, dec
from contempo.core.verdict import NotPermitted, Refusal
from contempo.people.models import Notification

WHY = "Consegna del progetto con chi lavora a distanza"
DAY = date(2026, 12, 1)


@pytest.fixture
def full(plan: Plan) -> Plan:
    """Planning is closed and two are away on the first: nobody more may be."""
    plan.save("bruno", dec(1))
    plan.save("ugo", dec(1))
    plan.settle()
    return plan


def asked(plan: Plan, name: str = "anna") -> PlannedDay:
    return ask_exception(plan.comune.actor(name), month_id=plan.month_id, day=DAY, reason=WHY)


def told(plan: Plan, name: str) -> list[str]:
    found = Notification.objects.filter(person=plan.comune.it.people[name])
    return list(found.order_by("id").values_list("kind", flat=True))


def test_asking_moves_no_day_and_tells_who_heads_the_unit(full: Plan) -> None:
    asked(full)
    assert full.balance("anna").planned == 0
    assert told(full, "ugo") == ["agile.exceptions"]
    assert full.agrees()


def test_allowed_it_is_planned_beyond_the_limit(full: Plan) -> None:
    row = asked(full)
    allow_exception(full.comune.actor("ugo"), planned_id=row.pk, reason="Va bene")
    assert full.days("anna") == [1]
    assert UnitDay.objects.get(unit=full.comune.it.counter, day=DAY).count == 3
    assert full.row("anna", 1).exception_by == full.comune.it.people["ugo"]
    assert told(full, "anna") == ["agile.planning"]
    assert full.agrees()


def test_refused_it_says_why_and_moves_nothing(full: Plan) -> None:
    row = asked(full)
    refuse_exception(full.comune.actor("ugo"), planned_id=row.pk, reason="Lo sportello resterebbe chiuso")
    assert full.days("anna", DayState.REFUSED) == [1]
    assert full.row("anna", 1).exception_reason == "Lo sportello resterebbe chiuso"
    assert full.agrees()
    with pytest.raises(Refusal):
        allow_exception(full.comune.actor("ugo"), planned_id=row.pk, reason="Va bene")


def test_what_was_asked_can_be_taken_back(full: Plan) -> None:
    asked(full)
    full.save("anna", back=dec(1))
    assert full.days("anna", DayState.CANCELLED) == [1]
    assert full.agrees()


def test_nobody_decides_on_their_own(full: Plan) -> None:
    full.save("bruno", back=dec(1))
    full.save("anna", dec(1))
    full.save("ugo", back=dec(1))
    full.save("bruno", dec(1))
    row = asked(full, "ugo")
    with pytest.raises(NotPermitted):
        allow_exception(full.comune.actor("ugo"), planned_id=row.pk, reason="Va bene")
    assert "agile.exceptions" in told(full, "diana")
    allow_exception(full.comune.actor("diana"), planned_id=row.pk, reason="Va bene")
    assert full.days("ugo") == [1]


@pytest.mark.parametrize("who", ["bruno", "carla", "sergio"])
def test_colleagues_and_other_units_do_not_decide(full: Plan, who: str) -> None:
    row = asked(full)
    with pytest.raises(NotPermitted):
        allow_exception(full.comune.actor(who), planned_id=row.pk, reason="Va bene")


def test_human_resources_decide_where_nobody_heads(full: Plan) -> None:
    Worker.objects.filter(heads_unit=True).update(heads_unit=False)
    row = asked(full)
    assert "agile.exceptions" in list(
        Notification.objects.filter(person=full.comune.world.paolo).values_list("kind", flat=True)
    )
    allow_exception(full.bank.hr, planned_id=row.pk, reason="Va bene")
    assert full.days("anna") == [1]


def test_one_does_not_ask_while_there_is_room_or_the_window_is_open(plan: Plan) -> None:
    with pytest.raises(Refusal, match="without asking"):
        asked(plan)
    plan.at(SETTLED)
    with pytest.raises(Refusal, match="There is room"):
        asked(plan)


def test_one_does_not_ask_twice(full: Plan) -> None:
    asked(full)
    with pytest.raises(Refusal, match="planned this day already"):
        asked(full)


def test_one_does_not_ask_without_words(full: Plan) -> None:
    with pytest.raises(Refusal, match="Say why"):
        ask_exception(full.comune.actor("anna"), month_id=full.month_id, day=DAY, reason="  ")


def test_one_does_not_ask_without_days_left(full: Plan) -> None:
    full.save("anna", dec(2, 3, 4, 9, 10, 11, 14, 15))
    with pytest.raises(Refusal, match="no days left"):
        asked(full)


def test_a_displaced_day_may_be_allowed_after_all(plan: Plan) -> None:
    for name in ("anna", "bruno", "ugo"):
        plan.save(name, dec(1))
    plan.settle()
    row = PlannedDay.objects.get(state=DayState.DISPLACED)
    allow_exception(plan.bank.hr, planned_id=row.pk, reason="Va bene")
    row.refresh_from_db()
    assert row.state == DayState.PLANNED
    assert row.alternatives == []
    assert plan.agrees()
